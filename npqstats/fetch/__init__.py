"""DfE's service into data/raw/; the only room that opens a connection.

`client` asks the service, `discover` reads what it publishes, `outdated` compares that with the lock, `download` and
`files` deliver a release (from the service, or from files that a person downloaded), `check` tests each file as a build
would, `install` moves a release into data/raw/ whole, and `fetch` is the front.
"""
