"""`onopen url` with tokens: for one recipient, for a table of them, for platforms that sign by themselves."""

from __future__ import annotations

import csv
import hmac
import json
import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from app.keyring import Key, Keyring
from app.tokens import DETACHED, TEST, Token, Tokens
from tests.cli.conftest import Onopen
from tests.support.sites import SITE, small_site

SECRET = "s" * 32
DAY = 86_400


@pytest.fixture(autouse=True)
def secret(onopen: Onopen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that servers have, too."""
    monkeypatch.setenv("ONOPEN_SECRET_KEY", SECRET)
    monkeypatch.setenv("ONOPEN_STATE_DIR", str(tmp_path / "state"))


def read(text: str, **beside: str) -> Token:
    found = Tokens(Keyring((Key.of(SECRET),))).read(text, beside, time.time())
    assert isinstance(found, Token), found
    return found


def token_in(url: str) -> Token:
    query = parse_qs(urlsplit(url).query)
    assert query.keys() == {"t"}
    return read(query["t"][0])


def test_with_a_recipient_both_urls_carry_one_token(onopen: Onopen, site: Path) -> None:
    asked = ("url", "greet", "--site", site, "-m", "newyear", "-r", "8f3c", "--set", "name=Ada & Co")
    picture, link = onopen(*asked, "--expires", "2d").out.split()
    assert token_in(picture) == token_in(link)
    assert token_in(picture).parameters == {"m": "newyear", "r": "8f3c", "name": "Ada & Co"}
    assert token_in(picture).until == pytest.approx(time.time() + 2 * DAY, abs=60)
    assert token_in(onopen(*asked, "--test").out.split()[0]).form == TEST
    told = json.loads(onopen(*asked, "--json").out)
    assert token_in(told["picture"]).until == pytest.approx(time.time() + 400 * DAY, abs=60)


def test_without_a_secret_key_it_is_that_of_the_machine(
    onopen: Onopen, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONOPEN_SECRET_KEY")
    assert "t=1c." in onopen("url", "greet", "--site", site, "-r", "8f3c").out
    assert (tmp_path / "state" / "secret.key").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--expires", "soon"), "--expires soon"),
        (("--set", f"name={'x' * 900}"), "shorten the values"),
        (("-m", "m" * 201), "more than 200 characters"),
    ],
)
def test_what_no_server_would_read_is_refused(
    onopen: Onopen, site: Path, arguments: tuple[str, ...], words: str
) -> None:
    said = onopen("url", "greet", "--site", site, "-r", "8f3c", *arguments)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_what_a_platform_computes_by_the_recipe_is_believed(onopen: Onopen, site: Path) -> None:
    told = json.loads(onopen("url", "greet", "--site", site, "-m", "newyear", "--recipe", "--json").out)
    lines = told["lines"].replace("RECIPIENT", "8f3c")
    signature = hmac.new(told["key"].encode(), lines.encode(), sha256).hexdigest()
    url = told["picture"].replace("RECIPIENT", "8f3c").replace("SIGNATURE", signature)
    said = dict(parse_qsl(urlsplit(url).query))
    assert read(said["t"], m="newyear", r="8f3c").form == DETACHED


PEOPLE = '''\
recipient;first;name;lang
8f3c;x;Ada;de
9a4d;"a;b";"Zoë ""Z""";
;x;Nobody;de
7b2e;x;Bob;tlh

6c1f;x
5d0a;"two
lines";Eve;en
4e9b;x;Max;en
'''


def signed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=";"))


def test_a_table_gets_a_column_of_tokens_and_bad_rows_are_told_of(onopen: Onopen, site: Path, tmp_path: Path) -> None:
    table, made = tmp_path / "people.csv", tmp_path / "signed.csv"
    table.write_text("\ufeff" + PEOPLE, "utf-8")
    said = onopen("url", "greet", "--site", site, "--csv", table, "-m", "newyear", "-o", made)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        "line 4: there is no recipient",
        "line 5: lang does not take “tlh”",
        "line 7: this row has 2 cells, and the header has 4",
        "4 tokens, 3 rows left out",
    ]
    rows = signed(made.read_text("utf-8"))
    assert [row["recipient"] for row in rows] == ["8f3c", "9a4d", "5d0a", "4e9b"]
    assert rows[2]["first"] == "two\nlines"
    assert read(rows[1]["token"]).parameters == {"m": "newyear", "r": "9a4d", "name": 'Zoë "Z"'}
    assert onopen("url", "greet", "--site", site, "--csv", table, "-m", "newyear").out.count("\n") == 6


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("recipient,name\n1,Jürgen\n".encode("latin-1"), "line 2: the table is not UTF-8"),
        ("recipient,name\n".encode("utf-16"), "line 1: the table is not UTF-8"),
        (b"email,name\n1,Ada\n", "--recipient-column; columns are: email, name"),
        (b"recipient,token\n1,x\n", "has a column “token” already"),
        (b'recipient,name\n1,"Ada\n2,Bob\n', "the quotes of this row do not match"),
        (b"", "it has no columns"),
    ],
)
def test_a_file_that_is_no_table_is_code_2(
    onopen: Onopen, site: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    said = onopen("url", "greet", "--site", site, "--csv", tmp_path / "people.csv")
    assert said.code == 2
    assert words in said.err


def test_a_table_that_breaks_off_is_not_half_written(onopen: Onopen, site: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b'recipient,name\n1,Ada\n2,"Bob\n3,Eve\n')
    made = tmp_path / "made.csv"
    made.write_text("of yesterday", "utf-8")
    assert onopen("url", "greet", "--site", site, "--csv", tmp_path / "people.csv", "-o", made).code == 2
    assert made.read_text("utf-8") == "of yesterday"
    assert [one.name for one in tmp_path.glob("*made*")] == ["made.csv"]


def test_the_column_of_ids_can_be_named_and_the_table_is_never_written_over(
    onopen: Onopen, site: Path, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("key,name\n8f3c,Ada\n", "utf-8")
    said = onopen("url", "greet", "--site", site, "--csv", table, "--recipient-column", "key")
    assert said.code == 0
    assert read(said.out.splitlines()[1].split(",")[2]).parameters["r"] == "8f3c"
    assert "that is the table itself" in onopen("url", "greet", "--site", site, "--csv", table, "-o", table).err


def test_a_plain_id_that_could_be_guessed_is_told_of_where_the_site_believes_plain_ids(
    onopen: Onopen, tmp_path: Path
) -> None:
    folder = small_site(tmp_path / "site")
    site = folder / "rules" / "site.yaml"
    for text, told in ((SITE, False), (f"{SITE}recipients: {{trust_plain_ids: true}}\n", True)):
        site.write_text(text, "utf-8")
        assert ("could be guessed" in onopen("url", "hello", "--site", folder, "-r", "4711", "--plain").err) is told
        assert onopen("url", "hello", "--site", folder, "-r", "f0e1d2c3" * 4, "--plain").err == ""
        assert onopen("url", "hello", "--site", folder, "-r", "4711").err == ""
