"""Compiling a text: from what an editor wrote to an alternative that the engine calls, or to its mistakes.

All mistakes of a readable template are found at once. A text without Liquid, and one that reads nothing, is fixed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from liquid import BoundTemplate
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError

from app.authoring.liquid.conventions import Conventions
from app.authoring.liquid.dialect import LARGEST_TEXT, LINKED, SPOKEN, TAGS
from app.authoring.liquid.findings import Findings
from app.authoring.liquid.links import misplaced
from app.authoring.liquid.names import Names
from app.authoring.liquid.produce import Speech
from app.authoring.liquid.troubles import Troubles, trouble, unreadable
from app.authoring.liquid.walking import Walk
from app.engine.rules import LANGUAGE, RULE
from app.engine.signals import Kind
from app.engine.words import Alternative, Bound, Fixed

Mode = Literal["text", "link", "plain"]
"""For people; into a link, where values are percent-encoded; or as machines read it, for figures."""

ZONE = "geo.time_zone"
"""The signal whose zone moments are shown in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A compiled text. `doubtful` are the signals it says without `default` and without an `if` that asks for them."""

    alternative: Alternative
    doubtful: tuple[str, ...] = ()


def compile_text(
    text: str,
    *,
    names: Mapping[str, Kind],
    parts: Collection[str] = (),
    fields: Collection[str] = (),
    conventions: Conventions,
    mode: Mode = "text",
) -> Text | Troubles:
    """The text, ready to be said, or every mistake in it.

    `names` are the signals with their kinds in the order of the catalogue, `parts` and `fields` the names that this
    text may read beside them. What comes out says a str or gives way.
    """
    if "{{" not in text and "{%" not in text and "}}" not in text and "%}" not in text:
        return Text(Fixed(text))
    if len(text) > LARGEST_TEXT:
        return (trouble(text, "text-limit", f"the text has more than {LARGEST_TEXT} characters"),)
    readable = Names(names, parts, fields, rule=mode == "link")
    findings = Findings(text, readable, plain=mode != "text", has_currency=bool(conventions.currency))
    template = _parsed(findings, mode)
    if template is None or findings.troubles:
        return tuple(sorted(dict.fromkeys(findings.troubles), key=lambda one: one.offset))
    if all(isinstance(node, ContentNode) for node in template.nodes):
        return Text(Fixed("".join(node.text for node in template.nodes if isinstance(node, ContentNode))))
    return _bound(template, findings, conventions, mode)


def _parsed(findings: Findings, mode: Mode) -> BoundTemplate | None:
    """The template with our expressions in it; None where it cannot be read."""
    text = findings.text
    if mode == "link" and (found := misplaced(text)):
        findings.troubles.append(found)
    try:
        template = (LINKED if mode == "link" else SPOKEN).from_string(text)
        Walk(findings, is_link=mode == "link").through(template.nodes)
    except LiquidError as error:
        findings.troubles.append(unreadable(text, error, tuple(TAGS)))
        return None
    except RecursionError:
        findings.wrong("text-limit", "the text is nested too deeply", at=0)
        return None
    return template


def _bound(template: BoundTemplate, findings: Findings, conventions: Conventions, mode: Mode) -> Text | Troubles:
    names, read = findings.names, dict(findings.read)
    if findings.needs_language and conventions.language_varies and LANGUAGE in names.signals:
        read[LANGUAGE] = None
    if findings.needs_zone and ZONE in names.signals:
        read[ZONE] = None
    signals = names.signals_among(read)
    parts = tuple(name for name in read if name in names.parts and name not in names.signals)
    fields = tuple(name for name in read if name in names.fields and name not in (*signals, *parts))
    kinds = {name: names.kind(name) for name in (*signals, *parts, *fields)}
    if RULE in read:
        kinds[RULE] = Kind.TEXT
    speech = Speech(template, kinds, findings.spellings_matter(), conventions, plain=mode != "text")
    if not findings.read and (said := speech.produce({})) is None:
        return (trouble(findings.text, "text-filter", "this can never be said: it reads nothing and has no value"),)
    if not kinds:
        return Text(Fixed(said))
    doubtful = names.signals_among(findings.doubtful) if mode != "link" else ()
    return Text(Bound(signals, speech.produce, findings.text, parts, fields), doubtful)
