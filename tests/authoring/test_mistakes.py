"""One file, one mistake: each file below `mistakes/` is put into a good site and says itself what must be found.

`# expect: CODE at LINE:COLUMN` (one a problem or warning; `in FILE` where it lies in another file), `# file:` the place
it takes, `# without:` a file taken away, `# beside: PATH = TEXT` one put in (`\\n` ends a line), `# says:` what the
rendered problems must contain. Files below `fine/` only look wrong; `# reads: PATH = TEXT` says what must be read
there.
"""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from app.authoring.codes import CODES
from app.authoring.yamlsource import read
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import GOOD_SITE

HERE = Path(__file__).parent
MISTAKES = sorted((HERE / "mistakes").glob("*.yaml"))
FINE = sorted((HERE / "fine").glob("*.yaml"))

NEEDS_NO_FILE = {
    "first-frame": "a fixture is text, and no picture that moves; see test_designs.py",
    "too-large": "a file of a megabyte does not belong in a repository; see test_yamlsource.py",
    "unreadable": "no file can say that it must not be read; see test_library.py",
}

SAYING = {
    "Misread",
    "Problem",
    "Slip",
    "_as_documents_do",
    "_slip",
    "_written",
    "complain",
    "from_error",
    "refusal",
    "say",
    "too_much",
    "trouble",
    "wrong",
}
"""The callables that are given a code."""


class Expected(NamedTuple):
    """One problem that must be found."""

    file: str
    line: int
    column: int
    code: str


def remarks(fixture: Path, word: str) -> list[str]:
    """What the comments of a fixture say behind `# word:`."""
    head = fixture.read_bytes().decode("utf-8", errors="replace")
    return [line.strip() for line in re.findall(rf"(?m)^\ufeff?# {word}: (.*)$", head)]


def site_with(fixture: Path, folder: Path) -> str:
    """Lay out the good site with the fixture in its place; the answer is that place."""
    shutil.copytree(GOOD_SITE, folder, dirs_exist_ok=True)
    for taken in remarks(fixture, "without"):
        (folder / taken).unlink()
    for beside in remarks(fixture, "beside"):
        path, _, text = beside.partition(" = ")
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text.replace("\\n", "\n"), encoding="utf-8")
    place = remarks(fixture, "file")[0]
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_bytes(fixture.read_bytes())
    return place


def expected(fixture: Path, place: str) -> list[Expected]:
    found = []
    for remark in remarks(fixture, "expect"):
        match = re.fullmatch(r"([a-z0-9-]+) at (\d+):(\d+)(?: in (\S+))?", remark)
        assert match, f"{fixture.name}: cannot read “# expect: {remark}”"
        found.append(Expected(match[4] or place, int(match[2]), int(match[3]), match[1]))
    assert found, f"{fixture.name} expects nothing"
    return sorted(found)


def test_the_good_site_has_no_problem(check_site: CheckSite) -> None:
    assert check_site(GOOD_SITE).problems.render() == ""


@pytest.mark.parametrize("fixture", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_found_at_its_place_and_nothing_else_is(
    fixture: Path, tmp_path: Path, check_site: CheckSite
) -> None:
    place = site_with(fixture, tmp_path)
    problems = check_site(tmp_path).problems
    found = [Expected(one.file, one.line, one.column, one.code) for one in problems]
    assert sorted(found) == expected(fixture, place), problems.render()
    for fragment in remarks(fixture, "says"):
        assert fragment in problems.render()


@pytest.mark.parametrize("fixture", FINE, ids=lambda path: path.stem)
def test_what_only_looks_wrong_is_read_as_it_is_written(fixture: Path, tmp_path: Path, check_site: CheckSite) -> None:
    place = site_with(fixture, tmp_path)
    problems = check_site(tmp_path).problems
    assert not problems.mistakes, problems.render()
    source = read((tmp_path / place).read_bytes(), file=place)
    for remark in remarks(fixture, "reads"):
        path, _, text = remark.partition(" = ")
        steps = tuple(int(step) if step.isdigit() else step for step in path.split("."))
        assert source.at(steps) == (None if text == "nothing" else text.replace("\\n", "\n"))


def test_every_code_has_a_file_that_shows_it() -> None:
    shown = {remark.split()[0] for fixture in MISTAKES for remark in remarks(fixture, "expect")}
    assert shown == set(CODES) - set(NEEDS_NO_FILE)


def test_no_code_is_used_that_the_table_lacks() -> None:
    used = set()
    for source in (Path(__file__).parents[2] / "app" / "authoring").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SAYING:
                used |= {one.value for one in node.args if isinstance(one, ast.Constant) and is_code(one.value)}
    assert used <= set(CODES), f"not in app/authoring/codes.py: {sorted(used - set(CODES))}"


def is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None
