"""One file, one mistake: each file below `mistakes/` is put into a good site and says itself what must be found.

`# expect: CODE at LINE:COLUMN` (one a problem; `in FILE` where it lies in another file), `# file:` the place it takes,
`# without:` a file taken away, `# says:` what the rendered problems must contain. Files below `fine/` only look wrong;
`# reads: PATH = TEXT` says what must be read there.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from app.authoring.codes import CODES
from app.authoring.documents.folder import read_documents, site_files
from app.authoring.documents.layers import layer_from
from app.authoring.problems import Problems
from app.authoring.yamlsource import read
from app.render.layers import LAYERS

HERE = Path(__file__).parent
GOOD_SITE = HERE / "good_site"
MISTAKES = sorted((HERE / "mistakes").glob("*.yaml"))
FINE = sorted((HERE / "fine").glob("*.yaml"))

NEEDS_NO_FILE = {"too-large": "a file of a megabyte does not belong in a repository; see test_yamlsource.py"}

SAYING = {"complain", "say", "_slip", "refusal", "from_error", "Slip", "Problem", "Misread", "trouble"}
"""The callables that are given a code."""

Check = Callable[[Path], Problems]


class Expected(NamedTuple):
    """One problem that must be found."""

    file: str
    line: int
    column: int
    code: str


def check_reading(folder: Path) -> Problems:
    """All problems that reading a site folder finds, without compiling it."""
    problems = Problems()
    documents = read_documents(site_files(folder), problems)
    for name, hero in documents.placeholders.items():
        for index, raw in enumerate(hero.document.layers):
            layer_from(raw, ("layers", index), LAYERS, problems, documents.placeholders[name].source)
    return problems


@pytest.fixture
def check() -> Check:
    return check_reading


def remarks(fixture: Path, word: str) -> list[str]:
    """What the comments of a fixture say behind `# word:`."""
    head = fixture.read_bytes().decode("utf-8", errors="replace")
    return [line.strip() for line in re.findall(rf"(?m)^\ufeff?# {word}: (.*)$", head)]


def site_with(fixture: Path, folder: Path) -> str:
    """Lay out the good site with the fixture in its place; the answer is that place."""
    shutil.copytree(GOOD_SITE, folder, dirs_exist_ok=True)
    for taken in remarks(fixture, "without"):
        (folder / taken).unlink()
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


def test_the_good_site_has_no_problem(check: Check) -> None:
    assert check(GOOD_SITE).render() == ""


@pytest.mark.parametrize("fixture", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_found_at_its_place_and_nothing_else_is(fixture: Path, tmp_path: Path, check: Check) -> None:
    place = site_with(fixture, tmp_path)
    problems = check(tmp_path)
    wanted = expected(fixture, place)
    doubts = [Expected(p.file, p.line, p.column, p.code) for p in problems.warnings]
    found = [Expected(p.file, p.line, p.column, p.code) for p in problems.mistakes]
    assert sorted(found) == [one for one in wanted if one not in doubts], problems.render()
    for fragment in remarks(fixture, "says"):
        assert fragment in problems.render()


@pytest.mark.parametrize("fixture", FINE, ids=lambda path: path.stem)
def test_what_only_looks_wrong_is_read_as_it_is_written(fixture: Path, tmp_path: Path, check: Check) -> None:
    place = site_with(fixture, tmp_path)
    assert not [p for p in check(tmp_path) if p.severity == "problem"], check(tmp_path).render()
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
