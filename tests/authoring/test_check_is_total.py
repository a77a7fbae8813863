"""“Never raises on what editors wrote”: whatever happens to the files of a site, `check` says what is wrong with it.

Files are mutilated as hands, merges and disks do it: characters and lines lost, doubled, swapped with others of the
same kind of file. The painters' answers come from an honest stand-in, so that a case takes milliseconds.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from app.authoring.library import check
from app.authoring.toolbox import Toolbox
from app.render.design import Design
from tests.authoring.conftest import ROOT, CheckSite
from tests.authoring.test_mistakes import MISTAKES

SITE = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for files in ("placeholders/*.yaml", "rules/*.yaml", "rules/feeds/*.yaml", "assets/tables/*.csv")
    for path in sorted(ROOT.glob(files))
}
WITH_A_TABLE = (
    "assets/tables/products.csv",
    "placeholders/tiles.yaml",
    "rules/feeds/products.yaml",
    "rules/tiles.yaml",
)
"""Files that say something only together."""
LINES = sorted({line for text in SITE.values() for line in text.split("\n")})
ODD_LINES = sorted({line for path in MISTAKES for line in path.read_text("utf-8", errors="replace").split("\n")})
WORDS = sorted({word for line in (*LINES, *ODD_LINES) for word in re.findall(r"[\w.]+|[^\w\s]", line)})
SIGNS = "{}[]:,\"'#&*!|>%@`-~ \t\n\r\x00\x85\u00a0\u2028\ufeff\U0001f600é0"


@dataclass(frozen=True)
class Examined:
    """An asset that is there, or not."""

    ok: bool
    moves: bool = False
    problem: str = "there is no such file in assets/"
    remedy: str = "copy the file into assets/"


class Stand:
    """The painters' answers by rules of thumb: what ends in .jpg or .png is there, long texts do not fit."""

    def examine(self, path: str) -> Examined:
        return Examined(path.endswith((".jpg", ".png")) and ".." not in path)

    def pictures(self) -> frozenset[str]:
        return frozenset({"hero/rain.jpg"})

    def design(self, name: str, size: tuple[int, int], background: str, layers: Sequence[Any]) -> Design:
        return Design(name, size, background, tuple(layers))

    def font_fault(self, name: str) -> str:
        return "" if name.startswith("Noto") else "there is no such font; write Noto Sans"

    def misplaced(self, layer: Any, size: tuple[int, int], origin: tuple[float, float]) -> str:
        return "" if layer.box[0] + origin[0] < size[0] else "it stands outside; write 0"

    def weight(self, design: Any, fields: Mapping[str, object], format: Any) -> tuple[int, int]:
        return 1000, 30_000

    def overflows(self, layer: Any, text: str) -> bool:
        return len(text) > 70

    def missing(self, layer: Any, text: str) -> frozenset[str]:
        return frozenset(letter for letter in text if ord(letter) > 0x2FFF)

    def refuses(self, layer: Any, text: str) -> str:
        return f"“{text}” is no code; write letters" if text.isdigit() else ""

    def unsaid(self, layer: Any, language: str) -> str:
        return ""


@st.composite
def mutilated(draw: st.DrawFn) -> tuple[str, str]:
    """One file of the demo site, changed in a few places."""
    path = draw(st.sampled_from(sorted(SITE)))
    lines = SITE[path].split("\n")
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 4)))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        lines[at : at + 1] = draw(changes(lines[at] if lines else ""))
    return path, "\n".join(lines)


