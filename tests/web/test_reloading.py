"""Law 7: content never stops the server. A change is seen soon, a mistake changes nothing, also across a restart."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.support.server import Running, eventually, serving
from tests.support.sites import BLUE, GREEN, HOME, RED, break_rules, repaint, small_site

QUICK = {"RELOAD_S": "0.2"}


def shows(server: Running, ground: str) -> bool:
    answer = server.ask("/i/hello.png")
    return (answer.status, answer.ground) == (200, ground)


def test_a_change_is_seen_within_two_seconds_and_a_mistake_never(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    with serving(site, tmp_path / "state") as server:
        assert shows(server, RED)
        old = server.ask("/i/hello.png").etag
        repaint(site, GREEN)
        began = time.monotonic()
        assert eventually(lambda: shows(server, GREEN))
        assert time.monotonic() - began < 4.0  # two seconds on an idle machine
        assert server.ask("/i/hello.png", if_none_match=old).status == 200

        break_rules(site)
        assert eventually(lambda: server.counted("onopen_site_problems") == 1)
        assert shows(server, GREEN)
        assert server.ask("/ready").status == 200
        [problem] = [line for line in server.log() if line["event"] == "problem"]
        assert problem["at"].startswith("rules/hello.yaml:3:")
        assert server.counted("onopen_reloads_total", outcome="refused") == 1

        repaint(site, BLUE)
        assert eventually(lambda: shows(server, BLUE))
        assert server.counted("onopen_site_problems") == 0
        assert server.counted("onopen_last_reload_ok") > time.time() - 60


FEED = "file: products.csv\nkey: sku\nfields: {sku: {type: text}, ground: {type: color}}\n"
TILED = """\
size: [60, 30]
alt: Tiles
fields: {products: {type: list, of: feed.products}}
layers:
  - tiles: {field: products, box: [0, 0, 60, 30], columns: 1, tile: [{shape: {field: ground, box: [0, 0, 60, 30]}}]}
"""
PICKED = """\
placeholder: hello
lists: {all: {of: feed.products}}
otherwise: {show: {products: list.all}, link: https://shop.example/}
"""


def test_a_table_is_part_of_the_set_and_a_bad_row_of_it_is_left_out(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    (site / "rules" / "feeds").mkdir()
    (site / "assets").mkdir()
    (site / "rules" / "feeds" / "products.yaml").write_text(FEED)
    (site / "rules" / "hello.yaml").write_text(PICKED)
    (site / "placeholders" / "hello.yaml").write_text(TILED)
    table = site / "assets" / "products.csv"
    table.write_text(f"sku,ground\nK1,{RED}\n")
    with serving(site, tmp_path / "state", **QUICK) as server:
        assert shows(server, RED)
        table.write_text(f"sku,ground\nK1,reddish\nK2,{GREEN}\n")
        assert eventually(lambda: shows(server, GREEN))
        assert server.counted("onopen_feed_rows_left_out") == 1
        assert server.counted("onopen_site_problems") == 0
        [row] = [line for line in server.log() if line["event"] == "left-out"]
        assert (row["at"], row["level"]) == ("assets/products.csv:2:4", "warning")
        table.write_text('sku,ground\nK1,"#0000cc\n')
        assert eventually(lambda: server.counted("onopen_site_problems") == 1)
        assert shows(server, GREEN)


def test_the_last_good_set_outlives_a_restart_with_a_broken_site(tmp_path: Path) -> None:
    site, state = small_site(tmp_path / "site", GREEN), tmp_path / "state"
    with serving(site, state, **QUICK) as server:
        assert shows(server, GREEN)
    break_rules(site)
    with serving(site, state, **QUICK) as server:
        assert shows(server, GREEN)
        assert server.ask("/ready").status == 200
        assert server.counted("onopen_site_problems") == 1
        assert server.counted("onopen_reloads_total", outcome="last-good") == 1
        assert any(line["event"] == "problem" for line in server.log())
        repaint(site, BLUE)
        assert eventually(lambda: shows(server, BLUE))


@pytest.mark.parametrize("what", ["broken", "empty", "gone"])
def test_with_nothing_to_serve_there_are_neutral_pictures_until_there_is_something(tmp_path: Path, what: str) -> None:
    site = small_site(tmp_path / "site")
    if what == "broken":
        break_rules(site)
    else:
        shutil.rmtree(site)
        site.mkdir()
    with serving(site, tmp_path / "state", **QUICK) as server:
        if what == "gone":
            site.rmdir()
        answer = server.ask("/i/hello.jpg")
        assert (answer.status, answer.picture.format, answer.rung) == (200, "JPEG", "fallback")
        assert answer.headers["cache-control"] == "no-store"
        assert (server.ask("/ready").status, server.ask("/health").status) == (503, 200)
        clicked = server.ask("/l/hello")
        assert (clicked.status, clicked.headers["location"]) == (302, HOME if what == "broken" else "/")
        shutil.rmtree(site, ignore_errors=True)
        small_site(site, BLUE)
        assert eventually(lambda: shows(server, BLUE))
        assert server.ask("/ready").status == 200


def test_a_site_that_vanishes_is_served_on(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", GREEN)
    with serving(site, tmp_path / "state", **QUICK) as server:
        shutil.rmtree(site)
        time.sleep(0.8)
        assert shows(server, GREEN)
        assert server.ask("/ready").status == 200
        small_site(site, BLUE)
        assert eventually(lambda: shows(server, BLUE))


def test_a_picture_that_is_replaced_is_seen(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    with serving(site, tmp_path / "state", **QUICK) as server:
        before = server.ask("/i/hello.png").etag
        placeholder = site / "placeholders" / "hello.yaml"
        placeholder.write_text(placeholder.read_text("utf-8").replace("[60, 30]", "[80, 40]"), encoding="utf-8")
        assert eventually(lambda: server.ask("/i/hello.png").picture.size == (160, 80))
        assert server.ask("/i/hello.png").etag != before


def test_a_worker_that_dies_while_the_site_is_broken_is_replaced_by_one_that_serves(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", GREEN)
    with serving(site, tmp_path / "state", "--workers", "2", **QUICK) as server:
        assert eventually(lambda: served(server) == 2)
        break_rules(site)
        assert eventually(lambda: sum(line["event"] == "problem" for line in server.log()) >= 2)
        os.kill(workers(server)[0], signal.SIGKILL)
        assert eventually(lambda: served(server) == 3)
        for _ in range(20):
            assert shows(server, GREEN)


def served(server: Running) -> int:
    """How many workers have begun to serve."""
    return sum(line["event"] == "serving" for line in server.log())


def workers(server: Running) -> list[int]:
    """The processes that answer, below the one that was started."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("ascii").split()
    found = [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    assert len(found) == 2
    return found
