"""Who saw what was recalled: certainly, possibly, or nobody knows who."""

from __future__ import annotations

import pytest

from app.engine.withdrawals import Withdrawal
from app.recipients.accounts import Account, Kept
from app.recipients.exposure import Exposed, Exposure, How
from app.recipients.person import Person
from app.recipients.receipts import Lead, Receipt
from app.recipients.showings import Opened

RULE, PRICE = Withdrawal("sale", "wrong"), Withdrawal("sale", "wrong", "price")


def receipt(
    rule: str = "wrong", campaign: str = "sale", *, certain: bool = True, withdrawn: tuple[str, ...] = ()
) -> Receipt:
    return Receipt(9.0, campaign, rule, "", "d1", {"price": "1 €"}, certain=certain, withdrawn=withdrawn)


def account(found: Receipt | None, count: int = 1, *, measured: bool = True, leads: tuple[Lead, ...] = ()) -> Account:
    person = Person(consent={"measurement": measured})
    return Account(person, (Kept("m1", "hero", "", Opened(count, None), found),), 0, leads)


@pytest.mark.parametrize(
    ("kept", "how", "at"),
    [
        (account(receipt()), How.CERTAINLY, 9.0),
        (account(receipt(certain=False)), How.POSSIBLY, 9.0),
        (account(receipt("another"), count=2), How.POSSIBLY, None),
        (account(receipt("another"), count=1), None, None),
        (account(receipt("another", "newyear"), count=2), None, None),
        (account(receipt("wrong", "newyear")), None, None),
        (account(None, count=2), None, None),
        (account(receipt(), measured=False), None, None),
    ],
)
@pytest.mark.parametrize("what", [RULE, PRICE])
def test_a_receipt_tells_how_sure_it_is(kept: Account, how: How | None, at: float | None, what: Withdrawal) -> None:
    exposure = Exposure([what])
    assert exposure.seen_by("anna", kept) == ([] if how is None else [Exposed("anna", "m1", "hero", at, how)])
    assert (exposure.certainly, exposure.possibly) == (how is How.CERTAINLY, how is How.POSSIBLY)


def test_who_was_shown_the_rule_after_its_field_was_recalled_did_not_see_it() -> None:
    later = account(receipt(withdrawn=("sale/wrong.price",)))
    assert Exposure([PRICE]).seen_by("anna", later) == []
    assert len(Exposure([Withdrawal("sale", "wrong", "photo")]).seen_by("anna", later)) == 0
    assert len(Exposure([RULE]).seen_by("anna", later)) == 1


def test_traces_are_counted_and_name_nobody() -> None:
    exposure = Exposure([RULE])
    hidden = Account(Person(), (), 0, (Lead("wrong", ""), Lead("right", ""), Lead("wrong", "")))
    assert exposure.seen_by("~0f", hidden) == []
    assert exposure.as_json() == {"certainly": 0, "possibly": 0, "unnamed": 2}
