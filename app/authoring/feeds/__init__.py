"""Feeds: the tables of a site, from a file below `assets/` to items that lists pick from.

A table that cannot be read as one is a mistake like any other. A single bad row is told of and left out, so that one
product without a price does not keep the prices of the others from being served.
"""

from app.authoring.feeds.cells import Cells
from app.authoring.feeds.reading import Feed, read_feed

__all__ = ["Cells", "Feed", "read_feed"]
