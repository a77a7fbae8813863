"""What a URL says once its token has been read.

A valid token vouches for what it names, over what stands beside it in plain. A token that is no good takes everything
personal of its URL with it, so that a forged one shows what a stranger is shown, and tells nobody whether a recipient
is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from app.engine.opens import NONE_SIGNED
from app.ports import Tally
from app.tokens import DETACHED, MAILING, RECIPIENT, TEST, TOKEN, Refused, Tokens

IMPERSONAL: Final = ("c", "ch", "slot")
"""What says which picture is meant, and where it stands: the same for everybody."""


NOBODY: Final = {MAILING: "", RECIPIENT: ""}
"""Whom a token names that leaves them out: a valid one must not vouch for what stands beside it."""


class Heard(NamedTuple):
    """The parameters that count, those that a token carried, and whether one vouches for mailing and recipient."""

    said: Mapping[str, str]
    signed: frozenset[str]
    vouched: bool
    test_send: bool


UNVOUCHED: Final = (NONE_SIGNED, False, False)
"""What is heard beside the parameters where no token is good."""


class Vouching:
    """Reads the tokens of URLs at the instant of the open."""

    def __init__(self, tokens: Tokens, clock: Callable[[], float], tally: Tally) -> None:
        self._tokens = tokens
        self._clock = clock
        self._tally = tally

    def hear(self, said: Mapping[str, str]) -> Heard:
        """What a URL with a token says. Total."""
        token = self._tokens.read(said[TOKEN], said, self._clock())
        if isinstance(token, Refused):
            self._tally.count("tokens", outcome=token.value)
            return Heard({name: said[name] for name in IMPERSONAL if name in said}, *UNVOUCHED)
        if token.form != TEST:
            self._tally.count("tokens", outcome="valid")
        signed = NONE_SIGNED if token.form == DETACHED else frozenset(token.parameters)
        return Heard({**said, **NOBODY, **token.parameters}, signed, True, token.form == TEST)
