"""A site with a placeholder for each way in which an answer can be shared, or cannot; pictures tell what it decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.support.sites import BLUE, GREEN, PLACEHOLDER, RED, SITE, TEAL, YELLOW

LATEST = f"{PLACEHOLDER}click: latest\n"
LINK = "link: https://shop.example/"

RULES: Mapping[str, str] = {
    "nobody": f'otherwise: {{show: {{ground: "{BLUE}"}}, {LINK}}}',
    "language": f"""\
rules:
  - {{name: named, when: {{param.name: {{empty: false}}}}, show: {{ground: "{GREEN}", words: "{{{{ param.name }}}}"}}}}
  - {{name: english, when: {{param.lang: en}}, show: {{ground: "{RED}"}}, link: https://shop.example/en}}
otherwise: {{{LINK}}}""",
    "device": f"""\
rules:
  - {{name: phone, when: {{device.class: phone}}, show: {{ground: "{RED}"}}}}
  - {{name: desktop, when: {{device.class: desktop}}, show: {{ground: "{GREEN}"}}}}
  - {{name: tablet, when: {{device.class: tablet}}, show: {{ground: "{TEAL}"}}}}
otherwise: {{{LINK}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}""",
    "via": f"""\
rules:
  - {{name: gmail, when: {{open.via: gmail, param.lang: en}}, show: {{ground: "{RED}"}}}}
  - {{name: certain, when: {{open.certain: true}}, show: {{ground: "{GREEN}"}}}}
otherwise: {{show: {{ground: "{BLUE}"}}, {LINK}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}""",
    "mailing": f"""\
rules:
  - {{name: spring, when: {{open.mailing: spring}}, show: {{ground: "{GREEN}"}}}}
otherwise: {{{LINK}}}
unknown: otherwise""",
    "system": f"""\
rules:
  - {{name: ios, when: {{device.os: ios}}, show: {{ground: "{RED}"}}}}
otherwise: {{{LINK}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}""",
    "place": f"""\
rules:
  - {{name: germany, when: {{geo.country: DE}}, show: {{ground: "{RED}"}}}}
otherwise: {{{LINK}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}""",
    "person": f"""\
splits: {{test: {{a: 50, b: 50}}}}
rules:
  - {{name: a, when: {{split.test: a}}, show: {{ground: "{RED}"}}}}
otherwise: {{show: {{ground: "{GREEN}"}}, {LINK}}}
unknown: otherwise""",
}


def write_shelf(folder: Path) -> Path:
    """The site; returns its folder."""
    write(folder / "rules" / "site.yaml", SITE)
    for name in RULES:
        write_rules(folder, name)
        write(folder / "placeholders" / f"{name}.yaml", LATEST)
    write_rules(folder, "shown", RULES["language"])
    write(folder / "placeholders" / "shown.yaml", PLACEHOLDER)
    return folder


def write_rules(folder: Path, name: str, rules: str = "") -> None:
    """The rules of a placeholder, those of `RULES` or others."""
    write(folder / "rules" / f"{name}.yaml", f"placeholder: {name}\n{rules or RULES[name]}\n")


def ending(at: float) -> str:
    """Rules under which the picture is red until that instant (epoch seconds)."""
    end = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S+00:00}"
    return f'''\
rules:
  - {{name: before, until: "{end}", show: {{ground: "{RED}"}}}}
otherwise: {{show: {{ground: "{GREEN}"}}, {LINK}}}'''


def write(path: Path, text: str) -> None:
    """A file of a site, there at once and whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
