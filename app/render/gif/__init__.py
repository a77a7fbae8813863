"""Countdowns that tick: animated GIFs joined from pieces that were encoded before, so that an open only copies bytes.

It knows seconds and pictures, not clocks, zones or layers. What it shows is true whenever it is looked at: it ticks
from the moment of the open, then rests on the deadline in words, or on its end, and never starts again.
"""
