"""The documentation is held to the product: what is declared is described, what is described exists."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, get_args

import pytest
import typer

from app.authoring.codes import CODES
from app.authoring.documents import campaign, events, feed, placeholder, recipients, site
from app.authoring.documents.common import Outcome, Written
from app.authoring.grammar import COMBINATORS, WORDS
from app.authoring.liquid import FILTERS, TAGS
from app.cli.main import cli
from app.engine.signals import CATALOGUE
from app.platforms import platforms
from app.render.layers import LAYERS
from app.settings import Settings, Vendor, secrets, variables
from app.sources.weather.brightsky import BrightSky
from app.sources.weather.metno import MetNorway
from app.sources.weather.openmeteo import OpenMeteo
from app.sources.weather.openweathermap import OpenWeatherMap
from app.telemetry import METRICS
from app.workshop.workshop import Workshop
from tests.support.documented import ROOT, files_in, site_of
from tests.support.reference import FOLDER, stale

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LARGEST_PICTURE = 250_000


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_reference_is_as_it_would_be_written_now() -> None:
    assert not stale(FOLDER), "write it anew with: make renew"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("signals.md", tuple(CATALOGUE)),
        ("operators.md", (*WORDS, *COMBINATORS)),
        ("texts.md", (*TAGS, *FILTERS)),
        ("problems.md", tuple(CODES)),
        ("settings.md", tuple(name for name, _, _ in variables())),
        ("metrics.md", tuple(f"onopen_{name}" for name in METRICS)),
        ("platforms.md", tuple(platforms())),
    ],
)
def test_every_word_that_is_declared_is_described(name: str, words: tuple[str, ...]) -> None:
    described = page(f"reference/{name}")
    missing = [word for word in words if not re.search(rf"`{re.escape(word)}(_total)?`", described)]
    assert not missing


def test_every_layer_and_each_of_its_keys_is_described() -> None:
    described = page("reference/layers.md")
    for word, layer in LAYERS.items():
        section = described.partition(f"## {word}\n")[2].partition("\n## ")[0]
        assert layer.sentence in section
        for field in dataclasses.fields(cast(Any, layer)):
            assert f"| `{field.name}` | {field.metadata['sentence']}" in section


def models() -> Iterator[type[Written]]:
    """Everything that editors write, as classes."""
    for module in (site, placeholder, campaign, recipients, events, feed):
        yield from (
            one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Written)
        )  # fmt: skip
    yield Outcome


@pytest.mark.parametrize("model", sorted(set(models()) - {Written}, key=str))
def test_every_key_that_editors_may_write_is_in_their_guide(model: type[Written]) -> None:
    guide = page("editors.md")
    keys = [field.alias or name for name, field in model.model_fields.items()]
    missing = [key for key in keys if f"`{key}`" not in guide and f"`{key}:" not in guide and f"{key}: " not in guide]
    assert not missing


@pytest.mark.parametrize("name", ["README.md", "docs/editors.md"])
def test_the_files_that_a_page_shows_in_full_are_a_good_site(name: str, tmp_path: Path) -> None:
    folder = site_of(ROOT / name, tmp_path)
    checked = Workshop(folder, Settings(site=folder)).check()
    assert not checked.problems.render()
    assert len(checked.site.placeholders) == len([path for path in files_in(ROOT / name) if "placeholders/" in path])
    assert checked.examples >= len(checked.site.placeholders)


def test_the_readme_begins_with_the_two_commands() -> None:
    first = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert first is not None
    assert [" ".join(line.split()[:2]) for line in first[1].splitlines()] == ["make run", "make test"]


def test_the_readme_opens_with_a_picture_that_loads_quickly() -> None:
    head = (ROOT / "README.md").read_text(encoding="utf-8").partition("```")[0]
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", head)
    assert pictures
    assert all((ROOT / picture).stat().st_size < LARGEST_PICTURE for picture in pictures)


@pytest.mark.parametrize("written", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(written: Path) -> None:
    lost = [link for link in links(written.read_text(encoding="utf-8")) if not leads(written, link)]
    assert not lost


def links(text: str) -> Iterator[str]:
    """The targets of a page's links and pictures that stay in the project."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", prose):
        link = next(filter(None, target))
        if not re.match(r"[a-z]+:", link):
            yield link


def leads(written: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (written.parent / path).resolve() if path else written
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings have on the web."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def everything_said() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


def test_settings_that_the_documentation_names_exist() -> None:
    known = {name for name, _, _ in variables()} | {f"{name}_FILE" for name in secrets()}
    assert set(re.findall(r"\bONOPEN_[A-Z_]+[A-Z]\b", everything_said())) <= known


def test_metrics_that_the_documentation_names_exist() -> None:
    known = {f"onopen_{name}" + ("_total" if one.kind == "counter" else "") for name, one in METRICS.items()}
    assert set(re.findall(r"\bonopen_[a-z_]+[a-z]\b", everything_said())) <= known


def test_commands_that_the_documentation_names_exist() -> None:
    group = typer.main.get_command(cli)
    known = set(group.commands)  # type: ignore[attr-defined]
    shown = re.findall(r"```sh\n(.*?)```", everything_said(), re.DOTALL)
    named = {word for block in shown for word in re.findall(r"^onopen ([a-z]+)", block, re.MULTILINE)}
    named |= set(re.findall(r"`onopen ([a-z]+)[ `]", everything_said()))
    assert named == known


def test_every_event_of_the_log_is_described() -> None:
    said = re.compile(r"""log\.(?:debug|info|warning|error)\(\s*"([a-z ]+)\"""")
    events = {event for path in (ROOT / "app").rglob("*.py") for event in said.findall(path.read_text("utf-8"))}
    assert events, "the log is written in another way now"
    assert not [event for event in sorted(events) if f"`{event}`" not in page("operators.md")]


def test_every_weather_service_is_described_with_the_words_it_wants_to_read() -> None:
    guide = page("operators.md")
    assert all(f"`{vendor}`" in guide for vendor in get_args(Vendor))
    for vendor in (BrightSky, MetNorway, OpenMeteo, OpenWeatherMap):
        assert f"“{vendor.attribution.text}”" in guide


def test_every_decision_is_listed() -> None:
    records = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert records == re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", index)
    for record in records:
        text = (DOCS / "decisions" / record).read_text(encoding="utf-8")
        assert text.startswith(f"# {record[:4]}: ")
        assert all(f"**{part}.**" in text for part in ("Question", "Choice", "Rejected", "Price"))
