"""What operators set: wrong values are named with what would be right, secrets may lie in files, slips are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.environment import load
from app.errors import SettingError
from app.settings import variables
from app.sites import find_site, own_site, state_directory


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own settings are none of these tests' business."""
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as caught:
        load()
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_nothing_needs_to_be_set() -> None:
    settings, warnings = load()
    assert (settings.weather.vendor, settings.edge.dialect, settings.budget_ms) == ("recorded", "plain", 400)
    assert warnings == []


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("ONOPEN_BUDGET_MS", "soon", "write a whole number"),
        ("ONOPEN_BUDGET_MS", "5", "at least 20"),
        ("ONOPEN_BUDGET_MS", "99999999", "at most 10000"),
        ("ONOPEN_WORKERS", "0", "at least 1"),
        ("ONOPEN_KEEP__SHOWN_DAYS", "0", "at least 1"),
        ("ONOPEN_KEEP__EVENT_IDS_DAYS", "4000", "at most 3650"),
        ("ONOPEN_KEEP__OPENS_DAYS", "1.5", "write a whole number"),
        ("ONOPEN_LOG_SAMPLE", "2", "at most 1"),
        ("ONOPEN_LOG_SAMPLE", "often", "write a number"),
        ("ONOPEN_DEMO", "perhaps", "true or false"),
        ("ONOPEN_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("ONOPEN_LOG", "xml", "'json' or 'pretty'"),
        ("ONOPEN_EDGE__DIALECT", "akamai", "'cloudflare'"),
        ("ONOPEN_EDGE__TRUSTED_PROXIES", "10.0.0.0/8, proxy.local", "10.0.0.0/8,192.0.2.7"),
        ("ONOPEN_EDGE__TRUSTED_PROXIES", "10.0.0.0/99", "no address range"),
        ("ONOPEN_WEATHER__VENDOR", "dwd", "'brightsky'"),
        ("ONOPEN_WEATHER__URL", "api.example/v1", "https://"),
        ("ONOPEN_WEATHER__URL", "https://", "https://"),
        ("ONOPEN_WEATHER__URL", "https://w.example/?key=1", "without user or query"),
        ("ONOPEN_WEATHER__URL", "https://me@w.example/", "without user or query"),
        ("ONOPEN_WEATHER__URL", "https://w.example:99999/", "https://"),
    ],
)
def test_a_wrong_setting_names_variable_value_and_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str
) -> None:
    words = refusal(monkeypatch, name, value)
    assert name in words
    assert value.rpartition(", ")[2] in words
    assert remedy in words


@pytest.mark.parametrize("value", ["{", '{"key": "hunter2"}'])
def test_a_group_at_once_is_refused_without_repeating_what_may_be_a_secret(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    words = refusal(monkeypatch, "ONOPEN_WEATHER", value)
    assert "set ONOPEN_WEATHER__… one by one" in words
    assert "hunter2" not in words


def test_the_address_of_the_store_may_lie_in_a_file_and_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "store").write_text("redis://me:hunter2@cache.example/0\n", encoding="utf-8")
    monkeypatch.setenv("ONOPEN_STORE_FILE", str(tmp_path / "store"))
    settings, warnings = load()
    assert warnings == []
    assert settings.store is not None
    assert settings.store.get_secret_value() == "redis://me:hunter2@cache.example/0"
    assert "hunter2" not in repr(settings)


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    words = refusal(monkeypatch, "ONOPEN_SECRET_KEY", "hunter2")
    assert "ONOPEN_SECRET_KEY" in words
    assert "32 characters" in words
    assert "hunter2" not in words


