"""Sets: complete copies of a site, one of them the last good one, whoever else is at work in the same directory."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PosixPath

import pytest

from app.authoring.documents.folder import content_of
from app.authoring.sets import (
    ABANDONED_S,
    KEPT,
    KEPT_FOR_RECEIPTS,
    POINTER,
    STAGED,
    Sets,
    digest_of,
    files,
    fingerprint,
)


def site(folder: Path, text: str = "home: https://shop.example/\n") -> Path:
    for path, content in (("rules/site.yaml", text), ("placeholders/hero.yaml", "size: [600, 300]\n")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return site(tmp_path / "shop")


@pytest.fixture
def sets(tmp_path: Path) -> Sets:
    return Sets(tmp_path / "state")


def kept(sets: Sets, folder: Path) -> tuple[str, Path]:
    digest, staged = sets.stage(folder)
    kept = sets.keep(digest, staged)
    sets.confirm(kept)
    return digest, kept


def folders(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "state").iterdir() if path.is_dir())


def test_a_set_is_a_copy_of_the_three_folders_without_what_is_hidden(shop: Path, sets: Sets) -> None:
    (shop / "rules/.site.yaml.swp").write_text("half", encoding="utf-8")
    (shop / "README.md").write_text("none of its business", encoding="utf-8")
    (shop / "assets/hero").mkdir(parents=True)
    (shop / "assets/hero/rain.jpg").write_bytes(b"\xff\xd8")
    _, folder = kept(sets, shop)
    copied = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert copied == ["assets/hero/rain.jpg", "placeholders/hero.yaml", "rules/site.yaml"]


def test_the_digest_names_the_content_and_nothing_else(tmp_path: Path, shop: Path, sets: Sets) -> None:
    digest, _ = sets.stage(shop)
    os.utime(shop / "rules/site.yaml", (0, 0))
    assert sets.stage(shop)[0] == digest
    assert sets.stage(site(tmp_path / "other"))[0] == digest
    (shop / "rules/site.yaml").rename(shop / "rules/sites.yaml")
    renamed = sets.stage(shop)[0]
    site(shop, "home: https://other.example/\n")
    assert len({digest, renamed, sets.stage(shop)[0]}) == 3


def test_the_last_set_that_was_kept_is_found_again_after_a_restart(tmp_path: Path, shop: Path, sets: Sets) -> None:
    assert sets.last_good() is None
    first = kept(sets, shop)
    assert Sets(tmp_path / "state").last_good() == first
    second = kept(sets, site(shop, "home: https://other.example/\n"))
    assert Sets(tmp_path / "state").last_good() == second != first


def test_a_set_is_a_good_one_when_it_was_confirmed(shop: Path, sets: Sets) -> None:
    digest, staged = sets.stage(shop)
    assert sets.last_good() is None
    folder = sets.keep(digest, staged)
    assert sets.last_good() is None
    sets.confirm(folder)
    assert sets.last_good() == (digest, folder)


def damage_by_change(folder: Path) -> None:
    (folder / "rules/site.yaml").write_text("home: https://elsewhere.example/\n", encoding="utf-8")


def damage_by_loss(folder: Path) -> None:
    (folder / "placeholders/hero.yaml").unlink()


@pytest.mark.parametrize("damage", [damage_by_change, damage_by_loss])
def test_a_damaged_set_is_no_good_one_and_the_same_content_makes_it_whole(
    damage: Callable[[Path], None], tmp_path: Path, shop: Path, sets: Sets
) -> None:
    digest, folder = kept(sets, shop)
    damage(folder)
    assert sets.last_good() is None
    assert kept(sets, shop) == (digest, folder)
    assert sets.last_good() == (digest, folder)
    assert digest_of(folder) == digest
    assert folders(tmp_path) == [folder]


def test_a_link_stays_what_it_is_to_the_check(tmp_path: Path, shop: Path, sets: Sets) -> None:
    """What is linked inside is copied, as mounted volumes need it; what leads out or nowhere is never followed."""
    (tmp_path / "secret").write_text("password", encoding="utf-8")
    (shop / "rules/..data").mkdir()
    (shop / "rules/..data/spring.yaml").write_text("placeholder: hero\n", encoding="utf-8")
    (shop / "assets/photos").mkdir(parents=True)
    (shop / "assets/photos/rain.png").write_bytes(b"\x89PNG")
    for link, target in (
        ("rules/spring.yaml", "..data/spring.yaml"),
        ("rules/out.yaml", tmp_path / "secret"),
        ("rules/lost.yaml", "nowhere.yaml"),
        ("assets/pictures", shop / "assets/photos"),
    ):
        (shop / link).symlink_to(target)
    _, folder = kept(sets, shop)
    assert not (folder / "rules/spring.yaml").is_symlink()
    assert (folder / "assets/pictures/rain.png").resolve() == folder / "assets/photos/rain.png"
    for name, said in (("out", "leads out"), ("lost", "No such file")):
        for place in (shop, folder):
            with pytest.raises(OSError, match=said):
                content_of(place / f"rules/{name}.yaml", place)


class Damaged(PosixPath):
    """A file that can be opened, and that the disk cannot read; permissions would not keep root from it."""

    def read_bytes(self) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_file_that_cannot_be_read_is_named(shop: Path) -> None:
    damaged = Damaged(shop / "rules/site.yaml")
    with pytest.raises(OSError, match="Input/output") as caught:
        content_of(damaged, shop)
    assert caught.value.filename == str(damaged)


def test_a_part_that_is_mounted_from_elsewhere_is_copied(tmp_path: Path, shop: Path, sets: Sets) -> None:
    (shop / "rules").rename(tmp_path / "volume")
    (shop / "rules").symlink_to(tmp_path / "volume")
    _, folder = kept(sets, shop)
    assert (folder / "rules/site.yaml").read_bytes() == (tmp_path / "volume/site.yaml").read_bytes()
    assert not (folder / "rules/site.yaml").is_symlink()


@pytest.mark.parametrize("pointer", ["", "0123456789abcdef", "../../etc", "\ufeff", "kein Hash"])
def test_a_pointer_to_nothing_is_no_good_set(pointer: str, tmp_path: Path, sets: Sets) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / POINTER).write_text(pointer, encoding="utf-8")
    assert sets.last_good() is None


def test_two_workers_that_stage_the_same_site_end_with_one_set(tmp_path: Path, shop: Path, sets: Sets) -> None:
    other = Sets(tmp_path / "state")
    (digest, mine), (same, theirs) = sets.stage(shop), other.stage(shop)
    assert digest == same
    assert mine != theirs
    assert sets.keep(digest, mine) == other.keep(same, theirs)
    assert folders(tmp_path) == [tmp_path / "state" / digest]


def test_sets_that_nobody_serves_any_more_are_tidied_away(tmp_path: Path, shop: Path, sets: Sets) -> None:
    digests = []
    for number in range(KEPT + 3):
        digest, folder = kept(sets, site(shop, f"home: https://shop{number}.example/\n"))
        os.utime(folder, (number, number))
        digests.append(digest)
    assert {path.name for path in folders(tmp_path)} == set(digests[-KEPT:])


def test_going_back_to_an_older_set_makes_it_the_last_good_one(tmp_path: Path, shop: Path, sets: Sets) -> None:
    first = kept(sets, shop)
    kept(sets, site(shop, "home: https://other.example/\n"))
    assert kept(sets, site(shop)) == first
    assert sets.last_good() == first
    assert len(folders(tmp_path)) == 2


def test_what_another_worker_has_just_staged_is_left_to_it(tmp_path: Path, shop: Path, sets: Sets) -> None:
    staged = [Sets(tmp_path / "state").stage(shop)[1] for _ in range(KEPT + 3)]
    kept(sets, shop)
    assert all((one / "rules/site.yaml").is_file() for one in staged)


def served_at(tmp_path: Path, shop: Path, *ages_d: float, receipts_d: float = 30) -> list[str]:
    """Sets that were taken over so many days ago, and one that is taken over now."""
    sets, digests = Sets(tmp_path / "state", receipts_s=receipts_d * 86_400), []
    for age in (*ages_d, 0.0):
        digest, staged = sets.stage(site(shop, f"home: https://shop{len(digests)}.example/\n"))
        folder = sets.keep(digest, staged)
        then = folder.stat().st_mtime - age * 86_400
        os.utime(folder, (then, then))
        digests.append(digest)
    sets.confirm(folder, receipts=True)
    return digests


def test_a_set_stays_for_as_long_as_a_receipt_may_name_it(tmp_path: Path, shop: Path) -> None:
    """The third was served until 29 days ago, the second until 31: nothing that it showed has a receipt any more."""
    digests = served_at(tmp_path, shop, 90, 40, 31, 29, 20, 10)
    assert {path.name for path in folders(tmp_path)} == set(digests[2:])
    assert Sets.find(tmp_path, digests[2]) is None
    (tmp_path / "state").rename(tmp_path / "site-one")
    assert Sets.find(tmp_path, digests[2]) == tmp_path / "site-one" / digests[2]
    (tmp_path / "site-one" / digests[2] / "rules/site.yaml").write_text("changed", encoding="utf-8")
    assert Sets.find(tmp_path, digests[2]) is Sets.find(tmp_path, "../site-one") is None


@pytest.mark.parametrize(("receipts_d", "stay_from"), [(1, 4), (25, 3), (400, 0)])
def test_where_receipts_are_kept_for_another_time_sets_are_too(
    tmp_path: Path, shop: Path, receipts_d: float, stay_from: int
) -> None:
    """The newest three stay whatever is set."""
    digests = served_at(tmp_path, shop, 90, 40, 31, 29, 20, 10, receipts_d=receipts_d)
    assert {path.name for path in folders(tmp_path)} == set(digests[stay_from:])


def test_not_every_set_of_a_busy_month_stays(tmp_path: Path, shop: Path) -> None:
    digests = served_at(tmp_path, shop, *(20 - number / 10 for number in range(KEPT_FOR_RECEIPTS + 5)))
    assert {path.name for path in folders(tmp_path)} == set(digests[-KEPT_FOR_RECEIPTS:])


def test_what_a_killed_process_left_staged_is_tidied_away(tmp_path: Path, shop: Path, sets: Sets) -> None:
    _, staged = sets.stage(shop)
    then = staged.stat().st_mtime - ABANDONED_S - 60
    os.utime(staged, (then, then))
    kept(sets, shop)
    assert not staged.exists()
    assert not [path for path in folders(tmp_path) if path.name.startswith(STAGED)]


def test_sites_that_share_a_directory_do_not_meet(tmp_path: Path, shop: Path) -> None:
    mine, theirs = Sets.of(shop, tmp_path), Sets.of(site(tmp_path / "other"), tmp_path)
    kept(mine, shop)
    assert theirs.last_good() is None


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """A disk on which this process can write no file of more bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path, shop: Path, sets: Sets) -> None:
    (shop / "rules/site.yaml").write_bytes(bytes(1_000))
    with room_for(500), pytest.raises(OSError, match="too large"):
        sets.stage(shop)
    assert folders(tmp_path) == []


