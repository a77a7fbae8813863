"""Decoders that others wrote see the same, each where it is installed: mail clients use one of these or a cousin."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageSequence

from app.render.gif.ticking import Template
from tests.render.gif.decoder import parse
from tests.render.gif.scenes import Expected
from tests.support.countdown import DAY, HOUR, SIZE

SENTENCE = ("until ", "Mon ", "3 ", "Dec, ", "09:", "00")
MOMENTS = {"an hour ends": 9 * DAY + 3 * HOUR + 12, "a day ends": 8 * DAY + 5, "less than a minute": 7, "the end": 0}


def gifsicle(file: Path) -> list[bytes]:
    gif = Image.open(BytesIO(_output("gifsicle", "--unoptimize", str(file))))
    return [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(gif)]


def ffmpeg(file: Path) -> list[bytes]:
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-vsync", "0", "-")
    return _cut(_output("ffmpeg", "-v", "error", "-i", str(file), *raw))


def imagemagick(file: Path) -> list[bytes]:
    return _cut(_output("convert-im6", str(file), "-coalesce", "-depth", "8", "rgb:-"))


def ours(file: Path) -> list[bytes]:
    """Written from the specification, for these tests."""
    return [frame.tobytes() for frame in parse(file.read_bytes()).frames()]


def giflib(file: Path) -> list[bytes]:
    """Only what is seen at the end."""
    return [_output("gif2rgb", "-1", "-o", "/dev/stdout", str(file))]


DECODERS: dict[Callable[[Path], list[bytes]], str] = {
    gifsicle: "gifsicle",
    ffmpeg: "ffmpeg",
    imagemagick: "convert-im6",
    giflib: "gif2rgb",
}
"""With the program that shows whether it is installed, by Debian's names."""


@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize("left", MOMENTS.values(), ids=MOMENTS)
def test_another_decoder_sees_the_same(
    template: Template, expected: Expected, decode: Callable[[Path], list[bytes]], left: int, tmp_path: Path
) -> None:
    if not shutil.which(DECODERS[decode]):
        pytest.skip(f"{DECODERS[decode]} is not installed")
    file = tmp_path / "countdown.gif"
    file.write_bytes(template.gif(left, SENTENCE))
    seen, wanted = decode(file), [frame.tobytes() for frame in expected.frames(left, SENTENCE)]
    assert seen == (wanted[-1:] if decode is giflib else wanted)


@pytest.mark.parametrize("decode", [ours, gifsicle, ffmpeg, imagemagick])
def test_the_clock_is_read_in_the_first_the_next_and_the_last_second_and_then_rests(
    template: Template, expected: Expected, decode: Callable[[Path], list[bytes]], tmp_path: Path
) -> None:
    if decode in DECODERS and not shutil.which(DECODERS[decode]):
        pytest.skip(f"{DECODERS[decode]} is not installed")
    left, file = 8 * DAY + 30, tmp_path / "countdown.gif"
    file.write_bytes(template.gif(left, SENTENCE))
    frames = [Image.frombytes("RGB", SIZE, raw) for raw in decode(file)]
    read = {number: expected.clock_of(frames[number]) for number in (0, 1, 30, 31, 59, 60)}
    assert read == {0: left, 1: left - 1, 30: 8 * DAY, 31: 8 * DAY - 1, 59: left - 59, 60: None}
    assert len(frames) == 61


def _output(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout


def _cut(raw: bytes) -> list[bytes]:
    """Raw RGB, frame by frame."""
    frame = 3 * SIZE[0] * SIZE[1]
    return [raw[start : start + frame] for start in range(0, len(raw), frame)]
