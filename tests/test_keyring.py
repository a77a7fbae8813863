"""Secret keys: set by the operator, or made once for a machine; several purposes never share bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.keyring import KEY_FILE, Key, keyring_of


def test_the_key_that_is_set_is_used_and_the_one_before_still_believed(tmp_path: Path) -> None:
    ring = keyring_of("n" * 32, "o" * 32, tmp_path)
    assert ring.key == Key.of("n" * 32)
    assert ring.find(Key.of("o" * 32).id) == Key.of("o" * 32)
    assert ring.find("00000000") is None
    assert not any(tmp_path.iterdir())


def test_a_machine_makes_one_key_for_all_its_processes_and_only_its_user_reads_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: keyring_of(None, None, tmp_path), range(32)))
    assert len(made) == 1
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_state_directory_that_cannot_be_written_to_costs_only_the_lasting(tmp_path: Path) -> None:
    assert keyring_of(None, None, tmp_path / "missing") != keyring_of(None, None, tmp_path / "missing")


def test_purposes_never_share_bytes_and_an_id_tells_nothing() -> None:
    key = Key.of("s" * 32)
    assert len({key.for_purpose("token"), key.for_purpose("receipt"), key.secret}) == 3
    assert key.id not in key.for_purpose("id").hex()
