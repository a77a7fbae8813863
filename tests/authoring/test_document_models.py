"""The models describe themselves: every key its sentence, every example itself right."""

from __future__ import annotations

from typing import get_args

import pytest

from app.authoring.documents.campaign import Campaign
from app.authoring.documents.common import Written
from app.authoring.documents.events import Events
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.recipients import Recipients
from app.authoring.documents.site import Site


def every_model(model: type[Written], seen: set[type[Written]]) -> set[type[Written]]:
    seen.add(model)
    stack = [field.annotation for field in model.model_fields.values()]
    while stack:
        annotation = stack.pop()
        if isinstance(annotation, type) and issubclass(annotation, Written) and annotation not in seen:
            every_model(annotation, seen)
        stack += get_args(annotation)
    return seen


@pytest.mark.parametrize("document", [Site, Recipients, Events, Placeholder, Campaign])
def test_every_key_carries_its_sentence(document: type[Written]) -> None:
    models = every_model(document, set())
    bare = [f"{m.__name__}.{key}" for m in models for key, field in m.model_fields.items() if not field.description]
    assert bare == []
    assert document.model_json_schema(by_alias=True)["additionalProperties"] is False


@pytest.mark.parametrize("document", [Site, Recipients, Events, Placeholder, Campaign])
def test_every_example_of_a_key_is_itself_right(document: type[Written]) -> None:
    for model in every_model(document, set()):
        required = {name: field for name, field in model.model_fields.items() if field.is_required()}
        written = {field.alias or name: field.examples[0] for name, field in required.items() if field.examples}
        for name, field in model.model_fields.items():
            for example in field.examples or ():
                model.model_validate({**written, field.alias or name: example})
