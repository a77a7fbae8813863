"""The library: a change is rehearsed and taken over whole, or not at all; the last good set survives everything."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from app.authoring.library import Edition, Library, Reload
from app.authoring.sets import Sets
from app.authoring.toolbox import Toolbox
from app.wiring import makers
from app.wiring.world import World
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import GOOD_SITE

Open = Callable[..., Library]
ADVENT = "rules/advent.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The good site with a picture in it."""
    folder = Path(shutil.copytree(GOOD_SITE, tmp_path / "site"))
    (folder / "assets").mkdir()
    Image.new("RGB", (60, 30), "#c8102e").save(folder / "assets" / "logo.png")
    hero = folder / "placeholders" / "hero.yaml"
    layer = "  - picture: {picture: logo.png, box: [0, 0, 60, 30]}\n"
    hero.write_text(hero.read_text(encoding="utf-8") + layer, encoding="utf-8")
    return folder


@pytest.fixture
def opened(world: World, toolbox: Toolbox, site: Path, tmp_path: Path) -> Open:
    """Opens the site's library, as a process does when it starts."""

    def library(sets: Sets | None = None) -> Library:
        there = sets or Sets(tmp_path / "state")
        return Library(site, there, toolbox, lambda folder: makers.preflight(world, folder))

    return library


def write(site: Path, path: str, text: str) -> None:
    (site / path).write_text(text, encoding="utf-8")


