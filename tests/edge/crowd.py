"""A site that knows its recipients, and what 500 of them ask for: in plain, by tokens good and bad, on every route."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from app.keyring import Key, Keyring
from app.tokens import CARRIED, DETACHED, TEST, Token, Tokens
from tests.edge.sites import LATEST, LINK, RULES, write, write_shelf
from tests.support.server import ANDROID, GMAIL, IPHONE, OUTLOOK, THUNDERBIRD
from tests.support.sites import BLUE, GREEN, RED, SITE, TEAL, YELLOW

AGENTS = (
    GMAIL,
    IPHONE,
    ANDROID,
    OUTLOOK,
    THUNDERBIRD,
    "Mozilla/5.0",
    "YahooMailProxy; https://help.yahoo.com",
    "bot/1",
)
PLACES = ("91.64.1.2", "2003:e5::1", "66.249.84.1", "17.58.63.9", "8.8.8.8")
CONTEXTS = tuple(product(AGENTS, PLACES))
"""Forty: who fetches, and from where."""

FILES: Mapping[str, str] = {
    "rules/site.yaml": f"{SITE}recipients: {{trust_plain_ids: true}}\n".replace("not_needed", "asked"),
    "rules/recipients.yaml": "attributes: {tier: {purpose: none}, name: {purpose: none}}\n",
    "rules/events.yaml": """\
events: {added: {fields: {sku: {type: text}}}}
collections: {cart: {key: sku, add: added, keep: 30d}}
""",
    "rules/feeds/products.yaml": "file: products.csv\nkey: sku\nfields: {sku: {type: text}, price: {type: number}}\n",
    "assets/products.csv": "sku,price\nA1,10\nB2,50\nC3,20\n",
    "rules/tier.yaml": f"""\
placeholder: tier
rules:
  - name: gold
    when: {{recipient.tier: gold}}
    show: {{ground: "{YELLOW}", words: ["{{{{ recipient.name }}}}", "?"]}}
otherwise: {{show: {{ground: "{BLUE}"}}, {LINK}}}
unknown: {{show: {{ground: "{TEAL}"}}}}
""",
    "rules/cart.yaml": f"""\
placeholder: cart
lists: {{waiting: {{of: cart, join: feed.products}}}}
rules:
  - {{name: full, when: {{list.waiting.total: {{at_least: 15}}}}, show: {{ground: "{RED}"}}}}
  - {{name: some, when: {{list.waiting: {{empty: false}}}}, show: {{ground: "{GREEN}"}}}}
otherwise: {{show: {{ground: "{BLUE}"}}, {LINK}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}
""",
    "rules/held.yaml": f"""\
placeholder: held
holdout: 30%
rules: [{{name: all, show: {{ground: "{RED}"}}}}]
otherwise: {{show: {{ground: "{GREEN}"}}, {LINK}}}
""",
    "rules/dear.yaml": f"""\
placeholder: dear
lists: {{dear: {{of: feed.products, where: {{price: {{above: 15}}}}}}}}
rules:
  - {{name: english, when: {{param.lang: en, list.dear.count: {{at_least: 2}}}}, show: {{ground: "{RED}"}}}}
otherwise: {{show: {{ground: "{GREEN}"}}, {LINK}}}
""",
    "placeholders/slots.yaml": """\
size: [60, 30]
alt: Eine Fläche
click: latest
slots: {list: products, count: 3}
fields: {products: {type: list, of: feed.products}}
layers:
  - tiles:
      field: products
      box: [0, 0, 60, 30]
      tile: [{text: {text: "{{ item.sku }}", box: [0, 0, 60, 20], size: 14}}]
""",
    "rules/slots.yaml": f"""\
placeholder: slots
lists: {{all: {{of: feed.products, sort: {{price: ascending}}}}}}
rules: [{{name: all, show: {{products: list.all}}, {LINK}}}]
otherwise: {{{LINK}}}
""",
    **{f"placeholders/{name}.yaml": LATEST for name in ("tier", "cart", "held", "dear")},
}
PERSONAL = ("person", "system", "place", "tier", "cart", "held")
NAMES = (*RULES, "tier", "cart", "held", "dear", "slots")
HOUR_S = 3600


@dataclass(frozen=True)
class Asked:
    """One request; `shareable` says that the table lets a cache share what it asks for."""

    target: str
    agent: str
    address: str
    shareable: bool


class Crowd:
    """Five hundred people with unguessable ids, and what they ask for; the same each time for the same seed."""

    def __init__(self, secret: str, *, seed: int = 2026, people: int = 500) -> None:
        self._chance = random.Random(seed)
        self.people = tuple(f"{self._chance.getrandbits(128):032x}" for _ in range(people))
        self._good = Tokens(Keyring((Key.of(secret),)))
        self._bad = Tokens(Keyring((Key.of("another secret of at least 32 letters"),)))

    def told(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What the shop knows of each: consent given, refused or never asked for, and a tier with a name."""
        for number, one in enumerate(self.people):
            consent = ({}, {"location": True, "behaviour": True}, {"location": False, "behaviour": False})[number % 3]
            yield one, {"attributes": {"tier": ("gold", "none")[number % 2], "name": f"N{number}"}, "consent": consent}

    def asks(self) -> Asked:
        """The next request of anybody."""
        chance = self._chance
        number, name = chance.randrange(len(self.people)), chance.choice(NAMES)
        query = {"lang": chance.choice(("de", "en", "DE")), "m": chance.choice(("spring", "news"))}
        query |= {"slot": chance.choice("1234")} if name == "slots" else {}
        means = chance.choice(("plain", "plain", "plain", "plain", "r", CARRIED, DETACHED, TEST, "forged", "expired"))
        route = chance.choices(("i", "l", "why"), (16, 2, 1))[0]
        said = self._said(query, self.people[number], means)
        target = f"/{route}/{name}{'.png' if route == 'i' else ''}?{'&'.join(f'{key}={said[key]}' for key in said)}"
        agent, address = CONTEXTS[number % len(CONTEXTS)]
        shareable = route == "i" and name not in (*PERSONAL, "device", "via") and means in ("plain", "r")
        return Asked(target, agent, address, shareable)

    def _said(self, query: dict[str, str], recipient: str, means: str) -> dict[str, str]:
        named = {**query, "r": recipient}
        if means in ("plain", "r"):
            return query if means == "plain" else named
        other = {} if means == DETACHED else {"r": self._chance.choice(self.people)}
        return {**named, **other, "t": self.token(named, means)}

    def token(self, named: Mapping[str, str], means: str) -> str:
        """A token of that form, or one that is forged or expired; the same one all hour."""
        tokens = self._bad if means == "forged" else self._good
        form = means if means in (CARRIED, DETACHED, TEST) else CARRIED
        hours = int(time.time() // HOUR_S) + (-1 if means == "expired" else 2)
        return tokens.made(Token(named, hours * HOUR_S, form))


def write_crowd(folder: Path) -> Path:
    """The shelf, and everything that rests on recipients."""
    write_shelf(folder)
    for path, text in FILES.items():
        write(folder / path, text)
    return folder
