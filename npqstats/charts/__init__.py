"""Charts: each kind chooses rows, shapes them and says how to draw them; the only room that imports Matplotlib."""