def swap(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text(encoding="utf-8")
    assert old in text
    write(site, path, text.replace(old, new))


def begun(library: Library) -> Edition:
    """What a server that starts serves, and says so."""
    found = library.start().edition or library.last_good()
    assert found is not None
    library.confirm(found)
    return found


def edition(reload: Reload | None) -> Edition:
    assert reload is not None
    assert reload.edition is not None, reload.problems.render()
    return reload.edition


def refused(reload: Reload | None) -> list[str]:
    assert reload is not None
    assert reload.edition is None
    assert reload.outcome == "refused"
    return [one.code for one in reload.problems.mistakes]


def rules(served: Edition) -> list[str]:
    return [rule.name for rule in served.site.placeholders["hero"].campaigns["advent"].ruleset.rules]


def test_a_good_site_is_taken_once_and_not_looked_at_again(opened: Open, site: Path) -> None:
    library = opened()
    first = library.start()
    assert first.outcome == "taken"
    assert rules(edition(first)) == ["evening"]
    assert library.look() is None


def test_a_good_change_makes_a_new_edition(opened: Open, site: Path) -> None:
    library = opened()
    before = edition(library.start())
    swap(site, ADVENT, "name: evening", "name: late-evening")
    after = edition(library.look())
    assert rules(after) == ["late-evening"]
    assert after.site.digest != before.site.digest
    assert rules(before) == ["evening"], "an edition never changes"


def test_a_bad_change_is_refused_with_its_problems_and_told_once(opened: Open, site: Path) -> None:
    library = opened()
    library.start()
    swap(site, ADVENT, "time.daypart: evening", "time.daypart: lunch")
    assert refused(library.look()) == ["unknown-choice"]
    assert library.look() is None
    swap(site, ADVENT, "time.daypart: lunch", "time.daypart: noon")
    assert rules(edition(library.look())) == ["evening"]


def test_an_example_that_fails_is_reason_enough_to_keep_the_last_good_set(opened: Open, site: Path) -> None:
    library = opened()
    library.start()
    example = "examples:\n  - {given: {time.daypart: noon}, expect: {rule: evening}}\n"
    write(site, ADVENT, (site / ADVENT).read_text(encoding="utf-8") + example)
    assert refused(library.look()) == ["example-fails"]


def test_a_restart_with_a_broken_folder_serves_the_last_good_set(opened: Open, site: Path) -> None:
    before = begun(opened())
    write(site, ADVENT, "placeholder: [hero\n")
    library = opened()
    assert refused(library.start())
    again = library.last_good()
    assert again is not None
    assert again.folder == before.folder
    assert again.site.digest == before.site.digest
    assert rules(again) == ["evening"]


def test_an_edition_that_nobody_could_serve_is_not_the_last_good_one(opened: Open, site: Path) -> None:
    before = begun(opened())
    swap(site, ADVENT, "name: evening", "name: dusk")
    assert rules(edition(opened().start())) == ["dusk"]
    found = opened().last_good()
    assert found is not None
    assert found.folder == before.folder


def test_a_restart_without_the_folder_serves_the_last_good_set(opened: Open, site: Path) -> None:
    begun(opened())
    shutil.rmtree(site)
    library = opened()
    assert refused(library.start()) == ["missing-file"]
    again = library.last_good()
    assert again is not None
    assert rules(again) == ["evening"]


def test_after_such_a_restart_the_mended_folder_is_taken(opened: Open, site: Path) -> None:
    begun(opened())
    good = (site / ADVENT).read_text(encoding="utf-8")
    write(site, ADVENT, "placeholder: [hero\n")
    library = opened()
    begun(library)
    write(site, ADVENT, good.replace("name: evening", "name: dusk"))
    assert rules(edition(library.look())) == ["dusk"]


def test_a_first_start_with_a_broken_folder_has_nothing_to_serve(opened: Open, site: Path) -> None:
    write(site, ADVENT, "placeholder: [hero\n")
    assert refused(opened().start())


def test_a_last_good_set_that_is_good_no_longer_is_not_served(opened: Open, site: Path, tmp_path: Path) -> None:
    """A newer release may refuse what an older one took."""
    write(site, ADVENT, "placeholder: [hero\n")
    sets = Sets(tmp_path / "state")
    sets.confirm(sets.keep(*sets.stage(site)))
    assert sets.last_good() is not None
    assert opened(sets).last_good() is None


def test_a_half_saved_file_changes_nothing(opened: Open, site: Path) -> None:
    library = opened()
    served = edition(library.start())
    whole = (site / ADVENT).read_text(encoding="utf-8").replace("name: evening", "name: night")
    write(site, ADVENT, whole[: whole.index("show:") + 20])
    assert refused(library.look())
    assert (served.folder / ADVENT).read_text(encoding="utf-8").count("name: evening") == 1
    write(site, ADVENT, whole)
    assert rules(edition(library.look())) == ["night"]


def test_a_picture_replaced_by_garbage_is_refused_and_the_served_one_stays_whole(opened: Open, site: Path) -> None:
    library = opened()
    served = edition(library.start())
    (site / "assets/logo.png").write_bytes(b"\x89PNG\r\n\x1a\n half a picture")
    assert refused(library.look()) == ["asset"]
    with Image.open(served.folder / "assets/logo.png") as picture:
        assert picture.size == (60, 30)


def test_a_folder_that_is_being_saved_to_at_this_moment_is_looked_at_again(
    opened: Open, site: Path, tmp_path: Path
) -> None:
    class Meanwhile(Sets):
        """Somebody saves a file while the copy is made."""

        saves = 0

        def stage(self, folder: Path) -> tuple[str, Path]:
            found = super().stage(folder)
            if self.saves:
                self.saves -= 1
                swap(folder, ADVENT, "name: evening", "name: later-evening")
            return found

    sets = Meanwhile(tmp_path / "state")
    library = opened(sets)
    library.start()
    swap(site, ADVENT, "name: evening", "name: evening  # soon more")
    sets.saves = 1
    assert library.look() is None
    assert rules(edition(library.look())) == ["later-evening"]
    assert len([path for path in (tmp_path / "state").iterdir() if path.is_dir()]) == 2


class DamagedDisk(Sets):
    """A disk that cannot read `rules/new.yaml`; permissions would not keep root from it."""

    def stage(self, site: Path) -> tuple[str, Path]:
        damaged = site / "rules/new.yaml"
        if damaged.exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(damaged))
        return super().stage(site)


