"""A site folder: which file is what, each read on its own, all problems together.

It works on a snapshot, path → bytes, so that what was checked is what is compiled; `site_files` takes one. Files that
are no YAML are none of its business.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from os.path import realpath
from pathlib import Path as FilePath, PurePosixPath
from typing import Any, Final, Generic, TypeVar

from app.authoring.documents.campaign import Campaign
from app.authoring.documents.campaign_checks import check_campaign
from app.authoring.documents.common import Written
from app.authoring.documents.event_checks import check_events
from app.authoring.documents.events import Events
from app.authoring.documents.feed import FeedWritten, check_feed
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.placeholder_checks import check_placeholder, check_recipients
from app.authoring.documents.recipients import Recipients
from app.authoring.documents.site import Site
from app.authoring.documents.site_checks import check_site
from app.authoring.documents.translate import validated
from app.authoring.problems import Problem, Problems
from app.authoring.unread import LOST, Unread, is_sound
from app.authoring.yamlsource import Source, read

Model = TypeVar("Model", bound=Written)

SITE: Final = "rules/site.yaml"
RECIPIENTS: Final = "rules/recipients.yaml"
EVENTS: Final = "rules/events.yaml"
FEEDS: Final = "rules/feeds"
LATER_FILES: Final = ("rules/branches.yaml", "rules/polls.yaml", "rules/lists/")
FOLDERS: Final = ("placeholders", "rules")

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Read(Generic[Model]):
    """A document with the name its file gives it and the source it was read from."""

    name: str
    document: Model
    source: Source


@dataclass(frozen=True, slots=True)
class Documents:
    """Everything editors wrote, read. Where there were problems, documents are mended or missing: never serve them.

    Declarations with a mistake in them are missing too. `refused` are the files of which nothing was read, by folder
    and name.
    """

    site: Read[Site] | None
    recipients: Read[Recipients] | None
    placeholders: Mapping[str, Read[Placeholder]]
    campaigns: Mapping[str, Read[Campaign]]
    feeds: Mapping[str, Read[FeedWritten]] = field(default_factory=dict)
    refused: frozenset[tuple[str, str]] = frozenset()
    events: Read[Events] | None = None

    def refuses(self, path: str) -> bool:
        """Whether there is a file of that path, give or take its letters and suffix, of which nothing was read."""
        return _meant(path) in self.refused

    def unread(self, placeholders: Collection[Read[Placeholder]], campaigns: Collection[Read[Campaign]]) -> Unread:
        """What was not read around these, of what they may refer to."""
        pictures = tuple(read.source for read in placeholders)
        rules = tuple(read.source for read in campaigns)
        filled = {target: self.placeholders.get(target) for read in campaigns for target in read.document.placeholder}
        filling = tuple(read.source if read else LOST for read in filled.values())
        site = self.site.source if self.site else LOST
        files = (LOST,) if any(folder == "rules" for folder, _ in self.refused) else ()
        return Unread(
            {
                "params": (*pictures, *filling),
                "fields": filling or pictures,
                "attributes": self._told_in(self.recipients, RECIPIENTS),
                **dict.fromkeys(("collections", "events"), self._told_in(self.events, EVENTS)),
                "conditions": (site, *rules),
                **dict.fromkeys(("campaigns", "feeds"), files),
                **dict.fromkeys(("brand.colors", "brand.fonts"), (site,)),
                **dict.fromkeys(("lists", "parts", "phases", "rules", "splits"), rules),
            }
        )

    def _told_in(self, read: Read[Any] | None, path: str) -> tuple[Source, ...]:
        """The source of one of the files that a site may do without."""
        if read is not None:
            return (read.source,)
        return (LOST,) if self.refuses(path) else ()


def site_files(folder: FilePath) -> dict[str, bytes]:
    """A snapshot of the YAML files of a site, by their path below it with forward slashes; raises OSError."""
    found = {}
    for part in FOLDERS:
        for path in sorted((folder / part).rglob("*")):
            is_written = path.is_file() or path.is_symlink()  # a link that leads nowhere is told as unreadable
            if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".") and is_written:
                found[path.relative_to(folder).as_posix()] = content_of(path, folder)
    return found


def content_of(path: FilePath, folder: FilePath) -> bytes:
    """The bytes of a file of the site; the OSError it may raise names the file, which reading alone does not see to."""
    if path.is_file() and strays(path, folder):
        raise OSError(errno.EXDEV, "it is a link that leads out of its folder", str(path))
    try:
        return path.read_bytes()
    except OSError as error:
        error.filename = str(path)
        raise


def table_of(folder: FilePath, name: str) -> bytes:
    """The bytes of a table below assets/; raises OSError."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise FileNotFoundError(errno.ENOENT, "it is not below assets/", name)
    return content_of(folder / "assets" / path, folder)


