"""Log lines and metrics, as projections of what happened.

No address, no query string and no raw user agent ever gets here: callers pass names that editors gave, rungs and
reasons, nothing else. On the open path a count is one addition to a local table; once a second the table is carried
over to Prometheus, which adds the workers up.
"""

from __future__ import annotations

import logging
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import structlog
from prometheus_client import CollectorRegistry, Counter as PrometheusCounter, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from app.engine.decision import Decision
from app.lines import where


class Metric(NamedTuple):
    """One metric: its kind, its sentence, its labels, and for a gauge what several processes come to."""

    kind: str
    sentence: str
    labels: tuple[str, ...] = ()
    together: Literal["mostrecent", "max"] = "mostrecent"


METRICS: Final[Mapping[str, Metric]] = MappingProxyType(
    {
        "opens": Metric("counter", "Pictures answered.", ("placeholder", "format", "rung")),
        "not_modified": Metric("counter", "Pictures answered with 304.", ("placeholder",)),
        "clicks": Metric(
            "counter",
            "Links redirected: to what was shown (receipt), to what is offered since that is over (gone), or to what"
            " would be shown now (decided).",
            ("placeholder", "rung", "led"),
        ),
        "open_le_ms": Metric("counter", "Pictures answered within so many milliseconds (cumulative).", ("ms",)),
        "fallbacks": Metric("counter", "Fallback pictures served, by reason.", ("reason",)),
        "lost_clicks": Metric("counter", "Links that led to the site's home, because of a fault.", ("placeholder",)),
        "unrendered_tags": Metric(
            "counter",
            "URL values that were unrendered merge tags, for each mailing (the first hundred, then other).",
            ("mailing", "family"),
        ),
        "refused_params": Metric(
            "counter",
            "Values in URLs that their parameter does not take; of equal ones that come in a row, the first.",
            ("placeholder",),
        ),
        "tokens": Metric("counter", "Tokens in URLs: valid, expired, forged or malformed.", ("outcome",)),
        "weather_fetch": Metric("counter", "Answers of the weather service, by outcome.", ("vendor", "outcome")),
        "map_tiles": Metric("counter", "Answers of the tile server, by outcome.", ("outcome",)),
        "unknown_placeholders": Metric("counter", "Requests for placeholders that do not exist."),
        "painted": Metric("counter", "Pictures painted.", ("format",)),
        "countdowns": Metric(
            "counter",
            "Countdowns that may tick: live did, durable said the deadline instead, not being ready.",
            ("face",),
        ),
        "cdn_astray": Metric(
            "counter",
            "Requests through a CDN whose configuration is older than the rules; nothing of them is shared.",
            ("placeholder",),
        ),
        "reloads": Metric("counter", "Reloads of the site, by outcome.", ("outcome",)),
        "site_problems": Metric("gauge", "Problems in the site folder as it is now; 0 means it is served."),
        "feed_rows_left_out": Metric("gauge", "Rows of feeds that are left out of what is served."),
        "last_reload_ok": Metric("gauge", "When the set that is served was taken over, in seconds since 1970."),
        "picture_cache_bytes": Metric(
            "gauge", "Bytes of painted pictures in memory, in the process that holds most.", together="max"
        ),
        "withdrawn": Metric(
            "gauge", "Rules and fields that are recalled, in the process that knows of most.", together="max"
        ),
        "showings_lost": Metric("counter", "Pictures shown that the store of recipients could not take down."),
        "oldest_kept": Metric(
            "gauge",
            "Since when the oldest of its kind is in the store of recipients, in seconds since 1970; of none, when that"
            " was looked at.",
            ("kind",),
        ),
        "city_file_built": Metric("gauge", "When the City file in use was built, in seconds since 1970."),
    }
)

BUCKETS_MS: Final = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)
BUCKETS_S: Final = tuple(bound / 1000 for bound in BUCKETS_MS)


