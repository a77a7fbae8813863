"""Readings from the visitor: values, and the reason for each that is missing."""

from app.engine.opens import Open
from app.engine.readings import FOREVER, Why
from app.engine.signals import CATALOGUE, DEVICE
from app.sources.device import MailViewers, readings
from app.sources.viewer import Viewer

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
PREFETCH = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135"
    " Safari/537.36 Edge/12.246 Mozilla/5.0"
)


def read(user_agent, **more):
    return MailViewers().read(Open("hero", 1_000_000.0, user_agent=user_agent, **more))


def test_the_readings_are_those_the_vocabulary_promises():
    found = read(IPHONE)
    viewers = {"open.via", "open.prefetch", "open.machine", "open.certain"}
    assert set(found) == {signal.name for signal in DEVICE} | viewers
    for name, reading in found.items():
        assert reading.signal == name
        assert name in CATALOGUE
        assert reading.until == FOREVER


def test_a_bare_string_is_apples_unless_apples_own_list_says_otherwise():
    for apples, via in ((None, "apple-privacy"), (True, "apple-privacy"), (False, None)):
        viewers = MailViewers(lambda _, apples=apples: apples)
        found = viewers.read(Open("hero", 1_000_000.0, user_agent="Mozilla/5.0", address="203.0.113.9"))
        assert found["open.via"].value == via
        assert found["open.certain"].value is None
        assert found["open.machine"].value is False
    assert found["open.via"].why_unknown is Why.NOT_RECOGNISED
    assert MailViewers(lambda _: False).read(Open("hero", 0.0, user_agent=IPHONE))["open.via"].value == "direct"


def test_a_phone_is_known_as_one():
    found = read(IPHONE)
    assert found["device.class"].value == "phone"
    assert found["device.os"].value == "ios"
    assert found["device.os_version"].value == "17.5"
    assert found["device.client"].value == "Apple Mail"
    assert found["device.animates"].value is True
    assert found["open.via"].value == "direct"
    assert found["open.certain"].value is True


def test_what_a_client_does_not_tell_is_not_recognised():
    assert read(IPHONE)["device.pixel_ratio"].why_unknown is Why.NOT_RECOGNISED
    assert read("")["device.class"].why_unknown is Why.NOT_RECOGNISED


def test_a_mail_proxy_hides_the_device():
    found = read(GMAIL)
    assert found["device.class"].why_unknown is Why.HIDDEN_BY_PROXY
    assert found["device.os"].why_unknown is Why.HIDDEN_BY_PROXY
    assert found["open.via"].value == "gmail"
    assert found["open.machine"].value is False
    assert found["open.certain"].value is True


def test_whether_apples_fetch_was_a_prefetch_nobody_knows():
    found = read("Mozilla/5.0")
    assert found["open.prefetch"].why_unknown is Why.HIDDEN_BY_PROXY
    assert found["open.certain"].why_unknown is Why.HIDDEN_BY_PROXY


def test_before_anybody_looked_there_is_no_device():
    for user_agent in (PREFETCH, "curl/8.5.0"):
        found = read(user_agent)
        assert found["device.class"].why_unknown is Why.PREFETCHED
        assert found["open.certain"].value is False


def test_the_address_takes_belief_away():
    found = read(IPHONE, address="74.125.1.1")
    assert found["open.via"].value == "other-proxy"
    assert found["device.class"].why_unknown is Why.HIDDEN_BY_PROXY


def test_the_app_behind_a_webview_is_named_by_its_package():
    webview = (
        "Mozilla/5.0 (Linux; Android 13; SM-A146P Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Version/4.0 Chrome/115.0.5790.166 Mobile Safari/537.36"
    )
    assert read(webview, requested_with="de.gmx.mobile.android.mail")["device.client"].value == "GMX"
    assert read(webview)["device.client"].why_unknown is Why.NOT_RECOGNISED


def test_as_of_is_never_later_than_now_and_at_most_a_minute_old():
    for now in (0.0, 59.9, 60.0, 1_790_000_012.5):
        for reading in readings(Viewer(), now).values():
            assert 0 <= now - reading.as_of < 60


def test_one_visitor_has_one_mapping_a_minute():
    assert readings(Viewer(), 120.0) is readings(Viewer(), 179.0)
    assert readings(Viewer(), 120.0) is not readings(Viewer(), 180.0)
