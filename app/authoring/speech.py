"""Written texts, pictures, figures and links to words the engine can say.

A speaker belongs to one document and one place in it: it knows which signals, parts and fields a text there may read.
What it cannot make sense of becomes a problem at its place, and is left unsaid.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from app.authoring.documents.common import EVERY, spoken
from app.authoring.documents.links import host_of
from app.authoring.documents.placeholder import FieldWritten
from app.authoring.liquid import Conventions, FigureKind, Mode, Text, TextTrouble, compile_figure, compile_text
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.toolbox import Studio
from app.authoring.yamlsource import Path, Source
from app.engine.signals import Catalogue, Kind
from app.engine.words import NOTHING_SAID, Alternative, Bound, Fixed, Words

FIGURES: Final = frozenset({"number", "money", "moment"})
Say = Callable[[str, Path, str], Alternative | None]
"""A text, its place and the language it is written in (`""` for all) → what can be said."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Turns what one document says into words."""

    source: Source
    problems: Problems
    catalogue: Catalogue
    studio: Studio
    languages: tuple[str, ...]
    zone: str
    link_hosts: tuple[str, ...]
    link_params: Mapping[str, str]
    colors: Mapping[str, str]
    currency: str = ""
    parts: frozenset[str] = frozenset()

    def text(self, written: Any, path: Path, *, fields: Collection[str] = (), longest: int | None = None) -> Words:
        """Texts in Liquid; `longest` is in characters."""
        return self._words(written, path, partial(self._text, fields=fields, longest=longest))

    def link(self, written: Any, path: Path, *, fields: Collection[str] = ()) -> Words:
        """Links, with the site's own parameters behind them."""
        return self._words(written, path, partial(self._link, fields=fields))

    def sound_param(self, value: str, path: Path) -> bool:
        """Whether the value of a site-wide link parameter can be said; problems say why not."""
        before = "https://link.invalid/?param="
        made = compile_text(
            before + value, names=self._names(), conventions=self._conventions(""), mode="link", parts=(), fields=()
        )
        if isinstance(made, Text):
            return True
        self._trouble([replace(one, offset=max(0, one.offset - len(before))) for one in made], path)
        return False

    def field(self, field: FieldWritten, written: Any, path: Path) -> Words:
        """What a field of this type holds."""
        if field.type in FIGURES:
            return self._words(written, path, partial(self._figure, field=field))
        if field.type == "picture":
            return self._words(written, path, self._picture)
        if field.type in ("color", "choice"):
            return self._words(written, path, partial(self._chosen, field=field))
        return self.text(written, path, longest=field.max_length)

    def asset(self, name: str, path: Path) -> bool:
        """Whether an asset can be painted; a problem says why not."""
        found = self.studio.examine(name)
        if not found.ok:
            self.source.complain(self.problems, path, "asset", found.problem, remedy=found.remedy)
        return found.ok

    def _words(self, written: Any, path: Path, say: Say) -> Words:
        if written is None:
            return NOTHING_SAID
        said: dict[str, tuple[Alternative, ...]] = {}
        laid = spoken(written, path)
        self._check_languages(laid, path)
        for language, alternatives in laid.items():
            found = [say(text, place, language) for text, place in alternatives]
            said[language] = tuple(one for one in found if one is not None)
        return Words(said)

    def _check_languages(self, laid: Iterable[str], path: Path) -> None:
        written = [language for language in laid if language != EVERY]
        for language in written:
            if language not in self.languages:
                message = f"the site has no language “{language}”"
                remedy = did_you_mean(language, self.languages, else_say="its languages are")
                self.source.complain(
                    self.problems, (*path, language), "unused-language", message, remedy=remedy, severity="warning"
                )
        if not written:
            return
        if missing := [language for language in languages_in(self.source, self.languages) if language not in written]:
            message = f"nothing is said in {', '.join(missing)}"
            remedy = f"readers of {missing[0]} see {written[0]}"
            self.source.complain(
                self.problems, path, "missing-language", message, remedy=remedy, severity="warning", key=True
            )

    def _conventions(self, language: str) -> Conventions:
        return Conventions(self.languages, self.zone, self.currency, language)

    def _names(self) -> Mapping[str, Kind]:
        return {name: signal.kind for name, signal in self.catalogue.signals.items()}

    def _compiled(
        self, text: str, path: Path, language: str, mode: Mode, fields: Collection[str]
    ) -> Alternative | None:
        made = compile_text(
            text,
            names=self._names(),
            parts=self.parts,
            fields=frozenset(fields),
            conventions=self._conventions(language),
            mode=mode,
        )
        if not isinstance(made, Text):
            self._trouble(made, path)
            return None
        return made.alternative

    def _text(
        self, text: str, path: Path, language: str, *, fields: Collection[str], longest: int | None
    ) -> Alternative | None:
        said = self._compiled(text, path, language, "text", fields)
        if longest is None or said is None:
            return said
        if isinstance(said, Bound):
            return replace(said, produce=partial(_not_longer, said.produce, longest))
        if len(str(said.value)) > longest:
            message = f"the text has {len(str(said.value))} characters, and its field takes {longest}"
            self.source.complain(self.problems, path, "too-long", message, remedy="shorten it, or raise max_length")
        return said

    def _link(self, link: str, path: Path, language: str, *, fields: Collection[str]) -> Alternative | None:
        host = host_of(link)
        if host and not allowed(host, self.link_hosts):
            message = f"links may not go to {host}"
            remedy = did_you_mean(host, self.link_hosts) or "add it to link_hosts: in rules/site.yaml"
            self.source.complain(self.problems, path, "link-host", message, remedy=remedy)
            return None
        return self._compiled(with_params(link, self.link_params), path, language, "link", fields)

    def _figure(self, text: str, path: Path, language: str, *, field: FieldWritten) -> Alternative | None:
        kind: FigureKind = field.type  # type: ignore[assignment]
        conventions = replace(self._conventions(language), currency=field.currency or self.currency)
        made = compile_figure(kind, text, names=self._names(), parts=self.parts, conventions=conventions)
        if not isinstance(made, Text):
            self._trouble(made, path)
            return None
        return made.alternative

    def _picture(self, name: str, path: Path, language: str) -> Alternative | None:
        return Fixed(name) if self.asset(name, path) else None

    def _chosen(self, value: str, path: Path, language: str, *, field: FieldWritten) -> Alternative | None:
        if field.type == "color":
            return Fixed(self.colors.get(value, value))
        if value not in field.choices:
            remedy = did_you_mean(value, field.choices, else_say="it can be")
            self.source.complain(self.problems, path, "unknown-choice", f"this is never “{value}”", remedy=remedy)
            return None
        return Fixed(value)

    def _trouble(self, troubles: Iterable[TextTrouble], path: Path) -> None:
        for trouble in troubles:
            self.source.complain(
                self.problems,
                path,
                trouble.code,
                trouble.message,
                remedy=trouble.remedy,
                offset=trouble.offset,
                width=trouble.width,
            )


def languages_in(source: Source, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The site's languages that any text of a document is written in; the others are not missed in it."""
    keys = {path[-1] for path in source.keys}
    return tuple(language for language in languages if language in keys)


def _not_longer(produce: Callable[[Mapping[str, Any]], Any], longest: int, known: Mapping[str, Any]) -> Any:
    """What a text says, if it is not longer than its field takes; else it gives way."""
    said = produce(known)
    return None if said is None or len(said) > longest else said


def allowed(host: str, hosts: Iterable[str]) -> bool:
    """Whether links may go to this host: it is one of `hosts`, or below one that begins with `*.`."""
    return any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in hosts)


def with_params(link: str, params: Mapping[str, str]) -> str:
    """The link with parameters behind its own; what the link says itself stays, a fragment stays last."""
    address, mark, fragment = link.partition("#")
    own = urlsplit(address).query
    there = {pair.split("=")[0] for pair in own.split("&")}
    added = "&".join(f"{name}={value}" for name, value in params.items() if name not in there)
    if not added:
        return link
    joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{joint}{added}{mark}{fragment}"
