"""The generated pages about what editors write: signals, operators, texts, layers, problems."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from app.authoring.codes import CODES
from app.authoring.grammar import COMBINATORS, MODIFIERS, OPERATORS, PLACES, Asking
from app.authoring.liquid import FILTERS, TAGS
from app.authoring.liquid.dialect import DEEPEST, LARGEST_TEXT
from app.authoring.liquid.expressions import TURNS
from app.authoring.liquid.values import LONGEST
from app.engine.readings import Why
from app.engine.signals import CATALOGUE, Edge, Kind, Purpose, Signal
from app.render.fonts import BUNDLED
from app.render.layers import LAYERS
from tests.support.tables import code, codes, page, table

KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.TEXT: ("a text; compared without case", "`geo.region: DE-BY`"),
    Kind.NAME: ("a proper name; any of its spellings in any language matches", "`geo.city: Munich`"),
    Kind.CHOICE: ("one of the listed words", "`device.class: phone`"),
    Kind.NUMBER: ("a decimal number with a point", "`weather.temperature: {below: 5}`"),
    Kind.BOOLEAN: ("`true` or `false`", "`time.is_weekend: true`"),
    Kind.CLOCK: ("a time of day", '`time.clock: {between: {from: "22:00", to: "05:00"}}`'),
    Kind.DATE: ("a calendar day", "`time.date: 2026-12-24`"),
    Kind.MOMENT: (
        "an instant: a date, a date and a time, or the name of a phase",
        '`time.local: {at_least: "2026-11-27 18:00"}`',
    ),
    Kind.DURATION: ("a length of time: `45m`, `24h`, `30d`, `1h30m`", "`weather.next_rain_in: {below: 2h}`"),
    Kind.LIST: ("items of a table, in an order", "`list.bargains: {empty: false}`"),
}
"""How people write a value of each kind."""

FAMILIES: Final[Mapping[str, str]] = {
    "geo": "Where the recipient is, as far as anybody may be believed.",
    "time": "What the calendar and the clock say where the recipient is.",
    "weather": "The weather there: at the place of `geo.latitude` and `geo.longitude`, by grid cells of 0.1°.",
    "device": "On what the mail is opened.",
    "open": "The opening itself: who fetched, for which send, in which language.",
    "phase": "The campaign's own calendar.",
}

SIGNALS_OF_A_SITE: Final = (
    ("`param.<name>`", "A parameter that the placeholder declares under `params:`.", "of its type"),
    ("`recipient.<name>`", "An attribute of `rules/recipients.yaml`.", "of its type"),
    ("`last.<event>.<field>`", "A field of the newest event of that type in `rules/events.yaml`.", "of its type"),
    ("`last.<event>.age`", "How long ago that was.", "duration"),
    ("`last.<event>.at`", "The instant at which it was.", "moment"),
    ("`first.<event>.at`", "The instant of the first of that type; another one does not change it.", "moment"),
    ("`count.<event>`", "How often it happened in all.", "number"),
    ("`count.<event>_7d`", "How often it happened lately: `_1d`, `_7d`, `_30d`, `_90d`.", "number"),
    (
        "`shown.<campaign>.count_7d`",
        "How often a campaign was shown to this recipient lately: `_1d`, `_7d`, `_30d`, `_90d`.",
        "number",
    ),
    ("`offer.<rule>`", "Whether this recipient has a place of a rule with `first:`, or can have one.", "boolean"),
    ("`split.<name>`", "The arm of an experiment that this recipient belongs to.", "choice"),
    ("`list.<name>`", "The items that a list of the campaign picks; empty where it picks none.", "list"),
    ("`list.<name>.count`", "How many it picks, before `limit` cuts it.", "number"),
    ("`list.<name>.total`", "What they cost together: the sum of the feed's first amount of money.", "number"),
    ("`split.holdout`", "`held_out` or `taking_part`, where the campaign has a `holdout:`.", "choice"),
)  # fmt: skip

TAKES: Final[Mapping[str, str]] = {
    "value": "one value",
    "values": "a list",
    "range": "`{from: …, to: …}`",
    "truth": "`true` or `false`",
    "duration": "a length of time",
    "days": "`{from: …, to: …}`, numbers of days",
    "place": "`{km: …, of: …}`, a city or `[latitude, longitude]`",
}
"""What stands behind an operator."""


def signals() -> str:
    """Every signal there is."""
    parts = [
        "Every condition and every text reads signals. A signal has a value, is *empty* (asked, and there is nothing), "
        "or is *unknown* with a reason. The last column says what a shared cache would have to key on before it may "
        "hand one recipient's answer to another.",
    ]
    for family, sentence in FAMILIES.items():
        own = [signal for signal in CATALOGUE.signals.values() if signal.name.split(".")[0] == family]
        parts += [f"## {family}{'' if family == 'phase' else '.*'}", sentence, _signals(own)]
    parts += [
        "## What a site declares itself",
        table(("signal", "what it says", "kind"), SIGNALS_OF_A_SITE),
        "## Kinds",
        table(("kind", "what it is", "for example"), ((kind.value, *KINDS[kind]) for kind in Kind)),
        "## Why a signal can be unknown",
        "*By nature* is ordinary and lasts: a mail proxy hides the reader. *By failure* is a lesser answer and is kept "
        "for seconds only.",
        table(("reason", ""), ((why.sentence, "by failure" if why.failure else "by nature") for why in Why)),
    ]
    return page("Signals", "`app/engine/signals.py` and `app/engine/readings.py`", *parts)


def _signals(some: Iterable[Signal]) -> str:
    def values(signal: Signal) -> str:
        return codes(signal.choices) or signal.unit

    def notes(signal: Signal) -> str:
        said = ["consent for location" if signal.purpose is Purpose.LOCATION else ""]
        said += ["often unknown" if signal.doubtful else "", "fetched" if signal.remote else ""]
        return ", ".join(one for one in said if one)

    def edge(signal: Signal) -> str:
        return "" if signal.edge is Edge.NOBODY else signal.edge.value

    rows = ((code(one.name), one.sentence, one.kind.value, values(one), notes(one), edge(one)) for one in some)
    return table(("signal", "what it says", "kind", "values or unit", "notes", "a cache keys on"), rows)


def operators() -> str:
    """Every operator of conditions."""
    rows = [
        (code(one.word), _fits(one), TAKES[one.takes], one.sentence, code(one.example)) for one in OPERATORS.values()
    ]
    return page(
        "Operators",
        "`app/authoring/grammar.py` and `app/engine/operators.py`",
        "A condition names a signal and says what must be true of it. A plain value means `is`. Several operators "
        "behind one signal must all hold. A comparison with an empty value says no (and `is_not`, `none_of` say yes); "
        "with an unknown value it is unknown.",
        table(("operator", "fits", "takes", "says yes where", "for example"), rows),
        "A range of times of day, or of moments, includes its start and excludes its end; one of times of day may "
        "cross midnight. A bare date at the end of a range includes that day. Distances are compared with the accuracy "
        "of the place: what it cannot settle is unknown.",
        "## Beside an operator",
        table(("word", "what it does"), ((code(word), sentence) for word, sentence in MODIFIERS.items())),
        "## Combining",
        table(("word", "says yes where"), ((code(word), sentence) for word, sentence in COMBINATORS.items())),
        "A word of its own (`when: wet`, `all: [wet, …]`) is a condition named under `conditions:` of the campaign or "
        "of `rules/site.yaml`.",
    )


def _fits(asking: Asking) -> str:
    if asking.takes == "place":
        return codes(sorted(PLACES))
    return "everything" if asking.kinds == frozenset(Kind) else ", ".join(k.value for k in Kind if k in asking.kinds)


def texts() -> str:
    """The Liquid that texts and links may use."""
    return page(
        "Texts",
        "`app/authoring/liquid/`",
        "Texts are Liquid, reduced: what is not listed here does not exist, and `onopen check` says so.",
        "## Tags",
        table(("tag", "what it does"), ((code(tag), sentence) for tag, sentence in TAGS.items())),
        "`elsif`, `else`, `when`, `break`, `continue` and `{% # a note %}` belong to them. Comparisons are "
        "`== != < > <= >= contains`, joined by `and` and `or`.",
        "## Filters",
        table(
            ("filter", "what it does", "for example"),
            ((code(one.name), one.sentence, code(one.example)) for one in FILTERS.values()),
        ),
        "## Limits",
        f"A text is written with at most {LARGEST_TEXT} characters and says at most {LONGEST}; loops take at most "
        f"{TURNS} turns in all, and at most {DEEPEST} blocks stand in each other.",
    )


def layers() -> str:
    """Every layer with its keys."""
    parts = [
        "A placeholder's `layers:` are drawn in their order, the first one at the bottom. A layer whose field is empty "
        "is not drawn.",
    ]
    for word, layer in LAYERS.items():
        hints = get_type_hints(layer)
        rows = [
            (code(one.name), one.metadata.get("sentence", ""), _type(hints[one.name]), _default(one))
            for one in dataclasses.fields(cast(Any, layer))
        ]
        example = f"```yaml\n- {layer.example}\n```"
        parts += [f"## {word}", layer.sentence, example, table(("key", "what it says", "value", "without it"), rows)]
    parts += ["## Fonts", f"The fonts that `font:` may name: {codes(BUNDLED)}."]
    return page("Layers", "`app/render/layers/`", *parts)


def _type(annotation: Any) -> str:
    """What people write for a value of this annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return codes(arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(one) for one in arguments if one is not type(None)))
    if arguments == (str, Any):
        return "layer"
    if origin is tuple and arguments[-1] is ...:
        return f"a list of {_type(arguments[0])}s"
    if origin is tuple:
        return f"{len(arguments)} {_type(arguments[0])}s"
    if origin is dict and dataclasses.is_dataclass(arguments[1]):
        return f"names, each with {codes(one.name for one in dataclasses.fields(arguments[1]))}"
    if origin is list:
        return "a list of alternatives"
    if origin is dict:
        return "a map of languages" if arguments[1] is str else "a map of languages or of two faces"
    return {str: "text", float: "number", int: "whole number", bool: "`true` or `false`"}[annotation]


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default_factory is not dataclasses.MISSING:
        return ""
    if field.default is dataclasses.MISSING:
        return "must be there"
    value = field.default
    if value is None:
        return ""
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, tuple):
        return code(f"[{', '.join(f'{one:g}' for one in value)}]")
    return code(f"{value:g}" if isinstance(value, float) else value)


def problems() -> str:
    """Every problem that `onopen check` may report."""
    return page(
        "Problems",
        "`app/authoring/codes.py`",
        "What `onopen check` says is `file:line:column code message`, the line with a caret below it, and what to do "
        "about it. A problem keeps a change from being served, and the command ends with 1; a warning does neither.",
        table(("code", "what it means"), ((code(name), sentence) for name, sentence in CODES.items())),
    )
