"""The honest countdown: each second shows what it has to, and what is shown last stays true."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageSequence

from app.render.boxes import Area
from app.render.gif.scene import Scene
from app.render.gif.ticking import Template, compiled
from tests.render.gif.decoder import codes, parse
from tests.render.gif.scenes import WORDS, Expected, small
from tests.support.countdown import DAY, HOUR, MINUTE

SENTENCE = ("until ", "Fri ", "27 ", "Nov, ", "23:", "59")
MOMENTS = {
    "long before": 123 * DAY + 4 * HOUR + 5 * MINUTE + 59,
    "a minute ends": 70 * DAY + 3 * HOUR + 7 * MINUTE + 31,
    "an hour ends": 9 * DAY + 3 * HOUR + 12,
    "a day ends": 8 * DAY + 5,
    "ten days end": 10 * DAY + 1,
    "a hundred days end": 100 * DAY,
    "the first second of all": 1000 * DAY - 1,
    "the last minute but a second": 61,
    "the last minute": 60,
    "less than a minute": 59,
    "two seconds": 2,
    "the last second": 1,
    "the end": 0,
    "long after": -DAY,
}


def seen_by_pillow(gif: bytes) -> list[Image.Image]:
    return [frame.convert("RGB") for frame in ImageSequence.Iterator(Image.open(BytesIO(gif)))]


def differing(seen: list[Image.Image], wanted: list[Image.Image]) -> list[int]:
    """The frames that are not as they have to be."""
    pairs = enumerate(zip(seen, wanted, strict=True))
    return [number for number, (one, other) in pairs if ImageChops.difference(one, other).getbbox()]


@pytest.mark.parametrize("left", MOMENTS.values(), ids=MOMENTS)
def test_every_frame_shows_its_second(expected: Expected, template: Template, left: int) -> None:
    gif, wanted = template.gif(left, SENTENCE), expected.frames(left, SENTENCE)
    assert differing(parse(gif).frames(), wanted) == []
    assert differing(seen_by_pillow(gif), wanted) == []


@pytest.mark.parametrize("left", MOMENTS.values(), ids=MOMENTS)
def test_it_plays_once_a_frame_a_second_from_a_complete_first_one(template: Template, left: int) -> None:
    file = parse(template.gif(left, SENTENCE))
    first = file.blocks[0]
    assert not file.loops
    assert {block.delay for block in file.blocks} == {100}
    assert (first.left, first.top, first.width, first.height) == (0, 0, 400, 100) and first.transparent is None


def test_frames_are_the_moment_of_the_open_and_those_after_it_but_never_the_end(template: Template) -> None:
    number = {left: len(parse(template.gif(left, SENTENCE)).blocks) for left in (DAY, 61, 60, 59, 2, 1, 0, -5)}
    assert number == {DAY: 61, 61: 61, 60: 61, 59: 60, 2: 3, 1: 2, 0: 1, -5: 1}


def test_no_decoder_meets_two_clears_in_a_row(template: Template) -> None:
    for block in parse(template.gif(8 * DAY + 5, SENTENCE)).blocks:
        found = list(codes(block.data, block.code_size))
        assert all(one != 1 << block.code_size or one != other for one, other in pairwise(found))


@given(left=st.integers(-5, 1000 * DAY - 1), sentence=st.lists(st.sampled_from(SENTENCE), max_size=7))
@settings(max_examples=25)
def test_any_moment_and_any_sentence(expected: Expected, template: Template, left: int, sentence: list[str]) -> None:
    assert differing(parse(template.gif(left, sentence)).frames(), expected.frames(left, sentence)) == []


Sides = tuple[int, int, int, int]

LAYOUTS: dict[str, list[Sides]] = {
    "side by side": [(1, 2, 9, 8), (11, 1, 18, 9), (20, 2, 30, 8)],
    "touching each other and the edges": [(0, 0, 10, 12), (10, 0, 11, 12), (11, 0, 32, 12)],
    "in rows": [(2, 0, 15, 4), (18, 1, 30, 5), (3, 6, 29, 12)],
    "from right to left": [(20, 2, 30, 8), (11, 1, 18, 9), (1, 2, 9, 8)],
    "alone": [(5, 3, 12, 9)],
}
BANDS: dict[str, Sides] = {"inside": (4, 3, 28, 9), "everywhere": (0, 0, 32, 12)}


@pytest.mark.parametrize("areas", LAYOUTS.values(), ids=LAYOUTS)
@given(
    counts=st.lists(st.integers(2, 6), min_size=3, max_size=3),
    band=st.sampled_from(list(BANDS.values())),
    frames=st.integers(1, 40),
    seed=st.integers(0, 1_000),
    chance=st.randoms(use_true_random=False),
)
@settings(max_examples=25)
def test_any_layout_counts_down(
    areas: list[Sides], counts: list[int], band: Sides, frames: int, seed: int, chance: Random
) -> None:
    scene = small(
        [Area(*area) for area in areas], counts[: len(areas)], size=(32, 12), band=Area(*band), frames=frames, seed=seed
    )
    template, expected = compiled(scene), Expected(scene)
    for left in chance.sample(range(scene.limit), 2):
        sentence = chance.choices(list(WORDS), k=chance.randrange(3))
        assert differing(parse(template.gif(left, sentence)).frames(), expected.frames(left, sentence)) == []


def test_a_second_that_changes_nothing_takes_a_second_too() -> None:
    scene = small([Area(1, 2, 9, 8)], [4], size=(32, 12), band=Area(0, 3, 32, 9), frames=9, seed=1)
    (cell,) = scene.cells
    still = replace(scene, cells=(replace(cell, pictures=(*cell.pictures[:2], *cell.pictures[1:3])),))
    assert differing(parse(compiled(still).gif(3, ())).frames(), Expected(still).frames(3, ())) == []


def test_the_same_scene_gives_the_same_bytes(scene: Scene, template: Template) -> None:
    assert compiled(scene) == template
    assert template.gif(8 * DAY, SENTENCE) == template.gif(8 * DAY, list(SENTENCE))


def test_what_cannot_be_shown_is_refused(template: Template) -> None:
    with pytest.raises(KeyError, match="Sat"):
        template.gif(DAY, ["Sat"])
    with pytest.raises(ValueError, match=r"86400000 s are more than the cells can show"):
        template.gif(1000 * DAY, SENTENCE)
    with pytest.raises(ValueError, match=r"pixels wider than its band: draw the words smaller"):
        template.gif(DAY, ["until "] * 12)
