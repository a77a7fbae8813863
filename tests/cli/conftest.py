"""The command, run as a terminal runs it: arguments in; exit code, standard output and standard error out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli.main import run
from app.settings import variables
from tests.support.sites import ROOT, write_site


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Onopen = Callable[..., Said]


@pytest.fixture
def onopen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Onopen:
    """Runs `onopen …` with none of the developer's own settings."""
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        code = 0
        try:
            run([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site whose colours tell what was decided; nobody may change it."""
    return write_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def demo() -> Path:
    """The demo site."""
    return ROOT
