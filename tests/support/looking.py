"""Every example of a site, painted, in light and dark surroundings, at 1× and 2×, on one page to look at:

python -m tests.support.looking [SITE]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from app.authoring.examples import run_examples
from app.authoring.problems import Problems
from app.settings import Settings
from app.wiring import makers
from app.wiring.world import world_of
from app.workshop.workshop import Workshop
from tests.support.documented import ROOT
from tests.support.gallery import Exhibit, View, hang

GROUNDS = {"light": "#ffffff", "dark": "#1b1b1f"}
VIEWS = tuple(
    View(f"{name}, {zoom}×", "picture", zoom, ground) for (name, ground), zoom in product(GROUNDS.items(), (1, 2))
)


def exhibits(folder: Path) -> Iterator[Exhibit]:
    """What each example of the site in that folder comes to, once for each placeholder it fills."""
    settings = Settings(site=folder)
    site = Workshop(folder, settings).site()
    painter = makers.painter(world_of(settings, json_logs=False), folder)
    for ran in run_examples(site, Problems()):
        if ran.decision is None:
            continue
        found = site.placeholders[ran.placeholder]
        blob = painter.paint(
            found.design,  # type: ignore[arg-type]
            dict(ran.decision.fields),
            dict(ran.decision.captions),
            format=found.document.format,
            nothing=ran.decision.nothing,
        )
        title = f"{ran.placeholder}: {ran.example.name}"
        yield Exhibit(title, f"rule {ran.outcome}, {len(blob):,} bytes", found.document.size, {"picture": blob}, VIEWS)


if __name__ == "__main__":
    print(hang("looking", "What the examples show", list(exhibits(Path(sys.argv[1]) if sys.argv[1:] else ROOT))))