class Telemetry:
    """The counters and the log of one process."""

    def __init__(self, log: structlog.stdlib.BoundLogger, *, sample: float, chance: Callable[[], float]) -> None:
        self.log = log
        self._sample = sample
        self._chance = chance
        self._counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._opens: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self._again: dict[Hashable, tuple[int, Callable[..., None]]] = {}
        self._times = [0] * (len(BUCKETS_MS) + 1)
        self._registry = CollectorRegistry()
        self._metrics = {name: _made(f"onopen_{name}", metric, self._registry) for name, metric in METRICS.items()}

    def count(self, name: str, **labels: str) -> None:
        """One more of this; `name` and the labels are those of `METRICS`, which `/metrics` shows as `onopen_<name>`."""
        self._counts[name, tuple(labels[label] for label in METRICS[name].labels)] += 1

    def set(self, name: str, value: float, **labels: str) -> None:
        """The present value of a gauge."""
        metric = self._metrics[name]
        (metric.labels(**labels) if labels else metric).set(value)

    def opened(self, decision: Decision, format: str, rung: str, seconds: float) -> None:
        """A picture was answered. Few ordinary opens get a log line; those on a lesser rung all do (see `_lesser`)."""
        self._opens[decision.placeholder, format, rung] += 1
        self._times[bisect_left(BUCKETS_S, seconds)] += 1
        if rung != "live":
            self._lesser("open", decision, rung, seconds)
        elif self._chance() < self._sample:
            self._log("open", decision, rung, seconds)

    def clicked(self, decision: Decision, rung: str, seconds: float, led: str = "decided") -> None:
        """A link was redirected to what was decided."""
        self._counts["clicks", (decision.placeholder, rung, led)] += 1
        if rung != "live":
            self._lesser("click", decision, rung, seconds)
        elif self._chance() < self._sample:
            self._log("click", decision, rung, seconds)

    def followed(self, placeholder: str, rule: str, seconds: float) -> None:
        """A link was redirected to what a rule had shown."""
        self._counts["clicks", (placeholder, "live", "receipt")] += 1
        if self._chance() < self._sample:
            self.log.info("click", placeholder=placeholder, rule=rule, led="receipt", ms=round(seconds * 1000, 2))

    def fell_back(self, placeholder: str, reason: str, error: BaseException | None = None) -> None:
        """The fallback picture was served. `error` is there only if it was a bug."""
        self._counts["fallbacks", (reason,)] += 1
        self._warn("fallback", placeholder, error, reason=reason)

    def lost(self, placeholder: str, error: BaseException) -> None:
        """A click went to the site's home, because of a bug."""
        self._counts["lost_clicks", (placeholder,)] += 1
        self._warn("lost click", placeholder, error)

    def failed(self, what: str, error: BaseException) -> None:
        """Something behind the scenes failed and changed nothing."""
        self.log.error("failed", what=what, error=type(error).__name__, at=where(error))

    def _warn(self, event: str, placeholder: str, error: BaseException | None, **more: str) -> None:
        """Of a bug, type and place are logged; its message might quote a request."""
        trouble = {} if error is None else {"error": type(error).__name__, "at": where(error)}
        told = partial(self.log.warning, event, placeholder=placeholder, **more, **trouble)
        self._once((event, placeholder, *more.values(), *trouble.get("at", ())), told)

    def _lesser(self, event: str, decision: Decision, rung: str, seconds: float) -> None:
        what = (event, decision.placeholder, decision.campaign, decision.rule, rung, decision.ruleset)
        self._once(what, partial(self._log, event, decision, rung, seconds))

    def _once(self, what: Hashable, tell: Callable[..., None]) -> None:
        """Trouble is never sampled, but told once: what is the same until the next flush becomes one line with `times`.

        While an upstream is down, every open is on a lesser rung, and writing a line costs more than answering one.
        """
        before = self._again.get(what)
        if before is None:
            self._again[what] = (0, tell)
            tell()
        else:
            self._again[what] = (before[0] + 1, tell)

    def _log(self, event: str, decision: Decision, rung: str, seconds: float, **more: int) -> None:
        self.log.info(
            event,
            placeholder=decision.placeholder,
            campaign=decision.campaign,
            rule=decision.rule,
            rung=rung,
            reads=decision.reads,
            ruleset=decision.ruleset,
            ms=round(seconds * 1000, 2),
            **more,
        )

    def flush(self) -> None:
        """Carry the local table over to Prometheus, and tell what is due."""
        again, self._again = self._again, {}
        for times, tell in again.values():
            if times:
                tell(times=times)
        opens, self._opens = self._opens, defaultdict(int)
        for opened, number in opens.items():
            self._metrics["opens"].labels(*opened).inc(number)
        counts, self._counts = self._counts, Counter()
        for (name, labels), number in counts.items():
            metric = self._metrics[name]
            (metric.labels(*labels) if labels else metric).inc(number)
        spent, self._times = self._times, [0] * len(self._times)
        running = 0
        for bound, number in zip((*BUCKETS_MS, "inf"), spent, strict=True):
            running += number
            if running:
                self._metrics["open_le_ms"].labels(str(bound)).inc(running)

    def exposition(self, multiprocess_dir: str | None) -> bytes:
        """What `/metrics` answers: this process's numbers, or those of all workers that share the directory."""
        self.flush()
        if multiprocess_dir is None:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=multiprocess_dir)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _made(name: str, metric: Metric, registry: CollectorRegistry) -> Any:
    if metric.kind == "counter":
        return PrometheusCounter(name, metric.sentence, metric.labels, registry=registry)
    return Gauge(name, metric.sentence, metric.labels, registry=registry, multiprocess_mode=metric.together)


def logger(level: str, *, json: bool = True) -> structlog.stdlib.BoundLogger:
    """A logger of JSON lines to standard error, or of readable ones for a person at a terminal."""
    readable = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    renderer: Any = structlog.processors.JSONRenderer() if json else readable
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    made: structlog.stdlib.BoundLogger = structlog.get_logger("onopen")
    return made
