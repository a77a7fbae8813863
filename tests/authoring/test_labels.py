"""Labels as editors write them, wherever something is declared that recipients are told about."""

from __future__ import annotations

from pathlib import Path

from tests.authoring.conftest import ROOT, CheckSite
from tests.authoring.sites import good_site, hero

FILES = {
    "rules/recipients.yaml": "attributes: {tier: {label: {de: Stufe, en: level}}, born: {type: date}}\n",
    "rules/events.yaml": """\
events:
  added: {label: {de: hineingelegt, en: put in}, fields: {sku: {label: SKU, type: text}}}
collections: {cart: {label: {en: basket, de: Korb}, key: sku, add: added, keep: 30d}}
""",
    "placeholders/hero.yaml": hero().replace(
        "params:\n", "params:\n  points: {label: {de: Punkte, en: points}, type: number}\n", 1
    ),
    "rules/labelled.yaml": """\
placeholder: hero
lists: {waiting: {label: {de: was wartet, en: what waits}, of: cart}}
rules: [{name: some, when: {list.waiting.count: {above: 0}, param.points: {above: 1}}}]
unknown: otherwise
""",
}


def test_all_that_is_declared_may_have_a_label(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    for path, text in FILES.items():
        (site / path).write_text(text, "utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    assert checked.site.labels.written == {
        ("attribute", "tier"): {"de": "Stufe", "en": "level"},
        ("event", "added"): {"de": "hineingelegt", "en": "put in"},
        ("event", "added", "sku"): {"": "SKU"},
        ("collection", "cart"): {"en": "basket", "de": "Korb"},
        ("param", "hero", "points"): {"de": "Punkte", "en": "points"},
        ("list", "labelled", "waiting"): {"de": "was wartet", "en": "what waits"},
    }


def test_the_demo_calls_everything_that_it_declares_by_a_label_in_its_languages(check_site: CheckSite) -> None:
    site = check_site(ROOT).site
    told, labels = site.tellable, site.labels.written
    fields = {("event", name, field) for name, event in told.events.items() for field in event.fields}
    params = {
        ("param", name, one.name) for name, placeholder in site.placeholders.items() for one in placeholder.params
    }
    named = {"attribute": told.attributes, "event": told.events, "collection": told.collections}
    plain = {(kind, name) for kind, names in named.items() for name in names}
    assert fields | params | plain <= labels.keys()
    assert all(label.keys() >= {"de", "en"} for label in labels.values())
