"""Whether what is written by language is written in those that the site, and the document around it, speaks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.authoring.documents.common import EVERY
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path, Source


def spoken_in(source: Source, languages: Sequence[str]) -> tuple[str, ...]:
    """Which of these languages a document has a text in."""
    written = {path[-1] for path in source.keys}
    return tuple(one for one in languages if one in written)


def check_languages(
    written: Collection[str],
    path: Path,
    source: Source,
    problems: Problems,
    *,
    languages: Sequence[str],
    spoken_here: Sequence[str],
) -> None:
    """Warn of languages that the site does not have, and of those that the text lacks and others beside it have."""
    own = [language for language in written if language != EVERY]
    for language in own:
        if language not in languages:
            message = f"the site has no language “{language}”"
            remedy = did_you_mean(language, languages, else_say="its languages are")
            where = (*path, language)
            source.complain(problems, where, "unused-language", message, remedy=remedy, severity="warning")
    if own and (missing := [language for language in spoken_here if language not in own]):
        message = f"nothing is said in {', '.join(missing)}"
        remedy = f"readers of {missing[0]} see {own[0]}"
        source.complain(problems, path, "missing-language", message, remedy=remedy, severity="warning", key=True)