def strays(path: FilePath, folder: FilePath) -> bool:
    """Whether a file of the site is a link out of the part it lies in: assets/, rules/ or placeholders/.

    The parts themselves may be links; what is mounted into containers often is.
    """
    part = folder / path.relative_to(folder).parts[0]
    return not FilePath(realpath(path)).is_relative_to(realpath(part))


def read_documents(files: Mapping[str, bytes], problems: Problems) -> Documents:
    """Read and check every file of a snapshot; each mistake becomes a problem."""
    taken: dict[tuple[str, str], str] = {}
    kept = {path: raw for path, raw in sorted(files.items()) if _belongs(path, problems, taken)}
    refused = {_meant(path) for path in files.keys() - kept.keys()}
    if SITE not in files and _meant(SITE) not in refused:
        message, remedy = (
            "the site has no rules/site.yaml",
            "write one with “home: https://shop.example/”, where lost clicks go",
        )
        problems.append(Problem(SITE, 1, 1, "missing-file", message, remedy))
    site = _one(kept, SITE, Site, check_site, problems)
    recipients = _one(kept, RECIPIENTS, Recipients, check_recipients, problems)
    events = _one(kept, EVENTS, Events, check_events, problems)
    placeholders, campaigns, feeds = {}, {}, {}
    for path in kept:
        if path.startswith("placeholders/"):
            if picture := _one(kept, path, Placeholder, check_placeholder, problems):
                placeholders[picture.name] = picture
        elif path.startswith(f"{FEEDS}/"):
            if feed := _one(kept, path, FeedWritten, check_feed, problems):
                feeds[feed.name] = feed
        elif path not in (SITE, RECIPIENTS, EVENTS) and (rules := _one(kept, path, Campaign, check_campaign, problems)):
            campaigns[rules.name] = rules
    return Documents(site, recipients, placeholders, campaigns, feeds, frozenset(refused), events)


def _one(
    files: Mapping[str, bytes],
    path: str,
    model: type[Model],
    check: Callable[[Model, Source, Problems], None],
    problems: Problems,
) -> Read[Model] | None:
    if path not in files:
        return None
    source = read(files[path], file=path)
    problems.extend(source.problems)
    document = validated(model, source, problems)
    if document is None:
        return None
    check(document, source, problems)
    return Read(FilePath(path).stem, _sound(document, source), source)


def _sound(document: Model, source: Source) -> Model:
    """The document without declarations that have a mistake in them: nothing is judged by what they seem to say."""
    sound = {
        key: {name: one for name, one in getattr(document, key).items() if is_sound(source, (key, name))}
        for key in document.declares
    }
    return document.model_copy(update=sound)


def _meant(path: str) -> tuple[str, str]:
    """The folder and the name that a file should have been read under."""
    return path.partition("/")[0], FilePath(path).stem.casefold()


def _belongs(path: str, problems: Problems, taken: dict[tuple[str, str], str]) -> bool:
    """Whether a file is read at all; if not, why."""

    def say(code: str, message: str, remedy: str) -> bool:
        problems.append(Problem(path, 1, 1, code, message, remedy))
        return False

    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if path.startswith(LATER_FILES):
        return say("not-in-this-release", "this file is not in this release", "move it out of the folder for now")
    if folder not in (*FOLDERS, FEEDS):
        return say(
            "wrong-place", f"nothing is read from the folder {folder}", f"move it to {folder.partition('/')[0]}/"
        )
    other = taken.setdefault((folder, stem.casefold()), path)
    if other != path:
        return say("duplicate-name", f"{other} has the same name", "rename one of the two")
    if suffix != "yaml":
        return say("wrong-place", f"files that end in .{suffix} are not read", f"call it {stem.lower()}.yaml")
    if not _NAME.fullmatch(stem):
        message = f"“{stem}” is not a name: it may have lower-case letters, digits, - and _"
        return say("bad-name", message, "rename the file")
    return True
