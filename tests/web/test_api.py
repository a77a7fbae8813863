"""The API of recipients, over HTTP, with a store in SQLite."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.server import serving
from tests.support.sites import small_site

KEY = "a-key-that-nobody-guesses"
EVENTS = "/api/events"
NUMBERS = count()

RECIPIENTS_YAML = """\
attributes:
  tier: {type: choice, choices: [gold, platinum], purpose: none}
  name: {purpose: none}
  points: {type: number}
  vip: {type: boolean}
  born: {type: date}
  joined: {type: moment}
"""
EVENTS_YAML = """\
events:
  viewed: {purpose: behaviour, fields: {sku: {type: text}, price: {type: number}}}
  left: {}
  bought: {fields: {sku: {type: list}}}
collections: {seen: {key: sku, add: viewed, remove: bought, keep: 30d}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_site(tmp_path_factory.mktemp("api") / "site")
    (folder / "rules" / "recipients.yaml").write_text(RECIPIENTS_YAML, "utf-8")
    (folder / "rules" / "events.yaml").write_text(EVENTS_YAML, "utf-8")
    return folder


@pytest.fixture(scope="module")
def api(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with a store in SQLite, with the key."""
    with (
        serving(site, tmp_path_factory.mktemp("state"), API_KEY=KEY) as server,
        httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=20) as client,
    ):
        yield client


@pytest.fixture
def somebody() -> str:
    """The path of a recipient who was never heard of."""
    return f"/api/recipients/r{next(NUMBERS)}"


def kept(api: httpx.Client, somebody: str) -> Any:
    answer = api.get(somebody)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, *words: str) -> None:
    """That an answer is problem details with that status, and has these words in its detail."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert {"type", "title", "detail"} <= told.keys()
    assert all(word in told["detail"] for word in words), told["detail"]


def event(somebody: str, **said: Any) -> dict[str, Any]:
    """An event of theirs; an id is made one that nobody else's event has."""
    recipient = somebody.rpartition("/")[2]
    own = {"id": f"{recipient}-{said['id']}"} if "id" in said else {}
    return {"type": "viewed", "recipient": recipient, **said, **own}


def test_attributes_and_consent_are_merged_key_by_key(api: httpx.Client, somebody: str) -> None:
    first = api.put(somebody, json={"attributes": {"tier": "gold", "name": "Ada"}, "consent": {"behaviour": True}})
    assert (first.status_code, first.content, first.headers["cache-control"]) == (204, b"", "no-store")
    assert api.put(somebody, json={"attributes": {"name": None}, "consent": {"location": False}}).status_code == 204
    told = kept(api, somebody)
    assert told["attributes"] == {"tier": "gold", "name": None}
    assert told["consent"] == {"behaviour": True, "location": False}


def test_every_kind_of_attribute_is_told_as_json_writes_it(api: httpx.Client, somebody: str) -> None:
    attributes = {
        "tier": "Gold",
        "name": "José",
        "points": 12.5,
        "vip": True,
        "born": "1980-02-29",
        "joined": "2026-11-27T18:00:00+01:00",
    }
    assert api.put(somebody, json={"attributes": attributes}).status_code == 204
    assert kept(api, somebody)["attributes"] == attributes


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"shoe": 43}, "declares no attribute “shoe”"),
        ({"tier": "silver"}, "“tier” must be one of gold, platinum"),
        ({"tier": ["gold"]}, "“tier”"),
        ({"name": 7}, "“name” must be a text"),
        ({"name": "x" * 501}, "at most 500 characters"),
        ({"name": "a\u202eb"}, "visible"),
        ({"points": "7"}, "“points” must be a number"),
        ({"points": True}, "“points”"),
        ({"points": 10**400}, ""),
        ({"vip": 1}, "“vip” must be true or false"),
        ({"born": "1981-02-29"}, "“born” must be a day"),
        ({"joined": "2026-11-27T18:00:00"}, "with its offset"),
    ],
)
def test_what_is_not_declared_so_is_refused_whole(
    api: httpx.Client, somebody: str, attributes: Any, words: str
) -> None:
    refused(api.put(somebody, json={"attributes": {"vip": True, **attributes}}), 422, words)
    refused(api.get(somebody), 404)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "no JSON"),
        (b"\xff", 400, "no JSON"),
        (b'{"attributes": {"name": "\\ud800"}}', 400, "no JSON"),
        (b'{"attributes": {"name": ' + b"[" * 100_000, 400, "no JSON"),
        (b"[]", 422, "object"),
        (b'{"attribute": {}}', 422, "attribute"),
        (b'{"consent": {"behaviour": "yes"}}', 422, "$.consent.behaviour"),
        (b'{"consent": {"everything": true}}', 422, "everything"),
        (b" " * 5_000_000, 413, "1,048,576 bytes"),
    ],
)
def test_a_body_that_cannot_be_meant_is_refused(
    api: httpx.Client, somebody: str, body: bytes, status: int, words: str
) -> None:
    refused(api.put(somebody, content=body), status, words)
    refused(api.get(somebody), 404)


