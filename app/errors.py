"""The tree of errors, and the two faces each of them has.

OnopenError
├── SettingError      an operator's setting is wrong: names the variable, the value and what would be right
├── SiteError         a site cannot be served at all: carries the problems
├── UsageError        a command was called in a way that cannot work
├── CdnTrouble        the CDN did not drop what it was told to
├── StoreTrouble      the store did not do what it was asked; nothing of it is acknowledged
├── Clash             ids of events belong to other events: carries the positions; nothing was done
├── NotReplayed       what was shown cannot be decided again: no receipt, or its rules are gone
└── NotPainted        a picture could not be made in time or at all; its `reason` is a metric's label

`str(error)` is what a stranger may read; `operator` is what belongs into logs. Nothing here crosses the open path:
whoever serves a mail client turns trouble into a reading with a reason, or, for NotPainted, into the fallback picture.
"""

from __future__ import annotations

from collections.abc import Sequence


class OnopenError(Exception):
    """Anything onopen itself has to say. `operator` may hold detail that a stranger must not read."""

    exit_code = 1

    def __init__(self, public: str, operator: str = "") -> None:
        super().__init__(public)
        self.operator = operator or public


class SettingError(OnopenError):
    """A setting is wrong; the command ends with exit code 2."""

    exit_code = 2

    def __init__(self, variable: str, value: str, remedy: str) -> None:
        super().__init__(f"{variable}={value!r} is wrong: {remedy}")


class SiteError(OnopenError):
    """The site has problems and there is no last good set to fall back on."""


class UsageError(OnopenError):
    """The command cannot do what was asked; the message says what would work."""

    exit_code = 2


class CdnTrouble(OnopenError):
    """The CDN refused, did not answer, or cannot be told; `operator` says which."""


class StoreTrouble(OnopenError):
    """The store did not answer, is full, locked or damaged; `operator` says which. The same may be sent again."""

    def __init__(self, operator: str) -> None:
        super().__init__("the store is in trouble; nothing was acknowledged, send it again", operator)


class Clash(OnopenError):
    """Some of what was to be stored has an id that something else has, so nothing was. `positions` tell which, in the
    order of what was asked; without these it can be asked again.
    """

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__("an id belongs to something else")
        self.positions = positions


class NotReplayed(OnopenError):
    """What was shown in a mail cannot be decided once more; the message says what is missing."""


class NotPainted(OnopenError):
    """No picture: the queue is full, time is up, or the painter is in trouble. Whoever asked serves a lesser one."""

    reason = "trouble"
