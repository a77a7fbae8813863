"""Whatever a hand or a machine puts into a file, reading it raises nothing and names lines of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import example, given, settings, strategies as st

from app.authoring.yamlsource import read

GOOD = (Path(__file__).parent / "good_site" / "rules" / "advent.yaml").read_text(encoding="utf-8")


def leaves(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for key, item in value.items():
                yield key
                yield from leaves(item)
        case list():
            for item in value:
                yield from leaves(item)
        case _:
            yield value


YAMLISH = st.text(alphabet=st.sampled_from("ab:-?,[]{}#&*!|>'\"%@`~ \t\n\r\\x0Uü\u2028\x00\ufeff{}"), max_size=80)


@settings(max_examples=400, deadline=None)
@given(text=YAMLISH | st.text(max_size=60))
def test_no_text_raises_and_every_value_is_a_text_or_nothing(text: str) -> None:
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        source = read(text, file="a.yaml", loader=loader)
        assert all(leaf is None or isinstance(leaf, str) for leaf in leaves(source.value))
        assert all(problem.render() for problem in source.problems)
        if not source.problems:
            assert not any(
                0x10F000 <= ord(letter) < 0x10F080 for leaf in leaves(source.value) if leaf for letter in leaf
            )


@settings(max_examples=200, deadline=None)
@example(raw=b"!\xb9:\x00")
@given(raw=st.binary(max_size=60))
def test_no_bytes_raise(raw: bytes) -> None:
    read(raw, file="a.yaml")


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, len(GOOD) - 1), what=st.sampled_from([*":-?,[]{}#&*!|>'\"%@`\t\n \\", "", "{{ x }}", ": "]))
def test_a_slip_of_the_hand_never_raises_and_names_a_line_of_the_file(at: int, what: str) -> None:
    source = read(GOOD[:at] + what + GOOD[at + 1 :], file="a.yaml")
    for problem in source.problems:
        assert 1 <= problem.line <= len(source.lines)
        assert 1 <= problem.column <= len(source.line(problem.line)) + 1
