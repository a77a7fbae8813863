"""`python -m bench.capacity [SITE]`: what sends of 1, 10 and 100 million mails take, for a site as it is written.

Which placeholders are shared, and under how many keys, comes from the cacheability table behind Varnish; the rest are
the assumptions of `model`. `--mail` names the placeholders of a mail. `--write FILE` puts the tables between the two
marks in a page of the documentation.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Collection, Iterator
from math import prod
from pathlib import Path

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.edge.keys import Cell, Key
from app.edge.varnish import Varnish
from app.edge.visitors import CLASSES
from app.settings import Settings
from app.wiring.cacheability import keys_of
from app.workshop.workshop import Workshop
from bench.capacity.model import Assumptions, Needs, Placeholder, needs

ROOT = Path(__file__).resolve().parents[2]
MAILS = (1e6, 1e7, 1e8)
MAIL = "weather,tiles,cart"
"""The mail of the demo site whose needs are told: two pictures for many, and one for its recipient alone."""
BEGINS, ENDS = "<!-- what `python -m bench.capacity` prints -->", "<!-- and no more -->"


def placeholders(site: CompiledSite, given: Assumptions) -> tuple[Placeholder, ...]:
    """The placeholders of a site, as Varnish may share them."""
    keys = keys_of(site, Varnish())
    return tuple(
        Placeholder(
            name,
            count(keys[name], one, given) if name in keys else None,
            remembers=name not in keys and one.document.click != "latest",
        )
        for name, one in site.placeholders.items()
    )


def count(key: Key, placeholder: CompiledPlaceholder, given: Assumptions) -> int:
    """How many different keys there are."""
    choices = {param.name: len(param.choices) for param in placeholder.params}
    cells = {Cell.COUNTRY: given.countries, Cell.REGION: given.regions, Cell.CITY: given.cities}
    visitors = len(CLASSES) if key.visitor else 1
    return (
        visitors * (cells[key.cell] if key.cell else 1) * prod(choices.get(name) or given.texts for name in key.params)
    )


def tables(site: CompiledSite, mail: Collection[str], given: Assumptions) -> Iterator[str]:
    """The hits of every placeholder, and the needs of a mail, in Markdown."""
    every = placeholders(site, given)
    sends = [needs(mails, every, given) for mails in MAILS]
    names = " | ".join(f"{mails / 1e6:,.0f} million" for mails in MAILS)
    yield f"| placeholder | keys | hits: {names} |"
    yield "|---|---|---|---|---|"
    for loads in zip(*(send.loads for send in sends), strict=True):
        keys = loads[0].placeholder.keys
        hits = " | ".join(f"{load.hit_rate:.1%}" if keys else "private" for load in loads)
        yield f"| {loads[0].placeholder.name} | {keys or '–'} | {hits} |"
    yield ""
    yield f"| with {', '.join(mail)}, in the busiest second | {names} |"
    yield "|---|---|---|---|"
    chosen = [one for one in every if one.name in mail]
    for name, cells in _rows([needs(mails, chosen, given) for mails in MAILS]):
        yield f"| {name} | {' | '.join(cells)} |"


def _rows(sends: list[Needs]) -> Iterator[tuple[str, list[str]]]:
    yield "pictures asked for", [f"{send.asked:,.0f}" for send in sends]
    yield "of them, and of clicks, at onopen", [f"{send.origin:,.0f}" for send in sends]
    yield "cores of onopen", [f"{send.cores:,.1f}" for send in sends]
    yield "machines", [f"{send.machines:,}" for send in sends]
    yield "reads and writes of the store", [f"{send.stored:,.0f}" for send in sends]
    yield "GB in the store", [f"{send.store_gb:,.0f}" for send in sends]


def assumed(given: Assumptions) -> Iterator[str]:
    """The assumptions, in Markdown."""
    yield "| assumption | value |"
    yield "|---|---|"
    for field in dataclasses.fields(given):
        yield f"| `{field.name}` | {getattr(given, field.name):g} |"


def page(text: str, made: str) -> str:
    """A page with these tables between its marks."""
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n\n{made}\n\n{ENDS}{after}"


def made(folder: Path = ROOT, mail: str = MAIL) -> str:
    """Everything for a site folder and a mail with these placeholders."""
    site, given = Workshop(folder, Settings()).site(), Assumptions()
    return "\n".join((*tables(site, mail.split(","), given), "", *assumed(given)))


def main() -> None:
    """Print, or write."""
    parser = argparse.ArgumentParser(prog="python -m bench.capacity", description=__doc__.partition("\n")[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--mail", default=MAIL, metavar="NAME,…")
    parser.add_argument("--write", type=Path, metavar="FILE")
    asked = parser.parse_args()
    if asked.write is None:
        sys.stdout.write(made(asked.site, asked.mail) + "\n")
        return
    asked.write.write_text(page(asked.write.read_text("utf-8"), made(asked.site, asked.mail)), "utf-8")


if __name__ == "__main__":
    main()
