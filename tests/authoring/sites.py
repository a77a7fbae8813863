"""Small sites for tests, written as text: the good site with one campaign or placeholder of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

GOOD_SITE = Path(__file__).parent / "good_site"

HERO = """\
size: [600, 300]
alt: {{de: Das Angebot zum Abend, en: Our offer for tonight}}
params:
  lang: {{type: choice, choices: [de, en], default: de}}
{params}
fields:
  headline: {{type: text, default: {{de: Guten Tag, en: Good day}}, max_length: 80}}
{fields}
layers:
  - text: {{field: headline, box: [24, 24, 552, 80], size: 36, min_size: 22}}
{layers}
"""


def good_site(folder: Path) -> Path:
    return Path(shutil.copytree(GOOD_SITE, folder, dirs_exist_ok=True))


def with_campaign(folder: Path, text: str, name: str = "advent") -> Path:
    """The good site with this campaign for `hero`; `otherwise` and its link are added where they are missing."""
    site = good_site(folder)
    otherwise = (
        "" if "otherwise:" in text.replace("unknown: otherwise", "") else "otherwise: {link: https://shop.example/}\n"
    )
    head = "" if text.startswith("placeholder:") else "placeholder: hero\n"
    (site / "rules" / f"{name}.yaml").write_text(head + text + otherwise, encoding="utf-8")
    return site


def hero(*, params: str = "", fields: str = "", layers: str = "") -> str:
    """A placeholder with more parameters, fields and layers than the good one; each line indented as it must be."""
    return HERO.format(params=params, fields=fields, layers=layers)