def test_a_file_that_cannot_be_read_is_told_once_and_tried_again(opened: Open, site: Path, tmp_path: Path) -> None:
    library = opened(DamagedDisk(tmp_path / "state"))
    library.start()
    write(site, "rules/new.yaml", "placeholder: hero\n")
    told = library.look()
    assert refused(told) == ["unreadable"]
    assert [one.file for one in told.problems] == ["rules/new.yaml"]  # type: ignore[union-attr]
    assert library.look() is None
    (site / "rules/new.yaml").unlink()
    swap(site, ADVENT, "name: evening", "name: dusk")
    assert rules(edition(library.look())) == ["dusk"]


def test_a_state_directory_in_trouble_keeps_the_server_serving(opened: Open, site: Path, tmp_path: Path) -> None:
    library = opened()
    library.start()
    shutil.rmtree(tmp_path / "state")
    (tmp_path / "state").write_text("a file in the way", encoding="utf-8")
    swap(site, ADVENT, "name: evening", "name: dusk")
    assert refused(library.look()) == ["unreadable"]
    (tmp_path / "state").unlink()
    assert rules(edition(library.look())) == ["dusk"]


def test_a_start_with_a_state_directory_in_trouble_serves_the_folder_itself(
    opened: Open, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file in the way", encoding="utf-8")
    library = opened()
    first = library.start()
    assert (first.outcome, edition(first).folder) == ("in-place", site)
    assert [one.code for one in first.problems.mistakes] == ["unreadable"]
    assert "ONOPEN_STATE_DIR" in first.problems.render()
    (tmp_path / "state").unlink()
    assert edition(library.look()).folder != site


class FullDisk(Sets):
    """Sets that have no room for another one, until they have."""

    full = True

    def keep(self, digest: str, staged: Path) -> Path:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device", str(staged))
        return super().keep(digest, staged)


def test_a_set_for_which_there_is_no_room_is_told_once_and_tried_again(
    opened: Open, site: Path, tmp_path: Path
) -> None:
    sets = FullDisk(tmp_path / "state")
    library = opened(sets)
    assert library.start().outcome == "in-place"
    assert library.look() is None
    sets.full = False
    assert rules(edition(library.look())) == ["evening"]
    assert library.look() is None


def test_a_broken_rule_file_leaves_the_site_its_home_and_a_broken_site_file_does_not(opened: Open, site: Path) -> None:
    swap(site, ADVENT, "rules:", "rulez:")
    assert opened().start().home == "https://shop.example/"
    swap(site, "rules/site.yaml", "home:", "hom:")
    assert opened().start().home == ""


def test_workers_that_look_at_the_same_moment_serve_the_same_set(opened: Open, site: Path, tmp_path: Path) -> None:
    libraries = [opened() for _ in range(6)]
    with ThreadPoolExecutor(6) as workers:
        first = [edition(reload) for reload in workers.map(Library.start, libraries)]
        swap(site, ADVENT, "name: evening", "name: dusk")
        second = [edition(reload) for reload in workers.map(Library.look, libraries)]
    assert len({one.folder for one in first}) == len({one.folder for one in second}) == 1
    assert all(rules(one) == ["dusk"] for one in second)
    assert {path.name for path in (tmp_path / "state").iterdir() if path.is_dir()} == {
        first[0].folder.name,
        second[0].folder.name,
    }


def test_a_link_out_of_the_folder_is_told_by_its_place_in_the_site_and_never_served(
    opened: Open, site: Path, tmp_path: Path, check_site: CheckSite
) -> None:
    (tmp_path / "secret").write_text("password: hunter2", encoding="utf-8")
    (site / "rules/secret.yaml").symlink_to(tmp_path / "secret")
    (problem,) = check_site(site).problems
    assert (problem.file, problem.code) == ("rules/secret.yaml", "unreadable")
    assert "hunter2" not in problem.render()
    assert refused(opened().start()) == ["unreadable"]


def test_check_of_an_empty_folder_asks_for_the_one_file_that_every_site_has(
    tmp_path: Path, check_site: CheckSite
) -> None:
    checked = check_site(tmp_path / "nowhere")
    assert [one.code for one in checked.problems] == ["missing-file"]
    assert not checked.good
