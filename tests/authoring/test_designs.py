"""Designs: layers with the brand's colours and fonts put in, in groups, and with pictures by language."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

from app.render.fonts import BUNDLED, FOLDER
from tests.authoring.compiling import campaign
from tests.authoring.conftest import CheckSite, Compile
from tests.authoring.sites import good_site, hero, with_campaign


def test_brand_colors_stand_in_layers_defaults_and_rules(tmp_path: Path, check_site: CheckSite) -> None:
    rules = "rules:\n  - {name: one, show: {badge: sand}, link: https://shop.example/}\n"
    site = with_campaign(tmp_path, rules)
    text = hero(
        fields="  badge: {type: color, default: brick}",
        layers=(
            "  - shape: {field: badge, box: [0, 0, 60, 60]}\n"
            "  - shape: {gradient: [brick, sand], box: [60, 0, 60, 60]}\n"
            "  - text: {text: a, outline: brick, shadow: sand, box: [120, 0, 60, 60]}\n"
            "  - chart: {values: 3 5, colors: [sand, red], box: [180, 0, 60, 60]}"
        ),
    )
    (site / "placeholders/hero.yaml").write_text(text, encoding="utf-8")
    brand = 'brand: {colors: {brick: "#8a2b18", sand: "#f4efe6"}}\n'
    path = site / "rules/site.yaml"
    path.write_text(path.read_text(encoding="utf-8") + brand, encoding="utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    made = campaign(checked.site).ruleset
    assert made.rules[0].outcome.fields["badge"].constant == "#f4efe6"
    assert next(field for field in made.fields if field.name == "badge").default.constant == "#8a2b18"
    gradient, letters, chart = checked.site.placeholders["hero"].design.layers[2:]
    assert gradient.gradient == ("#8a2b18", "#f4efe6")
    assert (letters.outline, letters.shadow) == ("#8a2b18", "#f4efe6")
    assert chart.colors == ("#f4efe6", "red")


def test_fonts_of_the_brand_stand_in_layers_by_their_name(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    (site / "assets/fonts").mkdir(parents=True, exist_ok=True)
    shutil.copy(FOLDER / BUNDLED["Noto Serif"], site / "assets/fonts/house.ttf")
    layer = "  - text: {text: Hut, font: House Serif, box: [0, 0, 60, 30]}"
    (site / "placeholders/hero.yaml").write_text(hero(layers=layer), encoding="utf-8")
    path = site / "rules/site.yaml"
    plain = path.read_text(encoding="utf-8")
    for file, found in (("fonts/house.ttf", []), ("fonts/hause.ttf", ["did you mean fonts/house.ttf?"])):
        path.write_text(f"{plain}brand: {{fonts: {{House Serif: {file}}}}}\n", encoding="utf-8")
        checked = check_site(site)
        assert [one.remedy for one in checked.problems.mistakes] == found
        assert checked.site.placeholders["hero"].design.layers[-1].font == file
    path.write_text(plain, encoding="utf-8")
    assert [one.code for one in check_site(site).problems.mistakes] == ["bad-layer"]


def test_a_picture_layer_may_show_another_picture_in_each_language(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    layer = "  - picture: {picture: {de: tag.png, en: day.png}, box: [0, 0, 60, 30]}"
    (site / "placeholders/hero.yaml").write_text(hero(layers=layer), encoding="utf-8")
    problems = check_site(site).problems
    assert [(one.code, one.column) for one in problems] == [("asset", 29), ("asset", 42)], problems.render()


GROUPS = """\
  - group:
      offset: [100, 50]
      layers:
        - shape: {box: [0, 0, 60, 40], color: red}
        - group: {offset: [5, 6], opacity: 0.5, layers: [{text: {text: Bis Sonntag, box: [1, 2, 90, 30]}}]}
  - text: {text: Nur heute, box: [0, 260, 300, 20]}
"""


def test_of_a_picture_that_moves_it_is_told_that_it_will_not(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    (site / "assets").mkdir(exist_ok=True)
    first, *others = (Image.new("RGB", (8, 8), color) for color in ("red", "blue"))
    first.save(site / "assets/wave.gif", save_all=True, append_images=others)
    fields, layers = (
        "  art: {type: picture, default: wave.gif}",
        "  - picture: {picture: wave.gif, box: [0, 0, 60, 30]}",
    )
    (site / "placeholders/hero.yaml").write_text(hero(fields=fields, layers=layers), encoding="utf-8")
    checked = check_site(site)
    assert checked.good
    assert [(one.code, one.line) for one in checked.problems] == [("first-frame", 8), ("first-frame", 11)]


def test_layers_of_groups_become_layers_of_the_design_with_their_own_captions(compiled: Compile) -> None:
    site = compiled("rules: []\n", hero(layers=GROUPS))
    design, ruleset = site.placeholders["hero"].design, campaign(site).ruleset
    assert [layer.box[:2] for layer in design.layers] == [(24, 24), (100, 50), (106, 58), (0, 260)]
    assert {index: words.by_language[""][0].value for index, words in ruleset.captions.items()} == {
        2: "Bis Sonntag",
        3: "Nur heute",
    }
