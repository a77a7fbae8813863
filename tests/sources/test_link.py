"""Readings from the URL: declared parameters, the mailing, the channel."""

from datetime import date

from hypothesis import given, strategies as st

from app.engine.opens import Open
from app.engine.params import Param
from app.engine.readings import EMPTY, FOREVER, Why
from app.engine.signals import CHANNELS, Kind
from app.sources.link import UrlLinks

LANG = Param("lang", Kind.CHOICE, ("de", "en", "fr"), default="de")
NAME = Param("first_name", max_length=30, default=EMPTY)
CITY = Param("city")
PARAMS = (LANG, NAME, CITY)


def read(params=PARAMS, /, unrendered=(), **values):
    return UrlLinks(params).read(Open("hero", 1_000.0, params=values, unrendered=frozenset(unrendered)))


def test_a_value_is_read_from_the_url():
    reading = read(lang="EN", first_name="Jürgen", city="Köln")["param.lang"]
    assert (reading.value, reading.source, reading.until, reading.as_of) == ("en", "url", FOREVER, 960.0)


def test_a_declared_default_stands_in_for_what_the_url_does_not_say():
    reading = read()["param.lang"]
    assert (reading.value, reading.source) == ("de", "default")


def test_an_empty_default_makes_an_absent_parameter_empty():
    assert read()["param.first_name"].value is EMPTY
    assert read(first_name="")["param.first_name"].value is EMPTY


def test_without_a_default_an_absent_parameter_is_unknown():
    assert read()["param.city"].why_unknown is Why.NOT_IN_URL


def test_an_unrendered_tag_is_a_missing_value():
    found = read(unrendered=["lang", "city"])
    assert found["param.lang"].value == "de"
    assert found["param.city"].why_unknown is Why.UNRENDERED_TAG


def test_a_value_that_does_not_fit_reads_as_missing():
    found = read(lang="xx", first_name="x" * 31, city="a\u202eb")
    assert found["param.lang"].value == "de"
    assert found["param.first_name"].value is EMPTY
    assert found["param.city"].why_unknown is Why.NOT_IN_URL


def test_only_declared_parameters_are_read():
    assert set(read((LANG,), city="Köln", admin="1")) == {
        "param.lang",
        "open.campaign",
        "open.mailing",
        "open.channel",
    }


def test_values_are_typed():
    params = (Param("n", Kind.NUMBER), Param("d", Kind.DATE), Param("b", Kind.BOOLEAN))
    found = read(params, n="19,90", d="2026-11-21", b="yes")
    assert found["param.n"].value == 19.9
    assert found["param.d"].value == date(2026, 11, 21)
    assert found["param.b"].value is True


def words(**fields):
    return UrlLinks(()).read(Open("hero", 1_000.0, **fields))


def test_the_mailing_the_campaign_and_the_channel_are_the_openings_own():
    found = words(campaign="autumn", mailing="4711", channel="web")
    assert found["open.campaign"].value == "autumn"
    assert found["open.mailing"].value == "4711"
    assert found["open.channel"].value == "web"


def test_what_the_url_does_not_say_of_the_mailing_is_unknown():
    assert words()["open.mailing"].why_unknown is Why.NOT_IN_URL
    assert words(unrendered=frozenset({"m"}))["open.mailing"].why_unknown is Why.UNRENDERED_TAG


def test_a_channel_nobody_knows_is_mail():
    assert words(channel="pigeon")["open.channel"].value == CHANNELS[0] == "mail"


@given(st.dictionaries(st.sampled_from(["lang", "first_name", "city"]), st.text(max_size=1_000)))
def test_any_values_get_a_reading_of_every_declared_parameter(values):
    found = read(**values)
    for param in PARAMS:
        reading = found[f"param.{param.name}"]
        assert (reading.value is None) == (reading.why_unknown is not None)
        assert not param.signal.certain or (reading.known and reading.value is not EMPTY)
