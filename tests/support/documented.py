"""The files that a page of the documentation shows in full, as a site folder that can be checked and rendered.

A fenced block is a whole file where a comment `<!-- file: rules/hero.yaml -->` stands above it. What the page leaves
out comes from the starter of `onopen new site`, pictures come from the demo site.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_WHOLE_FILE: Final = re.compile(r"<!-- file: (?P<path>\S+) -->\n+```\w*\n(?P<text>.*?)\n```", re.DOTALL)


def files_in(page: Path) -> dict[str, str]:
    """Path in the site → text, for every whole file of a Markdown page; a later one of the same path replaces it."""
    return {found["path"]: found["text"] + "\n" for found in _WHOLE_FILE.finditer(page.read_text(encoding="utf-8"))}


def site_of(page: Path, folder: Path) -> Path:
    """Write the files of a page into a folder, completed to a site."""
    files = files_in(page)
    if "rules/site.yaml" not in files:
        starter = ROOT / "app" / "workshop" / "starter"
        files["rules/site.yaml"] = (starter / "rules" / "site.yaml").read_text(encoding="utf-8")
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "assets", folder / "assets", dirs_exist_ok=True)
    return folder
