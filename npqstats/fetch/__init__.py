"""Published files into data/raw/: brought, checked, put in their place, and written into the lock."""
