"""DfE's service into data/raw/; the only room that opens a connection.

`client` asks the service, `discover` reads what it publishes, `outdated` compares that with the lock, `delivery` and
`downloads` put a release into a staging folder (from the service, or from files that a person downloaded) and check
each file as a build would, `local` lists what is in data/raw/, `decide` says what is to be done with each file,
`install` moves a release into data/raw/ whole, `frozen` fetches again what the lock names, and `fetch` is the front.
"""