@pytest.mark.parametrize("recipient", ["x" * 10_000, "%20x", "a%00b", "a%0Ab", "a%0A", "a%E2%80%AEb"])
@pytest.mark.parametrize("method", ["PUT", "GET", "DELETE"])
def test_an_id_that_no_url_of_a_mail_can_carry_is_refused(api: httpx.Client, recipient: str, method: str) -> None:
    body = {"content": b"{}"} if method == "PUT" else {}
    refused(api.request(method, f"/api/recipients/{recipient}", **body), 422, "1 to 200 visible characters")


def test_an_id_may_have_slashes_and_letters_of_any_script(api: httpx.Client) -> None:
    for recipient in ("a%2Fb", "%D0%B6", "a%3Fb"):
        path = f"/api/recipients/{recipient}"
        assert api.put(path, json={"attributes": {"name": recipient}}).status_code == 204
        assert kept(api, path)["attributes"] == {"name": recipient}


def test_erasing_answers_how_much_there_was(api: httpx.Client, somebody: str) -> None:
    api.put(somebody, json={"attributes": {"tier": "gold"}, "consent": {"behaviour": True, "location": False}})
    api.post(EVENTS, json=[event(somebody, id=name) for name in "abc"])
    erased = api.delete(somebody).json()["erased"]
    assert erased == {"attributes": 1, "consents": 2, "events": 3, "items": 0, "mails": 0, "event_ids": 3, "places": 0}
    refused(api.get(somebody), 404, "nothing is kept")
    assert set(api.delete(somebody).json()["erased"].values()) == {0}


def test_an_event_is_stored_once_however_often_it_is_sent(api: httpx.Client, somebody: str) -> None:
    told = event(somebody, id="e1", payload={"sku": "A1", "price": 9})
    outcomes = [api.post(EVENTS, json=told).json()["events"] for _ in range(2)]
    assert outcomes == [[{"id": told["id"], "outcome": outcome}] for outcome in ("stored", "duplicate")]
    viewed = kept(api, somebody)["events"]["viewed"]
    assert (viewed["payload"], viewed["tally"]["total"]) == ({"sku": "A1", "price": 9}, 1)


def test_an_id_with_another_body_is_a_conflict_and_nothing_of_its_list_is_stored(
    api: httpx.Client, somebody: str
) -> None:
    first = event(somebody, id="e1", payload={"sku": "A1"})
    api.post(EVENTS, json=first)
    rest = [event(somebody, id="e2"), event(somebody, id="e3")]
    for other in ({**first, "payload": {"sku": "B2"}}, {**first, "recipient": "somebody-else"}):
        answer = api.post(EVENTS, json=[rest[0], other, rest[1]])
        refused(answer, 409, f"nothing was stored, since other events have the ids of 1 of these: “{first['id']}” at")
        assert answer.json()["events"] == [{"position": 1, "id": first["id"]}]
    assert api.get("/api/recipients/somebody-else").status_code == 404
    assert kept(api, somebody)["events"]["viewed"]["tally"]["total"] == 1
    stored = api.post(EVENTS, json=rest).json()["events"]
    assert [one["outcome"] for one in stored] == ["stored", "stored"]


