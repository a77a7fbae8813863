"""Countdowns to look at: their words in each language, their faces, the scenes that tick, and what is kept of them."""
