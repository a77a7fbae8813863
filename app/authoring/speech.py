"""Written texts, pictures, figures and links to words the engine can say.

A speaker belongs to one document and one place in it: it knows which signals, parts and fields a text there may read.
What it cannot make sense of becomes a problem at its place, and is left unsaid.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from app.authoring.addresses import allowed, with_params
from app.authoring.bounds import BOUNDLESS, Bounds
from app.authoring.documents.common import spoken
from app.authoring.documents.links import host_of
from app.authoring.documents.placeholder import FieldWritten
from app.authoring.faces import is_live, lively
from app.authoring.liquid import Conventions, FigureKind, Mode, Text, TextTrouble, compile_figure, compile_text
from app.authoring.operands import Misread, Moments, color
from app.authoring.origins import Origin
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.tags import Styles, marked, spanning
from app.authoring.toolbox import Preflight
from app.authoring.translations import check_languages, spoken_in
from app.authoring.unread import ALL_READ, LOST, Unread
from app.authoring.usable import is_usable
from app.authoring.yamlsource import Path, Source
from app.engine.signals import Catalogue
from app.engine.words import NOTHING_SAID, Alternative, Bound, Fixed, Words

FIGURES: Final = frozenset({"number", "money", "moment"})
EMPTY_TEXT: Final = Text(Fixed(""))
"""What is meant to be empty, whatever stands there else."""

Say = Callable[[str, Path, str], Text | None]
"""A text, its place and the language it is written in (`""` for all) → what can be said."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Turns what one document says into words.

    `parts` say a word, those `giving` give fields. `link_hosts` are the hosts that links may go to (None: any, as the
    site does not say it rightly); `assured` the signals that are known wherever it speaks; what it says is `moving`
    where time ends it. Each document is spoken by a speaker of its own, made with `of`.
    """

    source: Source
    problems: Problems
    catalogue: Catalogue
    preflight: Preflight
    languages: tuple[str, ...]
    moments: Moments
    link_hosts: tuple[str, ...] | None
    link_params: Mapping[str, str]
    colors: Mapping[str, str]
    currency: str = ""
    parts: frozenset[str] = frozenset()
    giving: frozenset[str] = frozenset()
    checks_languages: bool = True
    spoken_here: tuple[str, ...] = ()
    unread: Unread = ALL_READ
    assured: frozenset[str] = frozenset()
    moving: bool = False

    def of(self, source: Source) -> Speaker:
        """The same speaker for another document, in which languages that no text of it has are not missed."""
        return replace(self, source=source, spoken_here=spoken_in(source, self.languages))

    def about(self, items: Origin | None) -> Speaker:
        """The same speaker for texts about items; where nobody knows what those have, they may say anything of them."""
        unread = Unread({"fields": (LOST,)}) if items is None else items.unread
        return replace(self, unread=replace(self.unread, items=unread))

    def text(self, written: Any, path: Path, *, fields: Collection[str] = (), styles: Styles = ()) -> Words:
        """Texts in Liquid, with spans of these styles."""
        return self.words(written, path, partial(self._text, fields=fields, styles=styles))

    def link(self, written: Any, path: Path, *, fields: Collection[str] = ()) -> Words:
        """Links, with the site's own parameters behind them."""
        return self.words(written, path, partial(self._link, fields=fields))

    def pictures(self, written: Any, path: Path) -> Words:
        """Paths of pictures, by language."""
        return self.words(written, path, self._picture)

    def sound_param(self, value: str, path: Path) -> bool:
        """Whether the value of a site-wide link parameter can be said; problems say why not."""
        before = "https://link.invalid/?param="
        made = compile_text(
            before + value,
            names=self.catalogue.kinds,
            conventions=self.conventions(""),
            mode="link",
            parts=(),
            fields=(),
        )
        if isinstance(made, Text):
            return True
        troubles = [replace(one, offset=max(0, one.offset - len(before))) for one in made]
        self._tell(troubles, value, path)
        return False

    def field(self, field: FieldWritten, written: Any, path: Path, *, styles: Styles = ()) -> Words:
        """What a field of this type holds; a doubt is told where a text may give way and nobody said to what.

        `styles` are those of the layers that show it; a code is taken as it is written.

        What a field requires it may lack: then the next rule is tried.
        """
        spare = written is not field.default and says_something(field.default)
        shown = "its field's default" if spare else "nothing"
        doubt = None if field.required else partial(self._doubt, shown=shown)
        if field.type in FIGURES:
            return self.words(written, path, partial(self._figure, field=field), doubt)
        if field.type == "picture":
            return self.pictures(written, path)
        if field.type in ("color", "choice"):
            return self.words(written, path, partial(self._chosen, field=field))
        own = None if field.type == "code" else styles
        return self.words(written, path, partial(self._text, bounds=Bounds.of(field), styles=own), doubt)

    def asset(self, name: str, path: Path) -> bool:
        """Whether an asset can be painted; a problem says why not."""
        return is_usable(self.preflight.examine(name), self.source, path, self.problems)

    def words(self, written: Any, path: Path, say: Say, doubt: Callable[[Text, Path], None] | None = None) -> Words:
        """Whatever is written, by language, as `say` makes it of each text."""
        if written is None:
            return NOTHING_SAID
        said: dict[str, tuple[Alternative, ...]] = {}
        laid = spoken(written, path)
        if self.checks_languages:
            check_languages(
                laid, path, self.source, self.problems, languages=self.languages, spoken_here=self.spoken_here
            )
        for language, alternatives in laid.items():
            found = [say(text, place, language) if text else EMPTY_TEXT for text, place in alternatives]
            found = [self._faced(one, path, *written) for one, written in zip(found, alternatives, strict=True)]
            said[language] = tuple(one.alternative for one in found if one is not None)
            if doubt is not None and found[-1] is not None:
                doubt(found[-1], alternatives[-1][1])
        return Words(said)

    def _faced(self, said: Text | None, path: Path, written: str, place: Path) -> Text | None:
        """The live face of a claim for those alone who look; every other text as it is."""
        if said is None or not is_live(place, path):
            return said
        endless = partial(self.source.complain, self.problems, place, "no-horizon")
        tell = None if self.moving else lambda message, remedy: endless(message, remedy=remedy)
        return lively(said, written, self.catalogue, tell)

    def _doubt(self, said: Text, path: Path, *, shown: str) -> None:
        """Tell of a last alternative that says what mail often hides, and what is `shown` in its place."""
        hidden = [name for name in said.doubtful if self.catalogue[name].doubtful and name not in self.assured]
        if hidden:
            message = f"{shown} is shown where {' or '.join(hidden)} is unknown, as it often is in mail"
            remedy = 'add a second text behind it, or | default: "…"'
            self.source.complain(self.problems, path, "gives-way", message, remedy=remedy, severity="warning")

    def conventions(self, language: str = "") -> Conventions:
        """How the site writes numbers and times, in a text of that language."""
        return Conventions(self.languages, self.moments.zone.name, self.currency, language)

    def _compiled(
        self, text: str, path: Path, language: str, mode: Mode, fields: Collection[str], styles: Styles = None
    ) -> Text | None:
        tagged, troubles = marked(text, styles)
        made = compile_text(
            tagged,
            names=self.catalogue.kinds,
            parts=self.parts,
            fields=frozenset(fields),
            conventions=self.conventions(language),
            mode=mode,
        )
        if troubles or not isinstance(made, Text):
            self._tell((*troubles, *(() if isinstance(made, Text) else made)), text, path)
            return None
        return made if tagged == text else replace(made, alternative=spanning(made.alternative))

    def _tell(self, troubles: Iterable[TextTrouble], text: str, path: Path) -> None:
        """Make problems of what is wrong in a text, but for names of what could not be read."""
        told = [self._explained(one, text) for one in troubles]
        self.source.complain_inside(self.problems, path, [one for one in told if one is not None])

    def _explained(self, trouble: TextTrouble, text: str) -> TextTrouble | None:
        """The trouble in other words where a part is meant that says nothing; None where it only follows."""
        name = text[trouble.offset : trouble.offset + trouble.width]
        if trouble.code != "text-name":
            return trouble
        if self.unread.may_be_said(name):
            return None
        if name not in self.giving:
            return trouble
        message = f"the part “{name}” gives fields and says no word"
        return replace(trouble, message=message, remedy=f"a rule takes its fields over by “with: {name}”")

    def _text(
        self,
        text: str,
        path: Path,
        language: str,
        *,
        fields: Collection[str] = (),
        bounds: Bounds = BOUNDLESS,
        styles: Styles,
    ) -> Text | None:
        made = self._compiled(text, path, language, "text", fields, styles)
        if made is None:
            return None
        said = made.alternative
        if isinstance(said, Bound):
            return replace(made, alternative=bounds.within(said))
        if fault := bounds.overstepped(str(said.value)):
            self.source.complain(self.problems, path, fault.code, fault.message, remedy=fault.remedy)
        return made

    def _link(self, link: str, path: Path, language: str, *, fields: Collection[str]) -> Text | None:
        host = host_of(link)
        if host and self.link_hosts is not None and not allowed(host, self.link_hosts):
            message = f"links may not go to {host}"
            remedy = did_you_mean(host, self.link_hosts) or "add it to link_hosts: in rules/site.yaml"
            self.source.complain(self.problems, path, "link-host", message, remedy=remedy)
            return None
        return self._compiled(with_params(link, self.link_params), path, language, "link", fields)

    def _figure(self, text: str, path: Path, language: str, *, field: FieldWritten) -> Text | None:
        kind: FigureKind = field.type  # type: ignore[assignment]
        conventions = replace(self.conventions(language), currency=field.currency or self.currency)
        made = compile_figure(
            kind,
            text,
            names=self.catalogue.kinds,
            parts=self.parts,
            conventions=conventions,
            phases=self.moments.phases,
            local=self.moments.recipient,
        )
        if not isinstance(made, Text):
            self._tell(made, text, path)
            return None
        return made

    def _picture(self, name: str, path: Path, _language: str) -> Text | None:
        return Text(Fixed(name)) if self.asset(name, path) else None

    def _chosen(self, value: str, path: Path, _language: str, *, field: FieldWritten) -> Text | None:
        if field.type == "color":
            return self._color(self.colors.get(value, value), path)
        if value not in field.choices:
            remedy = did_you_mean(value, field.choices, else_say="it can be")
            self.source.complain(self.problems, path, "unknown-choice", f"this is never “{value}”", remedy=remedy)
            return None
        return Text(Fixed(value))

    def _color(self, value: str, path: Path) -> Text | None:
        try:
            return Text(Fixed(color(value)))
        except Misread as error:
            error.follows = self.unread.may_have("brand.colors", value)
            error.remedy = did_you_mean(value, self.colors) or error.remedy
            error.tell(self.source, self.problems, path)
            return None


def says_something(written: Any) -> bool:
    """Whether any text is written here at all."""
    return written is not None and any(text for said in spoken(written).values() for text, _ in said)