def test_an_event_without_id_and_time_gets_both(api: httpx.Client, somebody: str) -> None:
    first, second = (api.post(EVENTS, json=event(somebody)).json()["events"][0] for _ in range(2))
    assert first["id"] != second["id"]
    viewed = kept(api, somebody)["events"]["viewed"]
    assert viewed["tally"]["total"] == 2
    assert abs(viewed["at"] - time.time()) < 60


def test_the_time_of_an_event_is_an_instant(api: httpx.Client, somebody: str) -> None:
    told = event(somebody, time="2026-03-01T12:00:00+01:00")
    assert api.post(EVENTS, json=told).status_code == 200
    assert kept(api, somebody)["events"]["viewed"]["at"] == datetime(2026, 3, 1, 11, tzinfo=UTC).timestamp()


def test_events_put_items_in_a_collection_and_take_several_out(api: httpx.Client, somebody: str) -> None:
    seen = [event(somebody, payload={"sku": sku}) for sku in ("A1", "B2", "C3")]
    assert api.post(EVENTS, json=seen).status_code == 200
    for bought in (["A1", "C3", "X"], "B3", [], None):
        answer = api.post(EVENTS, json={**event(somebody), "type": "bought", "payload": {"sku": bought}})
        assert answer.status_code == 200
    items = kept(api, somebody)["collections"]["seen"]
    assert {name for name, item in items.items() if item["payload"] is not None} == {"B2"}


def test_a_clock_that_is_a_little_ahead_is_forgiven_and_its_event_is_the_same_when_sent_again(
    api: httpx.Client, somebody: str
) -> None:
    ahead = event(somebody, id="e1", time=datetime.fromtimestamp(time.time() + 3, UTC).isoformat())
    outcomes = [api.post(EVENTS, json=ahead).json()["events"][0]["outcome"] for _ in range(2)]
    assert outcomes == ["stored", "duplicate"]
    assert kept(api, somebody)["events"]["viewed"]["at"] <= time.time()


def test_who_said_no_is_not_remembered(api: httpx.Client, somebody: str) -> None:
    api.put(somebody, json={"consent": {"behaviour": False}})
    answer = api.post(EVENTS, json=event(somebody, id="e1", payload={"sku": "A1"}))
    assert (answer.status_code, answer.json()["events"][0]["outcome"]) == (200, "not permitted")
    assert kept(api, somebody)["events"] == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"type": "kept"}, "declares no event “kept”"),
        ({"payload": {"colour": "red"}}, "declares no field of viewed “colour”"),
        ({"payload": {"sku": 7}}, "“sku” must be a text"),
        ({"payload": {"price": "7"}}, "“price” must be a number"),
        ({"payload": {"sku": ["A1"]}}, "“sku” must be a text"),
        ({"type": "bought", "payload": {"sku": ["A1", 7]}}, "a list of at most 200 texts"),
        ({"type": "bought", "payload": {"sku": ["A"] * 201}}, "a list of at most 200 texts"),
        ({"time": "2999-01-01T00:00:00Z"}, "future"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "1970"),
        ({"time": "2026-01-01T00:00:00"}, "timezone"),
        ({"time": 1}, "datetime"),
        ({"recipient": "x" * 10_000}, "200"),
        ({"recipient": "a\u0000b"}, "visible"),
        ({"id": ""}, "1"),
        ({"id": "x" * 10_000}, "200"),
        ({"when": "now"}, "when"),
    ],
)
def test_of_several_events_with_one_wrong_none_is_stored(
    api: httpx.Client, somebody: str, said: Any, words: str
) -> None:
    answer = api.post(EVENTS, json=[event(somebody), {**event(somebody), **said}])
    refused(answer, 422, words, "$[1]" if "$[...]" not in answer.text else "$[...]")
    refused(api.get(somebody), 404)


