"""From a published file to observations: find, open, recognise, read, tidy, and the rules that must hold."""
