"""Labels: what the page for recipients calls attributes, events, collections, parameters and lists of a site.

They are shown as they are written, in whatever language the page's reader has; so they are texts and no templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.authoring.addresses import TAGS
from app.authoring.documents.campaign import Campaign
from app.authoring.documents.common import Labelled, spoken
from app.authoring.documents.events import Events
from app.authoring.documents.folder import Documents, Read
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.recipients import Recipients
from app.authoring.liquid.troubles import trouble
from app.authoring.problems import Problems
from app.authoring.translations import check_languages, spoken_in
from app.authoring.yamlsource import Path, Source
from app.engine.labels import ATTRIBUTE, COLLECTION, EVENT, LIST, PARAM, Label, Labels


class Declared(NamedTuple):
    """Something that may have a label: what it is to `Labels`, where it stands, and how it is written."""

    key: tuple[str, ...]
    source: Source
    path: Path
    written: Labelled


def read_labels(documents: Documents, languages: tuple[str, ...] | None, problems: Problems) -> Labels:
    """All labels of a site; `languages` are the site's, None where it does not say them rightly."""
    told = {one.key: _read(one, languages, problems) for one in _declared(documents)}
    return Labels({key: label for key, label in told.items() if label})


def _read(declared: Declared, languages: tuple[str, ...] | None, problems: Problems) -> Label:
    source, path = declared.source, (*declared.path, "label")
    if declared.written.label is None:
        return {}
    laid = spoken(declared.written.label, path)
    if languages is not None:
        here = spoken_in(source, languages)
        check_languages(laid, path, source, problems, languages=languages, spoken_here=here)
    for ((text, place),) in laid.values():
        _check_plain(text, place, source, problems)
    return {language: text for language, ((text, _),) in laid.items()}


def _check_plain(text: str, path: Path, source: Source, problems: Problems) -> None:
    message, remedy = "this would be shown as it stands here", "write plain words; a label says what a name means"
    found = [
        trouble(text, "label-template", message, remedy, offset=tag.start(), width=len(tag[0]))
        for tag in TAGS.finditer(text)
    ]
    source.complain_inside(problems, path, found)


def _declared(documents: Documents) -> Iterator[Declared]:
    if documents.recipients is not None:
        yield from _attributes(documents.recipients)
    if documents.events is not None:
        yield from _events(documents.events)
    for read in documents.placeholders.values():
        yield from _params(read)
    for campaign in documents.campaigns.values():
        yield from _lists(campaign)


def _attributes(read: Read[Recipients]) -> Iterator[Declared]:
    for name, one in read.document.attributes.items():
        yield Declared((ATTRIBUTE, name), read.source, ("attributes", name), one)


def _events(read: Read[Events]) -> Iterator[Declared]:
    for name, event in read.document.events.items():
        yield Declared((EVENT, name), read.source, ("events", name), event)
        for field, one in event.fields.items():
            yield Declared((EVENT, name, field), read.source, ("events", name, "fields", field), one)
    for name, collection in read.document.collections.items():
        yield Declared((COLLECTION, name), read.source, ("collections", name), collection)


def _params(read: Read[Placeholder]) -> Iterator[Declared]:
    for name, one in read.document.params.items():
        yield Declared((PARAM, read.name, name), read.source, ("params", name), one)


def _lists(read: Read[Campaign]) -> Iterator[Declared]:
    for name, one in read.document.lists.items():
        yield Declared((LIST, read.name, name), read.source, ("lists", name), one)
