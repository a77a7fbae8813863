"""Which of a site's languages somebody reads who asks for one: itself, its root (`de` for `de-AT`), or none."""

from __future__ import annotations

from collections.abc import Sequence


def spoken_for(wanted: str, languages: Sequence[str]) -> str | None:
    """The site's language for a wanted one; None where the site speaks nothing near."""
    folded = wanted.strip().casefold().replace("_", "-")
    near = [one for one in languages if one.casefold() in (folded, folded.split("-")[0])]
    return next((one for one in near if one.casefold() == folded), near[0] if near else None)
