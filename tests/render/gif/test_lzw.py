"""Runs: whatever is joined, in whatever order, decodes to the pixels that were joined."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from random import Random

from hypothesis import example, given, strategies as st
from PIL import Image

from app.render.gif.blocks import TRAILER, head, opening, sub_blocks
from app.render.gif.lzw import CLEAR, CODE_SIZE, END, FULL, SHORT, runs
from app.render.gif.rows import ENDING
from tests.render.gif.decoder import codes, decoded

noise = st.binary(max_size=1_000).map(lambda pixels: bytes(pixel % 64 for pixel in pixels))
flat = st.builds(lambda pixel, width: bytes((pixel,)) * width, st.integers(0, 63), st.integers(0, 9_000))
few = st.lists(st.sampled_from([b"\0", b"\1\1\1", b"\2\3" * 4]), max_size=300).map(b"".join)
pixels = noise | flat | few
GRAIN = Random(5).randbytes(60_000).translate(bytes(index % 64 for index in range(256)))


@given(st.lists(pixels, max_size=8))
@example([GRAIN, GRAIN[:1], GRAIN[:SHORT], GRAIN[: SHORT + 1], GRAIN[:FULL], GRAIN[: FULL + 1], b"\0" * 90_000])
def test_joined_runs_decode_to_the_joined_pixels(parts: list[bytes]) -> None:
    assert decoded(b"".join(map(runs, parts)) + bytes((END,)), CODE_SIZE) == b"".join(parts)


@given(st.lists(pixels.filter(bool), min_size=1, max_size=5))
@example([GRAIN, GRAIN])
def test_each_run_begins_with_one_clear_and_two_never_meet(parts: list[bytes]) -> None:
    found = list(codes(b"".join(map(runs, parts)) + bytes((END,)), CODE_SIZE))
    assert found[0] == CLEAR and found[-1] != CLEAR
    assert (CLEAR, CLEAR) not in pairwise(found)


@given(st.lists(pixels, min_size=1, max_size=5).filter(any))
@example([GRAIN[:20_000], b"\0" * 20_000])
def test_pillow_reads_what_was_joined(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    size = (len(whole), 1)
    joined = b"".join(sub_blocks(runs(part)) for part in parts)
    gif = head(size, bytes(range(192))) + opening(size) + joined + ENDING + TRAILER
    assert Image.open(BytesIO(gif)).tobytes() == whole


def test_flat_pixels_take_the_square_root_of_their_number() -> None:
    assert len(runs(b"\7" * 5_000)) == 101
