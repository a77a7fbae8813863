"""One file a picture; each has a function `draw` that fills a sheet."""
