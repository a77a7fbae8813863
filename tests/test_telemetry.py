"""Counters are added up once a moment, lines say names and numbers only, and libraries log as we do."""

from __future__ import annotations

import json
import logging
import logging.config
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from app.engine.decision import Decision
from app.engine.readings import FOREVER, Reading
from app.lines import LIBRARIES, Lines
from app.telemetry import BUCKETS_MS, METRICS, Telemetry, logger

SECRET = "ada@example.com opened from 81.2.69.142"


def decision(rule: str = "rain") -> Decision:
    reading = Reading("weather.condition", "rain", 0.0, FOREVER, "test")
    return Decision(
        placeholder="hero",
        campaign="winter",
        rule=rule,
        fields=(("headline", SECRET),),
        captions=(),
        link=f"https://x.example/?{SECRET}",
        alt=SECRET,
        nothing=False,
        readings=(reading,),
        until=FOREVER,
        ruleset="digest",
    )


class Heard:
    """A telemetry whose lines are kept."""

    def __init__(self, *, sample: float = 1.0, chance: float = 0.5) -> None:
        self.lines: list[dict[str, Any]] = []

        def keep(_logger: Any, method: str, event: Any) -> Any:
            self.lines.append({**event, "level": method})
            raise structlog.DropEvent

        log = structlog.wrap_logger(None, processors=[keep], wrapper_class=structlog.BoundLogger)
        self.telemetry = Telemetry(log, sample=sample, chance=lambda: chance)

    def counted(self) -> dict[str, float]:
        text = self.telemetry.exposition(None).decode()
        return {
            name: float(number)
            for name, _, number in (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        }


def test_counts_are_carried_over_and_begin_anew() -> None:
    heard = Heard()
    for _ in range(3):
        heard.telemetry.opened(decision(), "png", "live", 0.003)
    heard.telemetry.clicked(decision(), "live", 0.001)
    name = 'onopen_opens_total{format="png",placeholder="hero",rung="live"}'
    assert heard.counted()[name] == 3
    assert heard.counted()[name] == 3
    heard.telemetry.opened(decision(), "png", "live", 0.003)
    heard.telemetry.flush()
    assert heard.counted()[name] == 4
    assert heard.counted()['onopen_clicks_total{led="decided",placeholder="hero",rung="live"}'] == 1


def test_the_times_are_cumulative() -> None:
    heard = Heard()
    for seconds in (0.0001, 0.004, 0.004, 0.3, 9.0):
        heard.telemetry.opened(decision(), "png", "live", seconds)
    counted = heard.counted()
    told = [counted.get(f'onopen_open_le_ms_total{{ms="{bound}"}}', 0) for bound in (*BUCKETS_MS, "inf")]
    assert told == [1, 1, 3, 3, 3, 3, 3, 3, 4, 4, 5]
    assert told == sorted(told)


def test_few_ordinary_opens_get_a_line_and_trouble_always_does() -> None:
    quiet = Heard(sample=0.01)
    quiet.telemetry.opened(decision(), "png", "live", 0.001)
    assert quiet.lines == []
    quiet.telemetry.opened(decision(), "png", "unknown", 0.4)
    quiet.telemetry.clicked(decision(), "stale", 0.4)
    quiet.telemetry.fell_back("hero", "late")
    assert [line["event"] for line in quiet.lines] == ["open", "click", "fallback"]
    lucky = Heard(sample=0.01, chance=0.005)
    lucky.telemetry.opened(decision(), "png", "live", 0.001)
    assert [line["event"] for line in lucky.lines] == ["open"]


def test_a_rush_of_fallbacks_is_two_lines_a_moment() -> None:
    heard = Heard()
    for _ in range(5):
        heard.telemetry.fell_back("hero", "queue_full")
    heard.telemetry.fell_back("hero", "bug", raised())
    heard.telemetry.flush()
    told = [(line["reason"], line.get("times")) for line in heard.lines]
    assert told == [("queue_full", None), ("bug", None), ("queue_full", 4)]
    assert "at" not in heard.lines[0]
    assert heard.counted()['onopen_fallbacks_total{reason="queue_full"}'] == 5


def test_no_line_holds_a_value() -> None:
    heard = Heard()
    heard.telemetry.opened(decision(), "png", "live", 0.001)
    heard.telemetry.clicked(decision(), "live", 0.001)
    heard.telemetry.fell_back("hero", "bug", raised())
    heard.telemetry.failed("reload", raised())
    heard.telemetry.lost("hero", raised())
    assert len(heard.lines) == 5
    assert "81.2.69.142" not in str(heard.lines)
    assert heard.lines[0]["reads"] == ("weather.condition",)
    assert heard.lines[2]["error"] == heard.lines[3]["error"] == "LookupError"
    assert heard.lines[2]["at"][-1].startswith("test_telemetry:")


def raised() -> Exception:
    try:
        raise LookupError(SECRET)
    except LookupError as error:
        return error


def test_every_metric_has_a_sentence_and_a_sound_name() -> None:
    for name, metric in METRICS.items():
        assert name.isidentifier()
        assert metric.sentence.endswith(".")
        assert metric.kind in {"counter", "gauge"}
    exposed = Heard().telemetry.exposition(None).decode()
    assert all(f"# HELP onopen_{name}" in exposed for name in METRICS)


# Lines of libraries --------------------------------------------------------------------------------------------------


@pytest.fixture
def libraries() -> Iterator[None]:
    """Logging as a server sets it up; put back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logging.config.dictConfig(dict(LIBRARIES))
    yield
    root.handlers, root.level = handlers, level


def test_what_a_library_says_is_a_json_line_without_the_error_s_words(
    libraries: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(logging.getLogger().handlers[0].formatter, Lines)
    logging.getLogger().handlers[0].stream = sys.stderr  # type: ignore[attr-defined]
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=raised())
    [line] = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"], told["logger"]) == ("library", "error", "uvicorn.error")
    assert (told["said"], told["error"]) == ("Exception in ASGI application", "LookupError")
    assert told["at"][-1].startswith("test_telemetry:")
    assert "81.2.69.142" not in line


def test_our_own_lines_are_json_or_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    logger("info").info("open", placeholder="hero")
    told = json.loads(capsys.readouterr().err)
    assert (told["event"], told["level"], told["placeholder"]) == ("open", "info", "hero")
    assert told["timestamp"].endswith("Z")
    logger("info", json=False).info("open", placeholder="hero")
    assert "placeholder=hero" in capsys.readouterr().err
    logger("warning").info("open")
    assert capsys.readouterr().err == ""
