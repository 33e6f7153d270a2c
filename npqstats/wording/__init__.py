"""Answers made visible: wording, tables, and the formats that they are written in."""