def test_a_directory_that_cannot_be_made_is_said(tmp_path: Path, shop: Path) -> None:
    (tmp_path / "state").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(OSError, match="state"):
        Sets(tmp_path / "state").stage(shop)


def test_many_workers_at_once_leave_one_whole_set(tmp_path: Path, shop: Path) -> None:
    def work(_: int) -> Path:
        return kept(Sets(tmp_path / "state"), shop)[1]

    with ThreadPoolExecutor(8) as workers:
        served = set(workers.map(work, range(40)))
    assert len(served) == 1
    found = Sets(tmp_path / "state").last_good()
    assert found is not None
    assert served == {found[1]}
    assert [path.relative_to(found[1]) for path in files(found[1])] == [path.relative_to(shop) for path in files(shop)]


def test_the_fingerprint_changes_with_every_change_and_only_then(shop: Path) -> None:
    before = fingerprint(shop)
    assert fingerprint(shop) == before
    (shop / "rules/.hidden").write_text("x", encoding="utf-8")
    assert fingerprint(shop) == before
    (shop / "rules/new.yaml").write_text("x", encoding="utf-8")
    added = fingerprint(shop)
    (shop / "rules/new.yaml").write_text("xy", encoding="utf-8")
    longer = fingerprint(shop)
    (shop / "rules/new.yaml").unlink()
    assert len({before, added, longer}) == 3
    assert fingerprint(shop) == before


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "nowhere") == ()
