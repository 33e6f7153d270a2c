"""Quantities in a text, what the text says of each, and what the published cells say of it."""
