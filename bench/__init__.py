"""The measurements behind `make bench`: onopen beside what it is compared with, in one run, as ratios.

One file answers one question; `python -m bench` asks them all, bounded in time, with loopback servers only.
"""
