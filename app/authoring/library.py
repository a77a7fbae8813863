"""The library: checks a site, rehearses a change, swaps once, and keeps the last good set, also across restarts.

Content never stops the server. What is served was checked as a whole, examples and all, on the very copy that is then
served; a change that fails leaves everything as it was, and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

from app.authoring.compiled import CompiledSite
from app.authoring.compiler import Compiler
from app.authoring.documents.folder import read_documents, site_files, table_of
from app.authoring.examples import run_examples
from app.authoring.insight import Coverage, coverage, doubt, look_into
from app.authoring.problems import Problem, Problems
from app.authoring.sets import Sets, fingerprint
from app.authoring.toolbox import Preflight, Toolbox

SITE_FILE = "rules/site.yaml"
PreflightFor = Callable[[Path], Preflight]
"""The painters' answers about the assets of a site folder."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A site after checking: what was made of it, what is wrong, how many examples ran, what they covered.

    `site` is there in spite of problems, for looking at; then it is never served.
    """

    site: CompiledSite
    problems: Problems
    examples: int
    coverage: tuple[Coverage, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it may be served."""
        return not self.problems.mistakes

    @property
    def passes(self) -> bool:
        """Whether nothing fails the check: rows that are only left out do."""
        return not self.problems.failures


@dataclass(frozen=True, slots=True)
class Edition:
    """What is served: a checked site and the folder its assets are read from."""

    site: CompiledSite
    folder: Path


@dataclass(frozen=True, slots=True)
class Reload:
    """The outcome of a look at the site folder: a new edition, or why there is none."""

    edition: Edition | None
    problems: Problems
    outcome: str
    """`taken`, `refused` (problems, the old set goes on), or `in-place` (the state directory is in trouble, and the
    folder itself is served).
    """
    home: str = ""
    """Where links go while nothing is served, if the site says so rightly."""


def check(folder: Path, toolbox: Toolbox, preflight: Preflight, digest: str = "", *, doubts: bool = True) -> Checked:
    """Read, compile, try and look into a site folder. Never raises on what editors wrote.

    Without `doubts` only mistakes are looked for: what serves needs no warnings, and to find them takes half as long.
    """
    problems = Problems()
    try:
        documents = read_documents(site_files(folder), problems)
    except OSError as error:
        problems.append(unreadable(error, folder))
        documents = read_documents({}, Problems())
    site = Compiler(documents, toolbox, preflight, problems, partial(table_of, folder)).compile(digest)
    if problems.mistakes:
        return Checked(site, problems, 0)
    ran = run_examples(site, problems)
    covered = coverage(site, ran)
    look_into(site, preflight, problems)
    if doubts:
        doubt(site, ran, covered, preflight, problems)
    return Checked(site, problems, len(ran), covered)


def unreadable(error: OSError, folder: Path) -> Problem:
    """The problem of a file that the machine would not let us read."""
    path = Path(str(error.filename or folder))
    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
    if not path.is_relative_to(folder):
        remedy = "make room on that disk and let the server write there, or name another ONOPEN_STATE_DIR"
        return Problem(name, 1, 1, "unreadable", f"no copy can be kept: {error.strerror or error}", remedy)
    remedy = "let the server read it, or look at the disk"
    return Problem(name, 1, 1, "unreadable", f"cannot be read: {error.strerror or error}", remedy)


class Library:
    """The editions of one site folder. Whoever serves one says so with `confirm`; then it is the last good one."""

    def __init__(self, folder: Path, sets: Sets, toolbox: Toolbox, preflight_for: PreflightFor) -> None:
        self._folder = folder
        self._sets = sets
        self._toolbox = toolbox
        self._preflight_for = preflight_for
        self._seen: object = None
        self._trouble: Problem | None = None

    def start(self) -> Reload:
        """The first edition, the folder as it is, or why it cannot be served."""
        first = self.look(force=True)
        assert first is not None, "a forced look always says something"
        return self._in_place(first.problems) if self._trouble is not None else first

    def last_good(self) -> Edition | None:
        """The edition that was confirmed last, in this process or an earlier one, if it is good by today's rules."""
        found = self._sets.last_good()
        if found is None:
            return None
        digest, folder = found
        checked = check(folder, self._toolbox, self._preflight_for(folder), digest, doubts=False)
        return Edition(checked.site, folder) if checked.good else None

    def confirm(self, edition: Edition) -> None:
        """This edition can be served, and is. Raises OSError where that cannot be written down."""
        if edition.folder != self._folder:
            receipts = edition.site.document.consent.measurement == "individual"
            self._sets.confirm(edition.folder, receipts=receipts)

    def look(self, *, force: bool = False) -> Reload | None:
        """Rehearse the folder if it changed; None if it did not, or is being changed at this moment."""
        try:
            seen = fingerprint(self._folder)
            if seen == self._seen and not force:
                self._trouble = None
                return None
            digest, staged = self._sets.stage(self._folder)
            if fingerprint(self._folder) != seen and not force:
                self._sets.drop(staged)
                return None
        except OSError as error:
            return self._in_trouble(unreadable(error, self._folder), force=force)
        self._seen = seen
        return self._rehearsed(digest, staged, force=force)

    def _in_trouble(self, problem: Problem, *, force: bool) -> Reload | None:
        """The machine is in trouble, not the site: said once, and tried again at every look."""
        before, self._trouble = self._trouble, problem
        told = before is not None and before.message == problem.message  # the copy has another name each time
        return None if told and not force else Reload(None, Problems([problem]), "refused")

    def _rehearsed(self, digest: str, staged: Path, *, force: bool) -> Reload | None:
        try:
            checked = check(staged, self._toolbox, self._preflight_for(staged), digest, doubts=False)
        except BaseException:  # a bug of ours: the copy is not left behind
            self._sets.drop(staged)
            raise
        if not checked.good:
            self._sets.drop(staged)
            self._trouble = None
            return Reload(None, checked.problems, "refused", _home(checked))
        try:
            folder = self._sets.keep(digest, staged)
        except OSError as error:
            self._sets.drop(staged)
            self._seen = None  # the disk is in trouble, not the site, so it is tried again
            return self._in_trouble(unreadable(error, self._folder), force=force)
        self._trouble = None
        return Reload(Edition(checked.site, folder), checked.problems, "taken")

    def _in_place(self, trouble: Problems) -> Reload:
        """The folder itself, where nothing can be copied: better than no picture, and tried again at every look."""
        digest = blake2b(repr(fingerprint(self._folder)).encode(), digest_size=10).hexdigest()
        checked = check(self._folder, self._toolbox, self._preflight_for(self._folder), digest, doubts=False)
        if not checked.good:
            return Reload(None, checked.problems, "refused", _home(checked))
        return Reload(Edition(checked.site, self._folder), trouble, "in-place")


def _home(checked: Checked) -> str:
    """The site's home, unless something in its file is wrong."""
    doubtful = any(problem.file in ("", ".", SITE_FILE) for problem in checked.problems.mistakes)
    return "" if doubtful else checked.site.document.home
