"""Where peers live: outside of the repository, each library installed by itself, so that one that fails is one less.

`BENCH_PEERS` names another folder. What was installed stays there for the next run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("BENCH_PEERS") or Path(tempfile.gettempdir()) / "onopen-bench-peers")
AT_MOST_S = 240
PYTHON: Mapping[str, tuple[str, ...]] = {
    "skia-python": ("skia-python",),
    "takumi-py": ("takumi-py",),
}
NODE: Mapping[str, tuple[str, ...]] = {
    "@napi-rs/canvas": ("@napi-rs/canvas",),
    "sharp": ("sharp",),
    "satori + @resvg/resvg-js": ("satori", "@resvg/resvg-js"),
    "@takumi-rs/core": ("@takumi-rs/core",),
    "gif-countdown": ("gif-countdown",),
    "canvas + gifencoder": ("gifencoder",),
    "canvas + gif-encoder-2": ("gif-encoder-2",),
    "canvas + gifenc": ("gifenc",),
}
WITHOUT: Mapping[str, str] = {
    "thumbor": "sets no text into pictures",
    "node-canvas": "must be built here; @napi-rs/canvas stands in",
}
"""Known, and not installed."""
STAND_IN = {
    "private": True,
    "dependencies": {"canvas": "npm:@napi-rs/canvas@*"},
    "overrides": {"canvas": "$canvas"},
}
"""`canvas` of npm must be built with the system's cairo; this one has the same face and comes ready."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """What is installed; `missing` says why something is not."""

    folder: Path
    missing: Mapping[str, str]

    @property
    def wanted(self) -> set[str]:
        """All who were asked."""
        return {*PYTHON, *NODE}

    def commands(self, scripts: Path, look: Path) -> Iterator[list[str]]:
        """What starts the processes that draw what `look` describes."""
        yield [str(self.folder / "python" / "bin" / "python"), str(scripts / "with_python.py"), str(look)]
        if shutil.which("node"):
            yield ["node", str(scripts / "with_node.mjs"), str(look), str(self.folder / "node")]


def scratch(folder: Path = FOLDER) -> Scratch:
    """Install what is not there yet."""
    listed = folder / "missing.json"
    wanted = {"python": {k: list(v) for k, v in PYTHON.items()}, "node": {k: list(v) for k, v in NODE.items()}}
    if listed.exists() and (found := json.loads(listed.read_text("utf-8")))["wanted"] == wanted:
        return Scratch(folder, found["missing"])
    shutil.rmtree(folder, ignore_errors=True)
    missing = {**WITHOUT, **_python(folder / "python"), **_node(folder / "node")}
    listed.write_text(json.dumps({"wanted": wanted, "missing": missing}), encoding="utf-8")
    return Scratch(folder, missing)


def _python(folder: Path) -> dict[str, str]:
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
    return _failed({name: [*pip, *packages] for name, packages in PYTHON.items()}, folder)


def _node(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True)
    if shutil.which("npm") is None:
        return dict.fromkeys(NODE, "wants npm, which is not installed")
    (folder / "package.json").write_text(json.dumps(STAND_IN), encoding="utf-8")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]
    return _failed({name: [*npm, *packages] for name, packages in NODE.items()}, folder)


def _failed(commands: Mapping[str, Sequence[str]], folder: Path) -> dict[str, str]:
    failed = {}
    for name, command in commands.items():
        print(f"installing {name} …", file=sys.stderr, flush=True)
        try:
            ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=AT_MOST_S, check=False)
        except subprocess.TimeoutExpired:
            failed[name] = f"was not installed within {AT_MOST_S} s"
            continue
        if ran.returncode:
            failed[name] = "cannot be had from its registry, or cannot be built here"
    return failed
