"""What a text has: its sentences, its numbers, its phrases, and who paid; the day it is of."""