def test_a_vendor_that_wants_a_key_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ONOPEN_WEATHER__KEY" in refusal(monkeypatch, "ONOPEN_WEATHER__VENDOR", "openweathermap")
    monkeypatch.setenv("ONOPEN_WEATHER__KEY", "k")
    assert load()[0].weather.vendor == "openweathermap"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ONOPEN_WEATHER__VENDOR", "metno", "ONOPEN_WEATHER__CONTACT is empty"),
        ("ONOPEN_EDGE__PURGE_URL", "https://cdn.example/purge", "has no way to purge"),
    ],
)
def test_what_will_not_do_what_it_seems_to_is_warned_about(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    [warning] = load()[1]
    assert words in warning


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, content in (("ONOPEN_API_KEY", "abc"), ("ONOPEN_WEATHER__KEY", "xyz"), ("ONOPEN_SECRET_KEY", "s" * 32)):
        file = tmp_path / name
        file.write_text(f"{content}\n", encoding="utf-8")
        monkeypatch.setenv(f"{name}_FILE", str(file))
    monkeypatch.setenv("ONOPEN_WEATHER__VENDOR", "openweathermap")
    settings, warnings = load()
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "abc"
    assert settings.weather.key is not None
    assert settings.weather.key.get_secret_value() == "xyz"
    assert settings.weather.vendor == "openweathermap"
    assert warnings == []
    assert "abc" not in repr(settings)
    assert "xyz" not in repr(settings)


def test_a_secret_s_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    words = refusal(monkeypatch, "ONOPEN_API_KEY_FILE", "/nowhere/key")
    assert "ONOPEN_API_KEY_FILE" in words
    assert "/nowhere/key" in words


def test_an_unknown_variable_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONOPEN_BUGDET_MS", "100")
    monkeypatch.setenv("ONOPEN_WEATHER__VENDER", "metno")
    warnings = load()[1]
    assert [warning.split()[0] for warning in warnings] == ["ONOPEN_BUGDET_MS", "ONOPEN_WEATHER__VENDER"]


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONOPEN_BUDGET_MS", "")
    monkeypatch.setenv("ONOPEN_EDGE__TRUSTED_PROXIES", "")
    settings, _ = load()
    assert (settings.budget_ms, settings.edge.trusted_proxies) == (400, ())


def test_what_a_command_is_told_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONOPEN_WORKERS", "3")
    assert load()[0].workers == 3
    assert load(workers=None)[0].workers == 3
    assert load(workers=2)[0].workers == 2


def test_every_variable_has_its_sentence() -> None:
    for name, _, sentence in variables():
        assert sentence.endswith("."), name


# Folders ------------------------------------------------------------------------------------------------------------


def test_a_site_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"ONOPEN_SITE.*onopen new site"):
        find_site(tmp_path / "absent")


def test_without_a_setting_the_working_directory_is_served_if_it_is_a_site(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "placeholders").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_site(None) == tmp_path


def test_else_the_demo_site_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert (find_site(None) / "placeholders" / "greeting.yaml").is_file()


def test_a_state_directory_is_made(tmp_path: Path) -> None:
    assert state_directory(tmp_path / "a" / "b") == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_a_state_directory_that_cannot_be_is_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(SettingError, match=r"ONOPEN_STATE_DIR.*name another"):
        state_directory(tmp_path / "file")


def test_without_a_setting_it_is_the_user_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_directory(None) == tmp_path / "onopen"


def test_a_secret_s_file_that_is_empty_is_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    empty = tmp_path / "key"
    empty.write_text(" \n")
    monkeypatch.setenv("ONOPEN_API_KEY_FILE", str(empty))
    with pytest.raises(SettingError, match="the file is empty"):
        load()


def test_small_letters_are_read_and_so_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("onopen_budget", "5")
    assert load()[1] == ["onopen_budget is not a setting; docs/reference/settings.md lists them"]


def test_a_site_is_found_from_inside_it_and_the_demo_is_never_written_into(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "site" / "placeholders").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "site" / "placeholders")
    assert find_site(None) == own_site(None) == tmp_path / "site"
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(SettingError, match="no site is here to write into"):
        own_site(None)
