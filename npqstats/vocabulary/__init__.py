"""What the words of NPQ statistics mean: data and small types. Opens no file but its own tables."""
