"""Where things are: the site folder, and the directory for state.

The site is looked for in order: the setting, the working directory and the folders around it, then the demo: beside the
package, inside the wheel.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir

from app.errors import SettingError

HERE = Path(__file__).resolve().parent
DEMO = (HERE.parent, HERE / "demo")
REMEDY = "set it to a folder, or make one with `onopen new site DIR`"


def is_site(folder: Path) -> bool:
    """Whether a folder has the shape of a site."""
    return (folder / "rules" / "site.yaml").is_file() or (folder / "placeholders").is_dir()


def find_site(setting: Path | None) -> Path:
    """The folder to serve, the demo where there is no other; raises SettingError where the setting names none."""
    if setting is not None:
        if not setting.is_dir():
            raise SettingError("ONOPEN_SITE", str(setting), "there is no such folder; `onopen new site DIR` makes one")
        return setting.resolve()
    found = site_around(Path.cwd()) or next(filter(is_site, DEMO), None)
    if found is None:
        raise SettingError("ONOPEN_SITE", "", f"no site is here; {REMEDY}")
    return found


def own_site(setting: Path | None) -> Path:
    """The folder to write into, which is never the demo by default; raises SettingError where there is none."""
    found = find_site(setting) if setting is not None else site_around(Path.cwd())
    if found is None:
        raise SettingError("ONOPEN_SITE", "", f"no site is here to write into; {REMEDY}")
    return found


def site_around(folder: Path) -> Path | None:
    """The site that this folder is, or is in."""
    return next(filter(is_site, (folder, *folder.parents)), None)


def state_directory(setting: Path | None) -> Path:
    """A directory we can write to: the setting, else the user's state folder, else a temporary one.

    It is made where it is not there. Raises SettingError where none of them can be.
    """
    home = Path(os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser())
    choices = (setting,) if setting is not None else (home / "onopen", Path(gettempdir()) / f"onopen-{os.getuid()}")
    for folder in choices:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise SettingError("ONOPEN_STATE_DIR", str(choices[0]), "the folder cannot be made or written to; name another")
