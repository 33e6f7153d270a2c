"""What the data have to say of it: the figures that may be meant, and the verdict."""
