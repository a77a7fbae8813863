"""`new`, `check`, `schema`, `snippet`: from an empty folder to a mail."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Onopen
from tests.support.server import serving
from tests.support.sites import break_rules, demo_site, small_site


def test_a_new_site_passes_its_check_and_is_served(onopen: Onopen, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    said = onopen("new", "site", folder)
    assert said.code == 0
    assert {str(folder / "rules" / "site.yaml"), str(folder / "placeholders" / "hello.yaml")} <= set(said.out.split())
    assert onopen("check", "--site", folder).code == 0
    assert onopen("schema", folder / ".schema", "--check").code == 0
    with serving(folder, tmp_path / "state") as server:
        answer = server.ask("/i/hello.png")
        assert (answer.picture.size, answer.rung) == ((1200, 400), "live")


def test_a_new_site_never_writes_over_anything(onopen: Onopen, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="ascii")
    (tmp_path / "file").write_text("mine", encoding="ascii")
    for name in ("full", "file", "file/below"):
        said = onopen("new", "site", tmp_path / name)
        assert (said.code, said.out) == (2, "")
        assert said.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full"]


@pytest.mark.parametrize("make", ["starter", "demo"])
def test_a_new_placeholder_passes_the_check_of_any_site(onopen: Onopen, tmp_path: Path, make: str) -> None:
    folder = tmp_path / "shop"
    _ = demo_site(folder) if make == "demo" else onopen("new", "site", folder)
    said = onopen("new", "placeholder", "teaser", "--site", folder)
    assert said.code == 0
    assert [Path(line).name for line in said.out.split()] == ["teaser.yaml", "teaser.yaml"]
    checked = onopen("check", "--site", folder)
    assert (checked.code, "0 problems" in checked.out) == (0, True)
    assert onopen("explain", "teaser", "--site", folder, "--at", "2026-11-24T08:00+01:00").out.startswith(
        "teaser: rule morning"
    )


@pytest.mark.parametrize("name", ["Bad Name", "", "../up", "site", "recipients", "ümlaut", "a.b", "x" * 65])
def test_a_placeholder_s_name_can_stand_in_a_url(onopen: Onopen, tmp_path: Path, name: str) -> None:
    said = onopen("new", "placeholder", name, "--site", small_site(tmp_path / "site"))
    assert said.code == 2
    assert "is not a name" in said.err


def test_a_placeholder_that_is_there_is_not_written_over(onopen: Onopen, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    before = (site / "placeholders" / "hello.yaml").read_bytes()
    said = onopen("new", "placeholder", "hello", "--site", site)
    assert said.code == 2
    assert "is there already" in said.err
    assert (site / "placeholders" / "hello.yaml").read_bytes() == before


# check ---------------------------------------------------------------------------------------------------------------


def test_the_demo_site_is_good(onopen: Onopen, demo: Path) -> None:
    said = onopen("check", "--site", demo)
    assert said.code == 0
    assert "weather (weather): private, because it can depend on" in said.out
    assert "loyalty: png in a palette of" in said.out
    last = said.out.splitlines()[-1]
    assert (last.split(":")[0], last.endswith("0 problems, 0 warnings")) == (str(demo.resolve()), True)


def test_a_problem_is_shown_with_place_line_caret_and_remedy(onopen: Onopen, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    break_rules(site)
    said = onopen("check", "--site", site)
    assert said.code == 1
    first, line, caret, *_ = said.out.splitlines()
    assert first.startswith("rules/hello.yaml:3:1 unknown-key")
    assert (line.strip(), caret.strip(" ^")) == ("otherwiese: {}", "")
    assert "did you mean “otherwise”" in said.out


def test_problems_are_json_for_machines(onopen: Onopen, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    good = json.loads(onopen("check", "--site", site, "--json").out)
    assert (good["site"], good["good"], good["problems"]) == (str(site.resolve()), True, [])
    assert good["cacheability"][0]["placeholder"] == "hello"
    encoding = good["encodings"]["hello"]
    assert (encoding["format"], encoding["colors"], encoding["quality"], encoding["suits"]) == ("png", 1, None, "png")
    assert 0 < encoding["bytes"] < encoding["most"]
    break_rules(site)
    said = onopen("check", "--site", site, "--json")
    assert (said.code, said.err) == (1, "")
    [problem] = json.loads(said.out)["problems"]
    assert (problem["file"], problem["line"], problem["code"]) == ("rules/hello.yaml", 3, "unknown-key")


def test_other_commands_refuse_a_broken_site_with_its_problems(onopen: Onopen, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    break_rules(site)
    for command in ("explain", "render", "url", "snippet"):
        said = onopen(command, "hello", "--site", site)
        assert (said.code, said.out) == (1, "")
        assert "rules/hello.yaml:3:1" in said.err


def test_a_problem_s_line_is_never_wrapped(onopen: Onopen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    site = small_site(tmp_path / "site")
    (site / "rules" / "hello.yaml").write_text(f"placeholder: {'p' * 60}\notherwise: {{}}\n", encoding="utf-8")
    said = onopen("check", "--site", site)
    assert said.code == 1
    assert any("p" * 60 in line and line.startswith("rules/hello.yaml:1:") for line in said.out.splitlines())


# schema --------------------------------------------------------------------------------------------------------------


def test_a_schema_that_is_old_or_missing_is_code_1(onopen: Onopen, tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    missing = onopen("schema", folder, "--check")
    assert missing.code == 1
    assert "write it anew with: onopen schema" in missing.err
    assert onopen("schema", folder).code == 0
    assert onopen("schema", folder, "--check").code == 0
    path = next(folder.glob("*.json"))
    path.write_text("{}", encoding="ascii")
    old = onopen("schema", folder, "--check")
    assert (old.code, path.name in old.err) == (1, True)


def test_a_folder_that_cannot_be_written_is_code_2(onopen: Onopen, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    said = onopen("schema", tmp_path / "file" / "below")
    assert (said.code, "Traceback" in said.err) == (2, False)


# snippet -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "tag"),
    [("plain", ""), ("mailchimp", "*|UNIQID|*"), ("braze", "{{${user_id}"), ("sfmc", "%%"), ("Klaviyo", "{{")],
)
def test_a_snippet_speaks_the_platform_s_tongue(onopen: Onopen, demo: Path, platform: str, tag: str) -> None:
    said = onopen("snippet", "greeting", "--site", demo, "--esp", platform, "--base", "https://mail.example")
    assert (said.code, said.err) == (0, "")
    assert tag in said.out
    for part in (
        '<a href="https://mail.example/l/greeting',
        'src="https://mail.example/i/greeting.jpg',
        'width="600"',
        "alt=",
    ):
        assert part in said.out.replace("'", '"')


def test_a_snippet_has_a_picture_and_a_link_for_each_slot(onopen: Onopen, tmp_path: Path) -> None:
    site = demo_site(tmp_path)
    placeholder = (
        "size: [100, 60]\nalt: Eins davon\nfields: {product: {type: list, of: feed.products}}\n"
        "slots: {list: product, count: 3}\n"
    )
    (site / "placeholders" / "pick.yaml").write_text(placeholder, encoding="utf-8")
    said = onopen("snippet", "pick", "--site", site, "--base", "https://mail.example")
    assert said.code == 0
    links = re.findall(r"https://mail\.example/([il])/pick(?:\.png)?\?slot=(\d)", said.out)
    assert links == [(kind, str(slot)) for slot in (1, 2, 3) for kind in "li"]


def test_a_snippet_with_weather_names_whose_weather_it_is(
    onopen: Onopen, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONOPEN_WEATHER__VENDOR", "metno")
    assert "MET Norway" in onopen("snippet", "weather", "--site", demo).out
    assert "MET Norway" not in onopen("snippet", "greeting", "--site", demo).out


def test_a_snippet_speaks_the_language_of_the_mail(onopen: Onopen, demo: Path) -> None:
    assert "A greeting from Lindner" in onopen("snippet", "greeting", "--site", demo, "--language", "en").out
    said = onopen("snippet", "greeting", "--site", demo, "--language", "tlh")
    assert (said.code, "de, en, fr" in said.err) == (2, True)


def test_a_parameter_may_have_one_value_for_everybody(onopen: Onopen, demo: Path) -> None:
    assert "city=K%C3%B6ln" in onopen("snippet", "weather", "--site", demo, "--set", "param.city=Köln").out
    said = onopen("snippet", "weather", "--site", demo, "--set", "town=Köln")
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize(
    "arguments", [("--esp", "nosuch"), ("--base", "mail.example"), ("--base", "javascript:alert(1)")]
)
def test_a_snippet_that_cannot_be_is_code_2(onopen: Onopen, demo: Path, arguments: tuple[str, str]) -> None:
    said = onopen("snippet", "greeting", "--site", demo, *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err
