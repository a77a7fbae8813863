"""The countdown layer: the deadline in words for everybody, and what ticks for those who certainly look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from app.engine.deadlines import LIVE, Deadline
from app.render.boxes import Area
from app.render.colors import color
from app.render.design import Design
from app.render.gif.ticking import compiled
from app.render.layers import CountdownLayer, ShapeLayer, TextLayer
from app.render.layers.clocks.layout import UNITS
from app.render.layers.clocks.words import Sentence, label
from app.render.paint import Painter
from app.render.templates import A_MINUTE, HOPELESS, Templates
from app.render.ticking import Countdowns, Ticking, counted
from app.render.troubles import RenderTrouble

ENDS = datetime(2026, 12, 1, tzinfo=UTC)
WORDS = "until {{ ends }}"


def design(**more: Any) -> Design:
    """A small picture with a countdown."""
    told: dict[str, Any] = {"field": "ends", "box": (10, 10, 180, 40), "words": WORDS, "over": "It is over."}
    layers = (ShapeLayer(box=(0, 0, 200, 60), color="#203040"), CountdownLayer(**{**told, **more}))
    return Design("sale", (200, 60), layers=layers, scale=1.0)


def captions(ends: datetime | date | None = ENDS, *, language: str = "en", live: bool = True) -> dict[int, str]:
    return {1: f"{LIVE * live}{Deadline(ends, language)}"}


def ticking(painter: Painter, made: Design | None = None, **more: Any) -> Ticking:
    found = counted(painter, made or design(), {}, captions(**more))
    assert found is not None
    return found


def before(**left: float) -> float:
    """So long before the end, in epoch seconds."""
    return ENDS.timestamp() - timedelta(**left).total_seconds()


def frames(gif: bytes) -> list[Image.Image]:
    picture = Image.open(BytesIO(gif))
    seen = []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        seen.append(picture.convert("RGB"))
    return seen


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("de", "noch bis {{ ends }} Uhr", "noch bis Mo., 30. Nov., 23:59 Uhr"),
        ("en", "until {{ ends }}", "until Mon, Nov 30, 11:59 PM"),
        ("fr", "jusqu’au {{ ends }}", "jusqu’au lun. 30 nov., 23:59"),
        ("ru", "до {{ ends }}", "до пн, 30 нояб., 23:59"),
    ],
)
def test_midnight_is_said_as_the_last_minute_of_its_day(language: str, written: str, said: str) -> None:
    assert "".join(Sentence.of(written, language).words(ENDS)) == said


def test_a_day_is_said_without_an_hour() -> None:
    assert "".join(Sentence.of("bis {{ ends }}", "de").words(date(2026, 11, 30))) == "bis Mo., 30. Nov."


def test_where_the_language_runs_left_words_stand_from_right_to_left_and_hours_do_not() -> None:
    seen = Sentence.of("עד {{ ends }}", "he").seen(datetime(2026, 11, 27, 18, 5))
    assert seen[:2] == ("18:", "05") and seen[-1] == "עד"


@pytest.mark.parametrize("language", ["de", "en", "fr", "ar", "he", "ru", "hi", "th"])
def test_every_deadline_is_made_of_the_words_that_are_drawn_ahead(language: str) -> None:
    sentence = Sentence.of(WORDS, language)
    start = datetime(2024, 2, 27, 11, 58)
    for step in range(0, 900 * 24, 7):
        assert sentence.pieces.issuperset(sentence.seen(start + timedelta(hours=step, minutes=step % 61)))


@pytest.mark.parametrize(
    ("language", "forms"),
    [("de", ["Tage", "Tag", "Tage"]), ("ru", ["дней", "день", "дня"]), ("he", ["ימים", "יום", "ימים"])],
)
def test_units_have_their_plural_forms_and_no_number_of_their_own(language: str, forms: list[str]) -> None:
    assert [label("day", value, language, "long") for value in (0, 1, 2)] == forms


def test_the_last_frame_is_what_is_painted_for_everybody_else(painter: Painter) -> None:
    """The same words in the same place, give or take how letters are spaced across words; white on the dark panel."""
    made = ticking(painter)
    *_, rest = frames(compiled(made.scene(0)).gif(made.left(before(hours=1)), made.words))
    still = Image.open(BytesIO(painter.paint(design(), {}, captions(), format="png"))).convert("RGB")
    one, other = (frame.convert("L").point([0] * 128 + [255] * 128) for frame in (rest, still))
    places = [frame.getbbox() or () for frame in (one, other)]
    assert all(abs(here - there) <= 3 for here, there in zip(*places, strict=True))
    assert sum(one.tobytes()) == pytest.approx(sum(other.tobytes()), rel=0.1)


def test_who_may_tick_and_who_may_not_share_the_still_picture(painter: Painter) -> None:
    keys = {painter.key(design(), {}, captions(live=live), format="gif") for live in (True, False)}
    assert len(keys) == 1
    assert counted(painter, design(), {}, captions(live=False)) is None
    assert counted(painter, design(), {}, captions(date(2026, 11, 30))) is None


def test_what_has_passed_says_so_or_nothing(painter: Painter) -> None:
    plain = painter.paint(design(over=None), {}, captions(None), format="png")
    said = painter.paint(design(), {}, captions(None), format="png")
    empty = painter.paint(Design("sale", (200, 60), layers=design().layers[:1], scale=1.0), {}, {}, format="png")
    assert plain == empty != said


@pytest.mark.parametrize(("style", "ink"), [("boxes", "#ffffff"), ("flip", "#c8102e"), ("plain", "#ffffff")])
def test_names_of_units_are_seen_on_what_they_stand_on(painter: Painter, style: str, ink: str) -> None:
    layer = design(style=style, fill="#c8102e").layers[1]
    assert isinstance(layer, CountdownLayer)
    assert layer.clock(Deadline(None, "en"), painter.type, 1.0).layout(UNITS).look.label_ink == color(ink)


@pytest.mark.parametrize("style", ["boxes", "flip", "plain"])
@pytest.mark.parametrize("labels", [True, False])
def test_the_clock_runs_down_and_ends_on_what_is_true_then(painter: Painter, style: str, labels: bool) -> None:
    made = ticking(painter, design(style=style, labels=labels))
    template = compiled(made.scene(0))
    long, short = frames(template.gif(3601, made.words)), frames(template.gif(3, made.words))
    assert (len(long), len(short)) == (61, 4)
    assert len({frame.tobytes() for frame in long}) == 61
    plate = painter.paint(design(style=style, labels=labels), {}, captions(None), format="gif")
    assert ImageChops.difference(short[-1], frames(plate)[0]).convert("L").getextrema()[1] < 48


@pytest.mark.parametrize("style", ["boxes", "flip", "plain"])
def test_figures_joined_by_colons_run_to_the_right_in_every_language(painter: Painter, style: str) -> None:
    made = design(style=style, labels=False, align="center")
    clocks = []
    for language in ("en", "he", "ar"):
        clock = ticking(painter, made, language=language)
        clocks.append(frames(compiled(clock.scene(0)).gif(5 * 3600 + 10 * 60 + 30, clock.words))[0].convert("RGB"))
    for other in clocks[1:]:  # each palette has room for the words of its language
        assert ImageChops.difference(clocks[0], other).convert("L").getextrema()[1] < 16, "05:10:30 has one reading"


def test_units_of_which_none_is_left_are_dropped_where_that_is_wanted(painter: Painter) -> None:
    kept, dropped = ticking(painter), ticking(painter, design(leading_zeros="drop"))
    lefts = [before(days=120), before(days=2), before(hours=23), before(minutes=59), before(seconds=59), before()]
    assert [kept.first(now) for now in lefts] == [None, 0, 0, 0, 0, 0]
    assert [dropped.first(now) for now in lefts] == [None, 0, 1, 2, 3, 3]


def test_seconds_are_counted_from_the_open_up_and_never_reach_zero(painter: Painter) -> None:
    assert [ticking(painter).left(before(seconds=left)) for left in (0.2, 1.0, 1.2)] == [1, 1, 2]


def test_a_thousand_deadlines_are_joined_from_one_template(painter: Painter) -> None:
    templates = Templates(None)
    countdowns = Countdowns(painter, templates)
    for hour in range(1000):
        ends = ENDS + timedelta(hours=hour)
        made = ticking(painter, ends=ends)
        if hour == 0:
            countdowns.make(made, before(hours=5))
            weight = templates.weight
        picture = countdowns.picture(made, "key", ends.timestamp() - 300 - hour)
        assert picture is not None and picture.body[:6] == b"GIF89a"
    assert templates.weight == weight


def test_another_start_reads_what_was_compiled(painter: Painter, tmp_path: Path) -> None:
    now, made = before(hours=5), ticking(painter)
    first = Countdowns(painter, Templates(tmp_path))
    first.make(made, now, lasting=True)
    again = Countdowns(painter, Templates(tmp_path))
    again.make(made._replace(scene=lambda _: pytest.fail("it was compiled before")), now)
    one, other = first.picture(made, "key", now), again.picture(made, "key", now)
    assert one is not None and one == other


def test_files_that_nobody_reads_any_more_go(painter: Painter, tmp_path: Path) -> None:
    templates = Templates(tmp_path / "kept")
    Countdowns(painter, templates).make(ticking(painter), before(hours=5), lasting=True)
    (file,) = (tmp_path / "kept").iterdir()
    templates.tidy(file.stat().st_mtime + 86_400)
    assert file.exists()
    templates.tidy(file.stat().st_mtime + 31 * 86_400)
    assert not file.exists()


def test_what_an_open_asked_for_is_not_written_down(painter: Painter, tmp_path: Path) -> None:
    countdowns, made, now = Countdowns(painter, Templates(tmp_path / "kept")), ticking(painter), before(hours=5)
    countdowns.make(made, now)
    assert countdowns.picture(made, "key", now) is not None
    assert not (tmp_path / "kept").exists()


def test_what_many_wait_for_leaves_room_for_others() -> None:
    templates = Templates(None)
    assert all(templates.admitted("one", 0.0) for _ in range(10 * A_MINUTE))
    assert templates.admitted("other", 1.0)


def test_what_cannot_be_compiled_is_remembered_within_bounds() -> None:
    templates = Templates(None)
    for number in range(3 * HOPELESS + 1):
        with pytest.raises(ZeroDivisionError):
            templates.made(str(number), lambda: 1 / 0, lasting=False)  # type: ignore[arg-type,return-value]
    refused = [str(number) for number in range(3 * HOPELESS + 1) if not templates.admitted(str(number), number * 60.0)]
    assert len(refused) == 1


def test_texts_that_are_new_to_every_open_do_not_take_a_core(painter: Painter) -> None:
    countdowns = Countdowns(painter, Templates(None))
    now = before(hours=5)

    def missing(name: str, at: float) -> str | None:
        layers = (*design().layers, TextLayer(text=name, box=(0, 0, 100, 10), size=8))
        found = counted(painter, Design("sale", (200, 60), layers=layers, scale=1.0), {}, {**captions(), 2: name})
        assert found is not None
        return countdowns.missing(found, at)

    names = [missing(f"Ann {number}", now) for number in range(A_MINUTE + 3)]
    assert [name is not None for name in names] == [True] * A_MINUTE + [False] * 3
    assert missing("Bea", now + 61) is not None


def test_what_cannot_tick_is_not_tried_again(painter: Painter) -> None:
    countdowns, made = Countdowns(painter, Templates(None)), ticking(painter, design(box=(10, 10, 40, 12)))
    with pytest.raises(RenderTrouble, match="make the box wider"):
        countdowns.make(made, before(hours=5))
    assert countdowns.missing(made, before(hours=5)) is None


def test_cards_stand_beside_each_other_inside_their_box(painter: Painter) -> None:
    box = Area(10, 10, 190, 50)
    for align in ("start", "center", "end"):
        layer = design(align=align).layers[1]
        assert isinstance(layer, CountdownLayer)
        for language in ("en", "ar"):
            areas = layer.clock(Deadline(None, language), painter.type, 1.0).layout(UNITS).areas
            assert all(area.common(box) == area for area in areas)
            assert not any(one.meets(other) for one in areas for other in areas if one is not other)
            assert (sorted(areas) == list(areas)) == (language == "en")


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("de", "Europe/Berlin", "noch bis Fr., 26. Nov. 2027, 23:59 Uhr, Berlin (Ortszeit)"),
        ("en", "Europe/Berlin", "until Fri, Nov 26, 2027, 11:59 PM (Berlin Time)"),
        ("en", "America/New_York", "until Fri, Nov 26, 2027, 11:59 PM (New York Time)"),
        ("en", "UTC", "until Fri, Nov 26, 2027, 11:59 PM (UTC)"),
        ("en", "", "until Fri, Nov 26, 2027, 11:59 PM"),
    ],
)
def test_a_deadline_far_off_has_its_year_and_one_on_anothers_clock_its_zone(
    language: str, zone: str, said: str
) -> None:
    written = {"de": "noch bis {{ ends }} Uhr", "en": "until {{ ends }}"}[language]
    sentence = Sentence.of(written, language, zone, dated=True)
    assert "".join(sentence.words(datetime(2027, 11, 26, 23, 59))) == said
