"""The command as a whole: help, exit codes, settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from tests.cli.conftest import Onopen
from tests.support.server import Running, free_port, serving
from tests.support.sites import small_site

COMMANDS = (
    "serve",
    "check",
    "explain",
    "render",
    "url",
    "snippet",
    "schema",
    "health",
    "new",
    "new site",
    "new placeholder",
    "store check",
    "store backup",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(onopen: Onopen, command: str) -> None:
    said = onopen(*command.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: onopen {command}")
    assert "--help" in said.out


def test_the_help_lists_every_command(onopen: Onopen) -> None:
    said = onopen("--help")
    assert said.code == 0
    assert all(f"\n  {command.split()[0]} " in said.out for command in COMMANDS)


def test_the_version(onopen: Onopen) -> None:
    assert onopen("--version").out == f"onopen {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [("bogus",), ("check", "--bogus"), ("explain",), ("serve", "--port", "http"), ("serve", "--workers", "0")],
)
def test_a_command_that_cannot_be_understood_is_code_2(onopen: Onopen, arguments: tuple[str, ...]) -> None:
    said = onopen(*arguments)
    assert said.code == 2
    assert "Error" in said.err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ONOPEN_BUDGET_MS", "soon", "write a whole number"),
        ("ONOPEN_WEATHER__VENDOR", "dwd", "'brightsky'"),
        ("ONOPEN_SITE", "/nowhere", "onopen new site"),
        ("ONOPEN_EDGE__TRUSTED_PROXIES", "everybody", "no address range"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("serve",), ("url", "greeting")])
def test_a_wrong_setting_is_code_2_with_variable_value_and_remedy(
    onopen: Onopen, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    said = onopen(*command)
    assert (said.code, said.out) == (2, "")
    assert name in said.err
    assert value in said.err
    assert words in said.err
    assert "Traceback" not in said.err


def test_an_unknown_variable_is_warned_about_and_nothing_more(
    onopen: Onopen, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    monkeypatch.setenv("ONOPEN_BUGDET_MS", "100")
    said = onopen("url", "place", "--site", site)
    assert said.code == 0
    assert said.err == "ONOPEN_BUGDET_MS is not a setting; docs/reference/settings.md lists them\n"


def test_a_site_folder_that_is_not_there_is_code_2(onopen: Onopen, tmp_path: Path) -> None:
    said = onopen("check", "--site", tmp_path / "absent")
    assert said.code == 2
    assert "onopen new site DIR" in said.err


def test_the_console_script_is_installed_and_quick() -> None:
    script = Path(sys.executable).with_name("onopen")
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    said = subprocess.run(
        [script, "--version"], capture_output=True, text=True, env=environment, check=False, timeout=30
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, f"onopen {__version__}\n", "")


# Serving and health -------------------------------------------------------------------------------------------------


def test_health_asks_a_running_server(onopen: Onopen, tmp_path: Path) -> None:
    with serving(small_site(tmp_path / "site"), tmp_path / "state") as server:
        assert_well(onopen, server)
        assert onopen("health", server.url + "/", "--ready").code == 0
    said = onopen("health", server.url)
    assert said.code == 1
    assert server.url in said.err
    said = onopen("health", server.url, "--json")
    assert (said.code, json.loads(said.out)["well"], json.loads(said.out)["status"]) == (1, False, None)


def assert_well(onopen: Onopen, server: Running) -> None:
    said = onopen("health", server.url)
    assert (said.code, said.err) == (0, "")
    assert '"ok"' in said.out
    told = json.loads(onopen("health", server.url, "--json").out)
    assert (told["server"], told["well"], told["status"]) == (server.url, True, 200)
    assert '"ok"' in told["said"]


def test_readiness_is_refused_where_nothing_is_served(onopen: Onopen, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with serving(tmp_path / "site", tmp_path / "state") as server:
        assert_well(onopen, server)
        assert onopen("health", server.url, "--ready").code == 1


@pytest.mark.parametrize("url", ["nonsense", "http://[", "ftp://x/", "http://127.0.0.1:1"])
def test_an_address_that_answers_nothing_is_code_1(onopen: Onopen, url: str) -> None:
    said = onopen("health", url, "--timeout", "1")
    assert said.code == 1
    assert "Traceback" not in said.err


def test_a_port_that_is_taken_is_an_error_in_one_line(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    with serving(site, tmp_path / "state") as server:
        script = Path(sys.executable).with_name("onopen")
        said = subprocess.run(
            [script, "serve", "--site", site, "--port", str(server.port)],
            capture_output=True,
            text=True,
            env={**os.environ, "ONOPEN_STATE_DIR": str(tmp_path / "other")},
            check=False,
            timeout=60,
        )
        assert said.returncode == 2
        assert "Address already in use; name another address or port" in said.stderr
        assert "Traceback" not in said.stderr
        assert free_port() != server.port
