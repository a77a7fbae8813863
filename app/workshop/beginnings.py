"""Beginnings: the small site and the placeholder that `onopen new` writes, after a starter that passes `check`.

Nothing that is there is ever written over.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit

from app.errors import UsageError

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
TAKEN = frozenset({"site", "recipients", "events"})
"""Files in `rules/` that are no campaigns."""

STARTER = Path(__file__).parent / "starter"
"""The site that `onopen new site` copies."""


def new_site(folder: Path) -> list[Path]:
    """Write a small site that passes `check`; raises UsageError for a folder with anything in it."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(mkdtemp(dir=folder.parent))
    shutil.copytree(STARTER, staged, dirs_exist_ok=True)
    if folder.exists():
        folder.rmdir()
    staged.rename(folder)
    folder.chmod(0o755)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def new_placeholder(site: Path, name: str, home: str) -> list[Path]:
    """Write a placeholder and a campaign of the same name into a site, after the starter's, with links to `home`.

    Raises UsageError where the name is none, or taken; then nothing is written.
    """
    if not SLUG.fullmatch(name) or name in TAKEN:
        raise UsageError(
            f"“{name}” is not a name: use lower-case letters, digits, - and _; not {', '.join(sorted(TAKEN))}"
        )
    targets = [site / folder / f"{name}.yaml" for folder in ("placeholders", "rules")]
    for target in targets:
        if target.exists():
            raise UsageError(f"{target} is there already; choose another name")
    root = urlsplit(home)._replace(path="/", query="", fragment="").geturl()
    for target in targets:
        text = (STARTER / target.parent.name / "hello.yaml").read_text(encoding="utf-8")
        text = text.replace("placeholder: hello", f"placeholder: {name}").replace("https://shop.example/", root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return targets
