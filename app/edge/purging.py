"""Making a CDN drop what it keeps: a placeholder, a rule or an asset, by the tags that its answers carry.

What mail providers and mail clients keep, nobody can make them drop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.edge import tags
from app.edge.dialect import Access, Call, Dialect
from app.errors import CdnTrouble, UsageError

Send = Callable[[Call], Awaitable[None]]
"""Sends a call; raises CdnTrouble where it is not answered with success."""


@dataclass(frozen=True, slots=True)
class Purging:
    """Purges through a dialect. `url` and `key` are the operator's; `clock` tells epoch seconds."""

    dialect: Dialect
    url: str
    key: str
    send: Send
    clock: Callable[[], float]

    async def drop(self, wanted: Sequence[str]) -> None:
        """Have everything dropped that carries any of these tags; raises CdnTrouble."""
        calls = self.dialect.purges(wanted, Access(self.url, self.key, self.clock()))
        if not calls:
            raise CdnTrouble("this CDN cannot be told to drop pictures; see docs/cdn")
        for call in calls:
            await self.send(call)


def wanted(*, placeholder: str | None = None, rule: str | None = None, asset: str | None = None) -> tuple[str, ...]:
    """The tags of what is named; a rule is `<placeholder>/<rule>`. Raises UsageError where nothing is, or no rule."""
    found = []
    if placeholder:
        found.append(tags.placeholder(placeholder))
    if rule:
        owner, slash, name = rule.partition("/")
        if not (owner and slash and name):
            raise UsageError(f"{rule}: write a rule as <placeholder>/<rule>, e.g. hero/rain-evening")
        found.append(tags.rule(owner, name))
    if asset:
        found.append(tags.asset(asset))
    if not found:
        raise UsageError("say what to purge: a placeholder, a rule or an asset")
    return tuple(found)
