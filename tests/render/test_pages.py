"""Pages for people: they hold all pictures inside, so that one can be sent around, and load nothing."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from tests.render import proof
from tests.render.files import encoded
from tests.render.pictures import samples
from tests.support import gallery, looking
from tests.support.documented import ROOT


def addresses(page: Path) -> list[str]:
    """What the page shows, each picture once."""
    return re.findall(r"url\((\S+?)\)", page.read_text(encoding="utf-8"))


def test_the_page_of_goldens_shows_each_as_it_was_as_it_is_and_what_differs(tmp_path: Path) -> None:
    drawn = {name: proof.golden(name, sample).read_bytes() for name, sample in samples().items()}
    drawn["badge"] = encoded(Image.new("RGBA", (240, 240), "#c8102e"))
    page = proof.show(drawn, tmp_path)
    shown = addresses(page)
    assert len(shown) == 3 * len(drawn) and all(one.startswith("data:image/") for one in shown)
    notes = re.findall(r"differs by at most (\d+) levels", page.read_text(encoding="utf-8"))
    assert [int(note) > 0 for note in notes] == [name == "badge" for name in drawn]


def test_the_sheet_of_a_site_shows_every_example_in_light_and_dark_at_both_sizes(tmp_path: Path) -> None:
    found = list(looking.exhibits(ROOT / "app" / "workshop" / "starter"))
    page = gallery.hang("looking", "Test", found, tmp_path)
    assert found and len(addresses(page)) == len(found)
    assert page.read_text(encoding="utf-8").count("<figcaption>") == 4 * len(found)