@st.composite
def changes(draw: st.DrawFn, line: str) -> list[str]:
    """What becomes of a line."""
    cut = draw(st.integers(0, len(line)))
    found = [match.span() for match in re.finditer(r"[\w.]+|[^\w\s]", line)]
    start, end = draw(st.sampled_from(found)) if found else (0, 0)
    return draw(
        st.one_of(
            st.sampled_from(
                ([], [line, line], [line[:cut]], [line[cut:]], [line[:cut] + line[cut + 1 :]], [f"  {line}"])
            ),
            st.sampled_from(SIGNS).map(lambda sign: [line[:cut] + sign + line[cut:]]),
            st.sampled_from(WORDS).map(lambda word: [line[:start] + word + line[end:]]),
            st.sampled_from(LINES).map(lambda other: [other]),
            st.sampled_from(ODD_LINES).map(lambda other: [line, other]),
        )
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@settings(max_examples=300)
@given(file=mutilated())
def test_no_change_of_a_file_makes_the_check_raise(file: tuple[str, str], folder: Path, toolbox: Toolbox) -> None:
    path, text = file
    lay(folder, {**beside(path), path: text})
    checked = check(folder, toolbox, Stand())
    for problem in checked.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert problem.render().startswith(f"{problem.file}:{problem.line}:{problem.column} {problem.code} ")
    assert checked.good == (not checked.problems.mistakes)


@settings(max_examples=60)
@given(data=st.data())
def test_nor_does_any_mixture_of_files(data: st.DataObject, folder: Path, toolbox: Toolbox) -> None:
    texts = sorted(path.read_bytes() for path in MISTAKES)
    paths = sorted({*SITE, "rules/recipients.yaml", "rules/events.yaml", "rules/more.yaml", "rules/feeds/more.yaml"})
    mixed = data.draw(st.dictionaries(st.sampled_from(paths), st.sampled_from(texts), min_size=1, max_size=5))
    lay(folder, {})
    for path, raw in mixed.items():
        (folder / path).write_bytes(raw)
    check(folder, toolbox, Stand()).problems.render()


def beside(path: str) -> dict[str, str]:
    """The site's own file, and the placeholder and campaign of one name: enough for a mistake to show."""
    if path in WITH_A_TABLE:
        return {one: SITE[one] for one in (*WITH_A_TABLE, "rules/site.yaml")}
    name = "weather.yaml" if path == "rules/site.yaml" else Path(path).name
    return {one: text for one, text in SITE.items() if Path(one).name in (name, "site.yaml")}


def lay(folder: Path, files: dict[str, str]) -> None:
    for part in ("placeholders", "rules", "assets"):
        shutil.rmtree(folder / part, ignore_errors=True)
    for part in ("placeholders", "rules/feeds", "assets/tables"):
        (folder / part).mkdir(parents=True)
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8", newline="")


@pytest.mark.parametrize(
    "text",
    [
        "x: &a [*a]",
        "[" * 5_000,
        "a: " * 3_000,
        "rules: " + "[{when: " * 300,
        "placeholder: hero\nrules:\n  - {name: a, when: " + "{not: " * 30 + "{geo.country: DE}" + "}" * 30 + "}\n",
        "placeholder: hero\nrules: [" + ", ".join(f"{{name: r{n}}}" for n in range(3_000)) + "]\n",
        "placeholder: hero\nparts: {" + ", ".join(f'p{n}: [{{say: "{{{{ p{n + 1} }}}}"}}]' for n in range(300)) + "}\n",
        "placeholder: hero\nconditions: {"
        + ", ".join(f"c{n}: c{n + 1}" for n in range(500))
        + ", c500: {time.hour: 1}}\n",
        "placeholder: hero\nconditions: {"
        + ", ".join(f"c{n}: {{any: [c{n + 1}, c{n + 1}]}}" for n in range(60))
        + "}\n",
        "placeholder: hero\nrules: [{name: a, when: {geo.city: {one_of: ["
        + ", ".join(f"c{n}" for n in range(9_000))
        + "]}}}]\n",
        "\x00\x01\x02",
        "",
    ],
    ids=range(12),
)
def test_nor_does_what_is_far_too_much(text: str, tmp_path: Path, check_site: CheckSite) -> None:
    site = Path(shutil.copytree(ROOT / "tests/authoring/good_site", tmp_path, dirs_exist_ok=True))
    (site / "rules/advent.yaml").write_text(text, encoding="utf-8")
    check_site(site).problems.render()
