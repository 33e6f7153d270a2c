"""An answer as a table, in whatever format."""
