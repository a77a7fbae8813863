"""What is built is complete: the wheel carries the demo site, fonts and tables, and runs on its own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NEEDED = (
    "app/py.typed",
    "app/demo/rules/site.yaml",
    "app/demo/placeholders/weather.yaml",
    "app/demo/assets/hero/neutral.jpg",
    "app/workshop/starter/rules/site.yaml",
    "app/edge/configurations/varnish.vcl",
    "app/platforms.yaml",
    "app/render/fonts/NotoSans-Regular.ttf",
    "app/render/fonts/OFL.txt",
    "app/sources/geo/tables/cities.xz",
    "app/sources/geo/tables/countries.xz",
    "app/sources/weather/recorded.yaml",
    "app/web/templates/demo.html",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built here without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    built = subprocess.run([*command, "-w", str(folder), str(ROOT)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("onopen-*.whl")
    return zipfile.ZipFile(found)


def test_the_wheel_carries_what_it_needs_to_run(wheel: zipfile.ZipFile) -> None:
    assert not set(NEEDED) - set(wheel.namelist())


def test_the_wheel_carries_the_whole_demo_site(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for part in ("placeholders", "rules", "assets"):
        files = [path for path in (ROOT / part).rglob("*") if path.is_file() and not path.name.startswith(".")]
        assert not {f"app/demo/{path.relative_to(ROOT).as_posix()}" for path in files} - names


def test_the_wheel_carries_no_tests_and_its_licences(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert not [name for name in names if name.split("/")[0] not in ("app", names[-1].split("/")[0])]
    for licence in ("LICENSE", "NOTICE"):
        assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)


def test_the_wheel_checks_its_own_demo_site(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")
    (tmp_path / "elsewhere").mkdir()
    script = "from app.cli.main import run; run()"
    ran = subprocess.run(
        [sys.executable, "-c", script, "check"],
        cwd=tmp_path / "elsewhere",
        env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 problems" in ran.stdout


def test_the_image_is_built_of_all_that_the_wheel_is_built_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*wheel["packages"], *wheel["force-include"], project["project"]["readme"]]
    needed += ["pyproject.toml", *project["project"]["license-files"]]
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert not [name for name in needed if f"!{name}" not in let_in]


PACKAGES = {
    "PIL": "pillow",
    "yaml": "pyyaml",
    "liquid": "python-liquid",
    "pydantic_core": "pydantic",
    "click": "typer",
    "bidi": "python-bidi",
    "zint": "zint-bindings",
}
"""Packages whose modules have another name, or come with a package that is declared."""


def test_everything_that_the_product_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = chain(*project["optional-dependencies"].values())
    declared = {re.split(r"[^a-z0-9-]", name)[0] for name in (*project["dependencies"], *extras)}
    foreign = {module for path in (ROOT / "app").rglob("*.py") for module in imported(path)}
    foreign -= {*sys.stdlib_module_names, "app"}
    assert not {PACKAGES.get(module, module.replace("_", "-")) for module in foreign} - declared


def imported(path: Path) -> Iterator[str]:
    """The packages that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
