"""Who is fetching, from what the request says of itself: proxies, mail clients, machines, browsers.

`identify` is the door. The tables stand one a file; none of them stores what it was asked about beyond a bounded
memory, and nothing here opens a file or a network.
"""

from app.sources.viewer.recognition import identify
from app.sources.viewer.viewer import STRANGER, Viewer

__all__ = ["STRANGER", "Viewer", "identify"]
