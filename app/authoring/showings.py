"""Of which campaigns it is counted how often they were shown: of those that some document speaks of.

Every rule set carries the catalogue of its site. Would each campaign declare its own showings in all of them, a site of
five hundred would take three times as long to compile, and hundreds of megabytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from app.authoring.documents.folder import Documents

_SHOWN: Final = re.compile(r"""\bshown\s*[.\[]\s*["']?\s*([a-z0-9][a-z0-9_-]*)""")
"""The name of a campaign in all spellings that conditions and Liquid have for a path."""


def counted_showings(documents: Documents) -> Collection[str]:
    """The campaigns whose showings may be read; all where one that is named is not there, so that a remedy finds it."""
    sources = [read.source for read in documents.campaigns.values()]
    sources += [read.source for read in documents.placeholders.values()]
    sources += [documents.site.source] if documents.site else []
    named = {name for source in sources for name in _SHOWN.findall("\n".join(source.lines))}
    if named.issubset(documents.campaigns):
        return [name for name in documents.campaigns if name in named]
    return documents.campaigns.keys()
