"""The assets folder: nothing outside it can be named, what changes is noticed, what is missing is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from app.render.assets import ABSENT, Assets
from app.render.examining import Examiner
from app.render.intake import Header
from app.render.pictures import examined
from app.render.troubles import AssetTrouble
from tests.render.files import RED, SOUND, moving


@pytest.mark.parametrize(
    "path", ["../secret.png", "/etc/passwd", "a/../../secret.png", "C:/secret.png", "~/secret.png", "", " ", "a\0b"]
)
def test_a_path_never_leads_out_of_the_folder(folder: Path, path: str) -> None:
    (folder.parent / "secret.png").write_bytes(SOUND["PNG"])
    assert Assets([folder]).digest(path) == ABSENT
    with pytest.raises(AssetTrouble):
        Assets([folder]).picture(path)


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_followed(folder: Path) -> None:
    (folder.parent / "secret.png").write_bytes(SOUND["PNG"])
    (folder / "out.png").symlink_to(folder.parent / "secret.png")
    (folder / "in.png").symlink_to(folder / "quarters.png")
    assets = Assets([folder])
    assert "out of the assets folder" in assets.examine("out.png").problem
    assert assets.examine("in.png").ok


def test_backslashes_are_refused_with_the_path_as_it_should_be(folder: Path) -> None:
    assert Assets([folder]).examine("hero\\rain.jpg").remedy == "write hero/rain.jpg"


def test_examining_tells_what_an_asset_is(folder: Path) -> None:
    found = Assets([folder]).examine("dusk.jpg")
    assert (found.ok, found.format, found.width, found.height, found.mode, found.frames) == (
        True,
        "JPEG",
        1200,
        600,
        "RGB",
        1,
    )
    assert found.bytes == (folder / "dusk.jpg").stat().st_size
    (folder / "moving.gif").write_bytes(moving("GIF"))
    assert Assets([folder]).examine("moving.gif").frames > 1


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("quarter.png", "did you mean quarters.png?"),
        ("Quarters.png", "did you mean quarters.png?"),
        ("hero/quarters.png", "did you mean quarters.png?"),
        ("quarters.jpg", "did you mean quarters.png?"),
        ("something/else.webp", "copy the file into assets/"),
    ],
)
def test_a_missing_asset_is_told_with_the_likeliest_one(folder: Path, path: str, remedy: str) -> None:
    found = Assets([folder]).examine(path)
    assert not found.ok
    assert found.remedy == remedy


def test_the_first_folder_that_has_a_file_wins(tmp_path: Path) -> None:
    for name, ink in (("one", "red"), ("two", "blue")):
        (tmp_path / name).mkdir()
        Image.new("RGB", (2, 2), ink).save(tmp_path / name / "a.png")
    Image.new("RGB", (2, 2), "lime").save(tmp_path / "two" / "b.png")
    assets = Assets([tmp_path / "one", tmp_path / "two"])
    assert assets.picture("a.png").image.getpixel((0, 0)) == RED
    assert assets.picture("b.png").image.getpixel((0, 0)) == (0, 255, 0)


def test_a_picture_is_decoded_once(folder: Path) -> None:
    assets = Assets([folder])
    assert assets.picture("dusk.jpg") is assets.picture("dusk.jpg")


def test_more_pictures_than_there_is_room_for_are_still_served(folder: Path) -> None:
    assets = Assets([folder], decoded_bytes=1000)
    assert assets.picture("dusk.jpg").size == assets.size("dusk.jpg") == (1200, 600)


def test_a_digest_stays_until_the_file_is_read_again(folder: Path) -> None:
    assets = Assets([folder])
    before = assets.digest("quarters.png")
    assert before == assets.digest("quarters.png") != ABSENT
    Image.new("RGB", (4, 4), "lime").save(folder / "quarters.png")
    assert assets.digest("quarters.png") == before
    assert assets.picture("quarters.png").size == (4, 4)
    assert assets.digest("quarters.png") == Assets([folder]).digest("quarters.png") != before


def test_after_stock_was_taken_no_digest_needs_the_disk(folder: Path) -> None:
    assets = Assets([folder])
    assets.take_stock()
    expected = Assets([folder]).digest("logo.png")
    shutil.rmtree(folder)
    assert assets.digest("logo.png") == expected != ABSENT


def test_what_is_meant_by_a_missing_file_is_searched_for_by_check_alone(folder: Path) -> None:
    assets = Assets([folder])
    assert assets.digest("duks.jpg") == ABSENT
    with pytest.raises(AssetTrouble, match="no such file") as caught:
        assets.picture("duks.jpg")
    assert caught.value.remedy == "copy the file into assets/"
    assert assets.examine("duks.jpg").remedy == "did you mean dusk.jpg?"


def test_a_damaged_file_is_refused_again_without_being_decoded_again(folder: Path) -> None:
    (folder / "bad.jpg").write_bytes(SOUND["JPEG"][:-100])
    assets = Assets([folder])
    troubles = []
    for _ in range(2):
        with pytest.raises(AssetTrouble) as caught:
            assets.picture("bad.jpg")
        troubles.append(caught.value)
    assert troubles[0].found == troubles[1].found and troubles[0].remedy == "export it again"


def test_each_content_is_examined_once_wherever_it_lies(folder: Path) -> None:
    """What is refused as well, since a site is checked again at each change."""
    looked: list[bytes] = []

    def look(blob: bytes) -> Header:
        looked.append(blob)
        return examined(blob)

    (folder / "bad.png").write_bytes(b"no picture")
    copied = shutil.copytree(folder, folder.parent / "copy")
    examiner = Examiner(look)
    for name in ("logo.png", "bad.png"):
        found = [Assets([root], examine=examiner).examine(name) for root in (folder, copied)]
        assert found == [Assets([folder]).examine(name)] * 2
    assert len(looked) == 2
