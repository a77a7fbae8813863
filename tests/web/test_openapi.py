"""The API keeps its published document, whatever it is sent: schemathesis makes it up, over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import CHECKS, load_all_checks

from app.recipients.tellable import Tellable
from app.web.openapi import document
from tests.support.profiles import CHOSEN
from tests.support.server import serving
from tests.support.sites import small_site
from tests.web.test_api import EVENTS_YAML, KEY, RECIPIENTS_YAML

OPERATIONS = (
    "put /api/recipients/{id}",
    "get /api/recipients/{id}",
    "delete /api/recipients/{id}",
    "post /api/events",
    "post /api/purge",
    "get /api/recall",
    "post /api/recall",
)
EXAMPLES = {"long": 5_000}.get(CHOSEN, 30)
TOO_STRICT = load_all_checks() or CHECKS.get_one("positive_data_acceptance")
"""Texts are of visible characters, times not in the future: no schema can say so, and 422 is published for it."""
BEARER = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a site that lets something be told."""
    site = small_site(tmp_path_factory.mktemp("openapi") / "site")
    (site / "rules" / "recipients.yaml").write_text(RECIPIENTS_YAML, "utf-8")
    (site / "rules" / "events.yaml").write_text(EVENTS_YAML, "utf-8")
    with serving(site, tmp_path_factory.mktemp("state"), API_KEY=KEY) as server:
        yield server.url


@pytest.fixture(scope="module")
def published(url: str) -> Any:
    """The document as the server publishes it."""
    return httpx.get(f"{url}/api/openapi.json", headers=BEARER, timeout=20).json()


@pytest.fixture(scope="module")
def api(url: str, published: Any) -> Any:
    schema = schemathesis.openapi.from_dict(published)
    schema.config.update(base_url=url)
    return schema


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_one_that_is_published(api: Any, operation: str, mode: Any) -> None:
    method, _, path = operation.partition(" ")

    @given(case=api[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    def asked(case: Any) -> None:
        case.call_and_validate(headers=BEARER, timeout=20, excluded_checks=[TOO_STRICT])

    asked()


def test_what_is_published_is_what_there_is(published: Any) -> None:
    Draft202012Validator.check_schema(published["components"]["schemas"]["Recipient"])
    asked = [f"{method} {path}" for path, one in published["paths"].items() for method in one if method != "parameters"]
    assert asked == list(OPERATIONS)
    schemas = published["components"]["schemas"]
    assert schemas["Recipient"]["properties"]["attributes"]["properties"]["tier"] == {
        "enum": ["gold", "platinum", None]
    }
    assert schemas["SentEvent.viewed"]["properties"]["payload"]["properties"].keys() == {"sku", "price"}
    for reference in set(re.findall(r"#/components/schemas/([^\"]+)", json.dumps(published))):
        assert reference in schemas


def test_a_recall_comes_to_what_is_published(url: str, published: Any) -> None:
    turned = Draft202012Validator({**published, "$ref": "#/components/schemas/Turned"})
    name = {"recall": ["sale/wrong"], "removed": True, "exposed": True}
    for body in (name, {"undo": ["sale/wrong"]}):
        answer = httpx.post(f"{url}/api/recall", json=body, headers=BEARER, timeout=20)
        assert answer.status_code == 200
        turned.validate(answer.json())


def test_what_a_site_knows_of_people_is_told_to_those_with_the_key(url: str) -> None:
    assert httpx.get(f"{url}/api/openapi.json", timeout=20).status_code == 401


def test_without_declared_events_there_is_what_all_events_have_in_common() -> None:
    schemas = document(Tellable())["components"]["schemas"]
    assert schemas["SentEvent"]["required"] == ["type", "recipient"]