def test_a_thousand_events_go_at_once_and_no_more(api: httpx.Client, somebody: str) -> None:
    events = [event(somebody, id=f"e{number}") for number in range(1_001)]
    refused(api.post(EVENTS, json=events), 422, "1000")
    refused(api.post(EVENTS, json=[]), 422)
    assert api.post(EVENTS, json=events[:1_000]).status_code == 200
    assert kept(api, somebody)["events"]["viewed"]["tally"]["total"] == 1_000


def test_whatever_else_is_asked_is_not_there(api: httpx.Client) -> None:
    for method, path in (("GET", "/api/"), ("DELETE", "/api/recipients"), ("POST", "/api/recall/all")):
        refused(api.request(method, path), 404, f"no {method} {path}")


def test_another_method_than_there_is_is_told_which_there_are(api: httpx.Client, somebody: str) -> None:
    for method, path, allowed in (
        ("GET", EVENTS, "POST"),
        ("TRACE", EVENTS, "POST"),
        ("PATCH", somebody, "DELETE, GET, HEAD, PUT"),
        ("OPTIONS", "/api/recall", "GET, HEAD, POST"),
    ):
        answer = api.request(method, path)
        refused(answer, 405, f"no {method} {path}")
        assert answer.headers["allow"] == allowed


def test_nobody_is_heard_without_the_key(api: httpx.Client, somebody: str) -> None:
    for said in ({"Authorization": ""}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {KEY}"}):
        for method, path in (("PUT", somebody), ("GET", somebody), ("DELETE", somebody), ("POST", EVENTS)):
            answer = api.request(method, path, headers=said)
            refused(answer, 401)
            assert answer.headers["www-authenticate"] == "Bearer"


def test_a_key_with_letters_beyond_ascii_is_only_wrong(api: httpx.Client, somebody: str) -> None:
    refused(api.get(somebody, headers={"Authorization": "Bearer schlüssel".encode("latin-1")}), 401)  # type: ignore[dict-item]


def test_without_a_key_in_the_settings_the_api_is_off(site: Path, tmp_path: Path) -> None:
    with serving(site, tmp_path / "state") as server:
        answer = httpx.get(f"{server.url}/api/recipients/x")
        refused(answer, 403, "ONOPEN_API_KEY")


def test_what_was_acknowledged_is_there_after_a_kill(site: Path, tmp_path: Path) -> None:
    path, body = "/api/recipients/x", json.dumps({"attributes": {"tier": "gold"}})
    headers = {"Authorization": f"Bearer {KEY}"}
    with serving(site, tmp_path / "state", API_KEY=KEY) as server:
        assert httpx.put(f"{server.url}{path}", content=body, headers=headers).status_code == 204
        server.process.kill()
    with serving(site, tmp_path / "state", API_KEY=KEY) as server:
        assert httpx.get(f"{server.url}{path}", headers=headers).json()["attributes"] == {"tier": "gold"}


def test_a_store_that_is_down_is_said_and_nothing_else_stops(site: Path, tmp_path: Path) -> None:
    nobody = "redis://127.0.0.1:1/0"
    with serving(site, tmp_path / "state", API_KEY=KEY, STORE=nobody) as server:
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = httpx.post(f"{server.url}{EVENTS}", json=event("x/y"), headers=headers, timeout=20)
        refused(answer, 503, "send it again")
        assert answer.headers["retry-after"] == "1"
        assert server.ask("/i/hello.png").status == 200
        assert any(line["event"] == "store" for line in server.log())
