"""Problems as people and machines read them, and the words that are suggested."""

from __future__ import annotations

import json

import pytest

from app.authoring.problems import Problem, Problems
from app.authoring.suggest import closest, did_you_mean

SIGNALS = ["weather.condition", "weather.temperature", "weather.feels_like", "geo.city", "geo.country", "time.daypart"]
OPERATORS = ["is", "is_not", "one_of", "none_of", "at_least", "at_most", "above", "below", "between", "starts_with"]


def problem(**changed: object) -> Problem:
    usual = {
        "file": "rules/advent.yaml",
        "line": 7,
        "column": 5,
        "code": "unknown-key",
        "message": "there is no key “linkk” here",
        "remedy": "did you mean “link”?",
        "width": 5,
        "text": "    linkk: https://shop.example/",
    }
    return Problem(**{**usual, **changed})  # type: ignore[arg-type]


def test_a_problem_shows_place_code_message_line_caret_and_remedy() -> None:
    assert problem().render() == (
        "rules/advent.yaml:7:5 unknown-key there is no key “linkk” here\n"
        "        linkk: https://shop.example/\n"
        "        ^^^^^\n"
        "    did you mean “link”?"
    )


def test_a_warning_says_that_it_is_one() -> None:
    assert "7:5 unknown-key warning: there" in problem(severity="warning").render()


def test_a_problem_of_a_whole_file_has_no_line_to_show() -> None:
    assert problem(text="", remedy="").render().count("\n") == 0


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        ("\tkey: x", 2, "\t^"),
        ("日本: x", 5, "      ^"),  # East Asian letters take two cells
        ("e\u0301: x", 4, "  ^"),  # a combining accent takes none
    ],
)
def test_the_caret_stands_below_its_letter(line: str, column: int, caret: str) -> None:
    assert problem(text=line, column=column, width=1).render().split("\n")[2] == "    " + caret


def test_long_lines_are_shown_around_their_place_and_never_wrapped() -> None:
    shown = problem(text="x" * 500 + "here" + "y" * 500, column=501, width=4).render().split("\n")
    assert len(shown) == 4
    assert len(shown[1]) < 180
    assert shown[1][shown[2].index("^") :].startswith("here")


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in problem(text="a: \x1b[31mred").render()


def test_problems_are_sorted_by_file_and_place_and_equal_ones_are_kept_once() -> None:
    problems = Problems([problem(line=9), problem(file="placeholders/hero.yaml"), problem(line=2), problem(line=9)])
    assert [(one.file, one.line) for one in problems] == [
        ("placeholders/hero.yaml", 7),
        ("rules/advent.yaml", 2),
        ("rules/advent.yaml", 9),
    ]


def test_problems_of_one_place_keep_the_order_in_which_they_were_found() -> None:
    problems = Problems([problem(code="wrong-order"), problem(code="bad-name")])
    assert [one.code for one in problems] == ["wrong-order", "bad-name"]


def test_mistakes_and_warnings_are_told_apart() -> None:
    problems = Problems([problem(severity="warning"), problem()])
    assert (len(problems.mistakes), len(problems.warnings), len(problems)) == (1, 1, 2)


def test_machines_read_the_same_as_json() -> None:
    assert json.loads(json.dumps(Problems([problem()]).as_json())) == [
        {
            "file": "rules/advent.yaml",
            "line": 7,
            "column": 5,
            "width": 5,
            "code": "unknown-key",
            "severity": "problem",
            "message": "there is no key “linkk” here",
            "remedy": "did you mean “link”?",
        }
    ]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("wether.condition", SIGNALS, "weather.condition"),
        ("weather_condition", SIGNALS, "weather.condition"),
        ("weatherCondition", SIGNALS, "weather.condition"),
        ("condition", SIGNALS, "weather.condition"),
        ("temperature", SIGNALS, "weather.temperature"),
        ("geo.contry", SIGNALS, "geo.country"),
        ("is_one_of", OPERATORS, "one_of"),
        ("one-of", OPERATORS, "one_of"),
        ("oneof", OPERATORS, "one_of"),
        ("at_lest", OPERATORS, "at_least"),
        ("bellow", OPERATORS, "below"),
        ("rian", ["drizzle", "rain", "hail"], "rain"),
        ("colour", ["color", "field"], "color"),
        ("placehodler", ["placeholder", "phases"], "placeholder"),
    ],
)
def test_the_word_that_was_most_likely_meant_is_suggested(word: str, known: list[str], meant: str) -> None:
    assert closest(word, known) == meant


@pytest.mark.parametrize("word", ["", "budget", "xyz", "..."])
def test_nothing_far_fetched_is_suggested(word: str) -> None:
    assert closest(word, SIGNALS) is None


def test_where_nothing_is_close_the_known_words_are_listed() -> None:
    assert did_you_mean("budget", ["rules", "parts"], else_say="keys here are") == "keys here are: rules, parts"
    assert did_you_mean("budget", ["rules", "parts"]) == ""
    many = [f"signal_{number:02}x" for number in range(40)]
    assert did_you_mean("budget", many, else_say="signals are").endswith("… (40 in all)")
