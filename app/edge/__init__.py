"""What stands between us and the reader: what a CDN tells us, and what it is told. It decides nothing."""
