"""The words of the page for recipients: complete in each language, and values as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from app.engine.calendar import find_zone
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.labels import Labels
from app.engine.readings import EMPTY, Reading, Why, unknown
from app.engine.rules import Outcome, Ruleset
from app.engine.signals import CATALOGUE, Kind, Purpose, listed
from app.recipients.accounts import Account
from app.recipients.person import Item, Person
from app.recipients.signals import remembered
from app.recipients.tellable import EventType, Slot, Tellable
from app.serving.desk import Explained
from app.web.why.choices import PURPOSES
from app.web.why.page import memories
from app.web.why.telling import Telling
from app.web.why.wording import LANGUAGES, wording_for

NOW = 1_795_000_000.0
SKU = EventType(Purpose.NONE, {"sku": Slot(Kind.TEXT)})
TELLABLE = Tellable({"tier": Slot(Kind.TEXT)}, {"viewed": SKU, "signed_up": SKU})
LABELS = Labels(
    {
        ("attribute", "tier"): {"de": "Stufe"},
        ("event", "viewed"): {"de": "Produkt angesehen", "en": "product viewed"},
        ("event", "viewed", "sku"): {"de": "Nummer", "en": "number"},
        ("collection", "cart"): {"": "Körbchen"},
        ("list", "advent", "cart"): {"de": "Korb", "en": "basket"},
    }
)
DAYPARTS = ("morning", "noon", "afternoon", "evening", "night")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_everything(language: str) -> None:
    words = wording_for(language)
    assert words.language == language
    assert words.signals.keys() == set(CATALOGUE)
    choices = {choice for signal in CATALOGUE.signals.values() for choice in signal.choices}
    assert words.values.keys() == {*choices, *DAYPARTS}
    assert words.unknown.keys() == {why.name for why in Why}
    assert words.purposes.keys() == set(PURPOSES)
    assert words.empty.keys() == wording_for("en").empty.keys()
    assert words.families == {family: words.families[family] for family in wording_for("en").families}
    assert all("{}" in text for text in (words.page.hidden, words.page.times["other"]))
    assert all("{}" in text or "{0}" in text for text in words.families.values())


def test_everything_that_a_site_declares_is_said_in_each_language() -> None:
    families = {one.signal.name.partition(".")[0] for one in remembered(TELLABLE, ["cart"])}
    assert families <= wording_for("en").families.keys()


@pytest.mark.parametrize(("asked", "spoken"), [("de-AT", "de"), ("fr-CA", "fr"), ("it", "en"), ("", "en")])
def test_who_reads_another_language_reads_english(asked: str, spoken: str) -> None:
    assert wording_for(asked).language == spoken


@pytest.mark.parametrize(
    ("signal", "value", "de", "en"),
    [
        ("geo.country", "DE", "Deutschland", "Germany"),
        ("open.language", "pt-BR", "Portugiesisch", "Portuguese"),
        ("weather.condition", "rain", "Regen", "rain"),
        ("weather.temperature", 9.46, "9,46 °C", "9.46 °C"),
        ("open.certain", True, "ja", "yes"),
        ("time.date", date(2026, 11, 20), "20. November 2026", "November 20, 2026"),
        ("time.local", NOW, "18. November 2026, 12:06", "November 18, 2026, 12:06\u202fPM"),
        ("time.clock", 66_600.0, "18:30", "6:30\u202fPM"),
        ("weather.next_rain_in", 7_200.0, "2 Stunden", "2 hours"),
        ("recipient.tier", "rain", "rain", "rain"),
        ("list.cart", ("a", "b"), "2", "2"),
        ("recipient.tier", EMPTY, "keine Angabe", "nothing given"),
        ("geo.city", Why.TOO_OLD, "nicht bekannt: zu alt", "not known: too old"),
    ],
)  # fmt: skip
def test_values_are_told_as_people_write_them(signal: str, value: object, de: str, en: str) -> None:
    reading = unknown(signal, value, as_of=NOW) if isinstance(value, Why) else Reading(signal, value, NOW)
    for language, said in (("de", de), ("en", en)):
        (line,) = Telling(explained(reading), wording_for(language)).besides()
        assert line.value == said


@pytest.mark.parametrize(
    ("name", "de", "en"),
    [
        ("last.signed_up.sku", "signed up, zuletzt: sku", "signed up, most recently: sku"),
        ("last.viewed.sku", "Produkt angesehen, zuletzt: Nummer", "product viewed, most recently: number"),
        ("last.viewed.age", "Zeit seither: Produkt angesehen", "Time since: product viewed"),
        ("last.viewed.at", "Zuletzt: Produkt angesehen", "Most recently: product viewed"),
        ("first.viewed.at", "Zum ersten Mal: Produkt angesehen", "For the first time: product viewed"),
        ("count.viewed", "Wie oft: Produkt angesehen", "How often: product viewed"),
        ("count.viewed_1d", "Wie oft: Produkt angesehen (1 Tag)", "How often: product viewed (1 day)"),
        ("recipient.tier", "Der Absender weiß von Ihnen: Stufe", "The sender knows of you: Stufe"),
        ("shown.cart.count_90d", "Wie oft Ihnen Bilder der Aktion „cart“ gezeigt wurden (90 Tage)",
         "How often pictures of the campaign “cart” were shown to you (90 days)"),
        ("list.cart.total", "Was das zusammen kostet: Korb", "What these cost together: basket"),
    ],
)  # fmt: skip
def test_what_a_site_declares_is_told_in_a_sentence(name: str, de: str, en: str) -> None:
    for language, said in (("de", de), ("en", en)):
        (line,) = Telling(
            explained(Reading(name, EMPTY, NOW)), wording_for(language), LABELS.spoken(language)
        ).besides()
        assert line.label == said


def test_what_somebody_has_collected_is_counted_and_not_told() -> None:
    cart = {"K1": Item(NOW, NOW + 9, {}), "K2": Item(NOW, NOW + 9, None), "K3": Item(NOW - 9, NOW, {})}
    account = Account(Person(collections={"cart": cart, "gone": {"K2": cart["K2"]}}), (), 0)
    assert memories(account, wording_for("de"), NOW) == [("Was Sie gesammelt haben: cart", "1")]
    labelled = memories(account, wording_for("de"), NOW, LABELS.spoken("de"))
    assert labelled == [("Was Sie gesammelt haben: Körbchen", "1")]


@pytest.mark.parametrize(
    ("languages", "said"),
    [(("fr-CA", "en"), "produit vu"), (("it", "en"), "viewed"), (("it", "pl"), "angesehen"), ((), "angesehen")],
)
def test_a_label_is_told_in_the_reader_s_language_else_the_page_s_else_as_it_was_written_first(
    languages: tuple[str, ...], said: str
) -> None:
    labels = Labels({("event", "viewed"): {"de": "angesehen", "en": "viewed", "fr": "produit vu"}})
    assert labels.spoken(*languages).of("event", "viewed") == said
    assert labels.spoken(*languages).of("event", "signed_up") == "signed up"


@pytest.mark.parametrize(
    ("name", "said"),
    [("last.viewed.age", "noch nie"), ("first.viewed.at", "noch nie"), ("last.viewed.sku", "keine Angabe"),
     ("list.cart", "nichts"), ("open.first_at", "noch nicht, soweit bekannt"), ("recipient.tier", "keine Angabe")],
)  # fmt: skip
def test_that_there_is_nothing_is_told_by_what_it_means(name: str, said: str) -> None:
    (line,) = Telling(explained(Reading(name, EMPTY, NOW)), wording_for("de")).besides()
    assert line.value == said


def explained(reading: Reading) -> Explained:
    """An answer that rests on one reading."""
    zone = find_zone("Europe/Berlin")
    assert zone is not None
    told = [one.signal for one in remembered(TELLABLE, ["cart"])]
    declared = (*told, *listed("cart").values())
    ruleset = Ruleset("hero", "advent", "d1", CATALOGUE.plus(declared), (), (), Outcome())
    decision = Decision("hero", "advent", "otherwise", (), (), "", "", False, (reading,), NOW, "d1")
    return Explained(decision, (), Facts(NOW, zone, {reading.signal: reading}), ruleset, "de")
