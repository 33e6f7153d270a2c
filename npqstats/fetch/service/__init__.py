"""DfE's service: the only room that opens a connection."""
