"""Small sites for tests of the server: what was decided can be read off the colour of the picture.

Every outcome paints the whole ground in a colour of its own, so that a test needs no eye. They are written as an editor
would write them, and pass `onopen check`.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = "https://shop.example/"

NEUTRAL = "#999999"
RED, GREEN, BLUE, YELLOW, TEAL = "#cc0000", "#00aa00", "#0000cc", "#dddd00", "#00aaaa"
SIZE = (120, 60)
"""Pixels: the pictures are 60 × 30 in CSS."""

SITE = f"""\
home: {HOME}
link_hosts: [shop.example]
link_params: {{utm_source: mail, utm_content: "{{{{ open.rule }}}}"}}
languages: [de]
country: DE
time_zone: Europe/Berlin
consent: {{location: not_needed, behaviour: asked, measurement: aggregate}}
"""

PLACEHOLDER = f"""\
size: [60, 30]
alt: Eine Fläche
params:
  lang: {{type: choice, choices: [de, en], default: de}}
  name: {{type: text, max_length: 30, default: ""}}
  city: {{type: text, max_length: 60, default: ""}}
fields:
  ground: {{type: color, default: "{NEUTRAL}"}}
  words: {{type: text, default: "", max_length: 60}}
layers:
  - shape: {{field: ground, box: [0, 0, 60, 30]}}
  - text: {{field: words, box: [4, 14, 52, 14], size: 8, min_size: 4, color: "#000000"}}
"""

PLACE = f"""\
placeholder: place
rules:
  - {{name: munich, when: {{geo.city: München}}, show: {{ground: "{BLUE}"}}, link: https://shop.example/isar}}
  - {{name: hamburg, when: {{geo.city: Hamburg}}, show: {{ground: "{GREEN}"}}, link: https://shop.example/elbe}}
  - {{name: bavaria, when: {{geo.region: DE-BY}}, show: {{ground: "{TEAL}"}}}}
otherwise: {{link: https://shop.example/}}
unknown: {{show: {{ground: "{YELLOW}"}}, link: https://shop.example/wo}}
"""

SKY = f"""\
placeholder: sky
rules:
  - {{name: wet, when: {{weather.condition: {{one_of: [rain, drizzle]}}}}, show: {{ground: "{BLUE}"}}}}
  - {{name: sunny, when: {{weather.condition: {{one_of: [clear, partly_cloudy]}}}}, show: {{ground: "{YELLOW}"}}}}
  - {{name: grey, when: {{weather.condition: {{one_of: [cloudy, fog]}}}}, show: {{ground: "{TEAL}"}}}}
  - {{name: white, when: {{weather.condition: snow}}, show: {{ground: "{RED}"}}}}
otherwise: {{show: {{ground: "{GREEN}"}}, link: https://shop.example/}}
unknown: {{link: https://shop.example/wetter}}
"""

GREET = f"""\
placeholder: greet
rules:
  - name: named
    when: {{param.name: {{empty: false}}}}
    show: {{ground: "{GREEN}", words: "Hallo {{{{ param.name }}}}"}}
    link: "https://shop.example/grüße?n={{{{ param.name }}}}"
otherwise: {{link: https://shop.example/}}
"""

DEVICE = f"""\
placeholder: device
rules:
  - {{name: ios, when: {{device.os: ios}}, show: {{ground: "{RED}"}}, link: https://shop.example/ios}}
  - {{name: android, when: {{device.os: android}}, show: {{ground: "{GREEN}"}}, link: https://shop.example/android}}
otherwise: {{show: {{ground: "{BLUE}"}}, link: https://shop.example/}}
unknown: {{link: https://shop.example/app}}
"""

SHARED = f"""\
placeholder: shared
phases:
  teaser: {{begin}}
  over: {{end}}
rules:
  - {{{{name: english, when: {{{{param.lang: en, phase: teaser}}}}, show: {{{{ground: "{RED}"}}}}}}}}
otherwise: {{{{link: https://shop.example/}}}}
"""

STEADY = f"""\
placeholder: steady
rules:
  - {{name: english, when: {{param.lang: en}}, show: {{ground: "{RED}"}}}}
otherwise: {{link: https://shop.example/}}
"""

BLANK = """\
placeholder: blank
rules:
  - {name: none, when: {param.lang: en}, show: nothing}
otherwise: {link: https://shop.example/}
"""

PHASE_ENDS_IN_S = 1500


def write_site(folder: Path) -> Path:
    """The site of these tests; returns its folder."""
    now = datetime.now(UTC)
    begin, end = now - timedelta(hours=1), now + timedelta(seconds=PHASE_ENDS_IN_S)
    shared = SHARED.format(begin=_written(begin), end=_written(end))
    campaigns = {
        "place": PLACE,
        "sky": SKY,
        "greet": GREET,
        "device": DEVICE,
        "shared": shared,
        "steady": STEADY,
        "blank": BLANK,
    }
    _write(folder / "rules" / "site.yaml", SITE)
    for name, text in campaigns.items():
        _write(folder / "rules" / f"{name}.yaml", text)
        _write(folder / "placeholders" / f"{name}.yaml", PLACEHOLDER)
    _write(folder / "placeholders" / "alone.yaml", PLACEHOLDER)
    return folder


def small_site(folder: Path, ground: str = RED) -> Path:
    """One placeholder, `hello`, whose only outcome has that ground."""
    _write(folder / "rules" / "site.yaml", SITE)
    _write(folder / "placeholders" / "hello.yaml", PLACEHOLDER.replace(NEUTRAL, ground))
    repaint(folder, ground)
    return folder


def repaint(folder: Path, ground: str) -> None:
    """Edit the small site's rules as an editor's program does it: write beside, then rename."""
    text = f'placeholder: hello\notherwise: {{show: {{ground: "{ground}"}}, link: https://shop.example/}}\n'
    _write(folder / "rules" / "hello.yaml", text)


def break_rules(folder: Path) -> None:
    """A mistake in the small site, on line 3."""
    _write(folder / "rules" / "hello.yaml", "placeholder: hello\nrules: []\notherwiese: {}\n")


def demo_site(folder: Path) -> Path:
    """A copy of the demo site."""
    for part in ("placeholders", "rules", "assets"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _written(moment: datetime) -> str:
    return f'"{moment:%Y-%m-%dT%H:%M:%S+00:00}"'
