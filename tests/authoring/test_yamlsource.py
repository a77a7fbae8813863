"""Reading YAML: texts stay texts, places are true, and no input whatever raises."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import yaml

from app.authoring.problems import Problems
from app.authoring.yamlsource import LOADER, MOST, Source, read
from app.authoring.yamltext import LARGEST

GOOD = (Path(__file__).parent / "good_site" / "rules" / "advent.yaml").read_text(encoding="utf-8")


@pytest.fixture(params=[yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "pure Python"])
def loader(request: pytest.FixtureRequest) -> Any:
    return request.param


def codes(source: Source) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in source.problems]


def test_the_fast_loader_is_taken_where_there_is_one() -> None:
    assert LOADER is yaml.CSafeLoader


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "NO",
        "yes",
        "on",
        "off",
        "true",
        "17:00",
        "01067",
        "0x1F",
        "0o17",
        "1e3",
        ".inf",
        "2026-02-30",
        "1_000",
        "-",
        "=",
        "<<",
    ],
)
def test_a_scalar_stays_the_text_that_was_written(text: str, loader: Any) -> None:
    source = read(f"- {text}\n", file="a.yaml", loader=loader)
    assert source.value == [text] if text != "-" else source.value == [[None]]


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", " # a remark"])
def test_plain_null_is_nothing(nothing: str, loader: Any) -> None:
    assert read(f"a: {nothing}\nb: x\n", file="a.yaml", loader=loader).value == {"a": None, "b": "x"}


@pytest.mark.parametrize("quoted", ["'null'", '"~"', '""'])
def test_quoted_null_is_text(quoted: str, loader: Any) -> None:
    assert read(f"a: {quoted}\n", file="a.yaml", loader=loader).value == {"a": quoted[1:-1]}


def test_keys_are_always_texts(loader: Any) -> None:
    source = read("no: Hei\n1: eins\nnull: nichts\ntrue: wahr\n", file="a.yaml", loader=loader)
    assert source.value == {"no": "Hei", "1": "eins", "null": "nichts", "true": "wahr"}
    assert not source.problems


def test_places_count_from_one_and_tell_keys_from_values(loader: Any) -> None:
    source = read('# remark\nrules:\n  - {name: x, show: {headline: "Grüße"}}\n', file="a.yaml", loader=loader)
    assert source.place(("rules", 0, "name"))[:2] == (3, 12)
    assert source.place(("rules", 0, "name"), key=True)[:2] == (3, 6)
    headline = source.place(("rules", 0, "show", "headline"))
    assert (headline.line, headline.column, headline.end_column, headline.quoted) == (3, 32, 39, True)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    source = read("rules:\n  - name: x\n", file="a.yaml")
    assert source.place(("rules", 0, "link"))[:2] == (2, 5)
    assert source.place(("otherwise", "link"))[:2] == (1, 1)


def test_a_value_of_nothing_stands_where_its_key_stands() -> None:
    assert read("a: 1\nlink:\n", file="a.yaml").place(("link",))[:2] == (2, 1)


def test_a_place_inside_a_text_is_found_by_its_offset() -> None:
    source = read('a: "Hallo {{ wrold }}"\nb: Hallo {{ wrold }}\nc: "\\x41 {{ wrold }}"\n', file="a.yaml")
    assert source.inside(("a",), 9) == (1, 14)
    assert source.inside(("b",), 9) == (2, 13)
    assert source.inside(("c",), 5) == (3, 4)  # an escape makes offsets a guess, so the text's start is named


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = read(GOOD, file="a.yaml")
    windows = read(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), file="a.yaml")
    assert (windows.value, windows.places, windows.problems) == (plain.value, plain.places, ())


def test_latin_1_names_the_letter_and_still_reads_the_rest() -> None:
    source = read("a: x\nb: Grüße\na: y\n".encode("latin-1"), file="a.yaml")
    assert codes(source) == [("not-utf8", 2, 6), ("duplicate-key", 3, 1)]
    assert "0xFC" in source.problems[0].message
    assert "“ü”" in source.problems[0].message
    assert source.value["b"] == "Grüße"


def test_utf_16_is_refused_by_name() -> None:
    source = read("a: x\n".encode("utf-16"), file="a.yaml")
    assert codes(source) == [("not-utf8", 1, 1)]
    assert "UTF-16" in source.problems[0].message


def test_a_file_of_a_megabyte_is_refused_unread() -> None:
    source = read(b"a: x\n" * (LARGEST // 5 + 1), file="a.yaml")
    assert codes(source) == [("too-large", 1, 1)]
    assert source.value is None


@pytest.mark.parametrize("empty", ["", "\n\n", "# remark\n", "---\n"])
def test_an_empty_file_says_so_unless_a_document_was_begun(empty: str, loader: Any) -> None:
    source = read(empty, file="a.yaml", loader=loader)
    assert [problem.code for problem in source.problems] == ([] if empty == "---\n" else ["empty-file"])


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [41, 2000, 100_000])
def test_deep_nesting_is_a_problem_and_no_crash(opening: str, times: int) -> None:
    source = read(opening * times, file="a.yaml")
    assert "too-deep" in [problem.code for problem in source.problems]


def test_all_mistakes_are_found_at_once(loader: Any) -> None:
    source = read(
        "a: *new*\n"
        "b: {{ x }}\n"
        "c: {de: Hallo, Welt, en: x}\n"
        "d: Heute: neu\n"
        "e:eng\n"
        'f: "offen\n'
        "g: #1\n"
        "g: zwei\n"
        "h: [1, 2\n"
        "i: @ich\n"
        "j: zuletzt\n",
        file="a.yaml",
        loader=loader,
    )
    assert codes(source) == [
        ("quote-it", 1, 4),
        ("quote-it", 2, 4),
        ("quote-it", 3, 9),
        ("quote-it", 4, 9),
        ("colon-blank", 5, 1),
        ("unclosed-quote", 6, 4),
        ("quote-it", 7, 4),
        ("duplicate-key", 8, 1),
        ("unclosed-bracket", 9, 4),
        ("quote-it", 10, 4),
    ]
    assert source.value["a"] == "*new*"
    assert source.value["b"] == "{{ x }}"
    assert source.value["c"] == {"de": "Hallo, Welt", "en": "x"}
    assert source.value["e"] == "eng"
    assert source.value["j"] == "zuletzt"


def test_a_line_that_fits_nowhere_hides_nothing_behind_it(loader: Any) -> None:
    source = read(
        "rules:\n  - name: a\n    link: x\n   show: y\n  - name: b\nzone: site\nzone: site\n", file="a", loader=loader
    )
    assert codes(source) == [("indentation", 4, 4), ("duplicate-key", 7, 1)]
    assert source.cut
    assert [rule["name"] for rule in source.value["rules"]] == ["a", "b"]


@pytest.mark.parametrize(
    "line", ["a: *x\n", "a: 1\n", "a: x #y\n", "\ta: \x00\n", "- [\n", "a: {{ b }}\n", "a: b: c\n"]
)
def test_a_file_full_of_mistakes_is_read_in_seconds(line: str) -> None:
    before = monotonic()
    source = read(line * (400_000 // len(line)), file="a.yaml")
    assert 1 <= len(source.problems) <= 3 * MOST
    assert monotonic() - before < 20


def test_one_mistake_is_complained_about_once() -> None:
    source, problems = read("size: [600, x]\n", file="a.yaml"), Problems()
    source.complain(problems, ("size", 1), "not-a-number", "first")
    source.complain(problems, ("size", 1), "out-of-range", "the same place again")
    source.complain(problems, ("size",), "wrong-count", "around it")
    source.complain(problems, ("size", 0), "not-a-number", "its neighbour")
    assert [problem.message for problem in problems] == ["its neighbour", "first"]


def test_below_a_wrong_shape_nothing_more_is_said() -> None:
    source, problems = read("fields: text\n", file="a.yaml"), Problems()
    source.complain(problems, ("fields",), "not-a-mapping", "first")
    source.complain(problems, ("fields", "photo", "type"), "missing-key", "below it")
    assert [problem.message for problem in problems] == ["first"]


def test_warnings_do_not_silence_mistakes() -> None:
    source, problems = read("alt: x\n", file="a.yaml"), Problems()
    source.complain(problems, ("alt",), "missing-alt", "a doubt", severity="warning")
    source.complain(problems, ("alt",), "not-a-text", "a mistake")
    assert len(problems) == 2
