"""Where a click goes: to what was shown, as far as that is remembered and not withdrawn, else to what is shown now.

Whatever it is, it is somewhere the editors wrote: a link that was kept is followed only while its host is one of the
site's.
"""

from __future__ import annotations

from typing import NamedTuple

from app.engine.decision import Decision
from app.engine.opens import Open
from app.recipients.receipts import Lead
from app.serving.desk import Serving
from app.serving.shown import Shown

RECEIPT, GONE, DECIDED = "receipt", "gone", "decided"


class Click(NamedTuple):
    """The link ('' for the site's home), the rule that it belongs to, and how it was found.

    `led` is `receipt` (what was shown), `gone` (what is offered since that is over) or `decided` (what is shown now).
    `decision` is there unless it is the receipt's.
    """

    link: str
    rule: str
    led: str
    decision: Decision | None = None


async def followed(serving: Serving, shown: Shown, opening: Open, seconds: float) -> Click:
    """Where a click goes; it waits for the store for 50 ms at most, and for the rest for `seconds`."""
    lead = await _lead(serving, shown, opening)
    if lead is None:
        return _decided(await serving.decide(shown, opening, seconds), DECIDED)
    if shown.click == "as_shown_unless_gone" and serving.is_over(shown, opening, lead.rule):
        return _decided(await serving.decide_gone(shown, opening, seconds), GONE)
    if serving.is_withdrawn(shown, opening, lead.rule):
        return _decided(await serving.decide(shown, opening, seconds), DECIDED)
    return Click(lead.link, lead.rule, RECEIPT)


async def _lead(serving: Serving, shown: Shown, opening: Open) -> Lead | None:
    """What was shown, if a click on this placeholder asks for that, and may be sent there."""
    lead = None if shown.click == "latest" else await serving.lead(shown, opening)
    return lead if lead is not None and (not lead.link or serving.may_lead(lead.link)) else None


def _decided(decision: Decision, led: str) -> Click:
    return Click(decision.link, decision.rule, led, decision)
