"""From the bytes of a file to text that YAML can be tried on, with what is wrong before any YAML is read.

Every repair keeps the length of the text, so that the places of all later problems stay true.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 1_000_000
"""Bytes; a file of more is refused unread."""

_BYTE_ORDER_MARK: Final = "\ufeff"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

# What YAML 1.2 (5.1) cannot hold, and the line separators that YAML 1.1 libraries count as lines and no editor does.
# U+10F000 to U+10F07F, for private use, are the stand-ins of `yamlslips`.
_CONTROL: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010efff\U0010f080-\U0010ffff]"
)
_ODD_SPACE: Final = re.compile(
    r"(?m)^[ \t]*([\xa0\u2000-\u200b\u202f\u3000]+)|(?<=:)([\xa0\u2000-\u200b\u202f\u3000]+)"
)
_TAB: Final = re.compile(r"(?m)^ *(\t+)[ \t]*[^\s#]")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong at a place of the raw text, before it has paths: `index` and `width` are in characters.

    `heals` says that what is read of the line is still what the editor meant, so later complaints about it are fair;
    `cuts` that lines were left unread, so what seems to be missing may well be there.
    """

    index: int
    width: int
    code: str
    message: str
    remedy: str = ""
    heals: bool = False
    cuts: bool = False
    warning: bool = False


def decoded(raw: bytes, largest: int = LARGEST) -> tuple[str, list[Slip]]:
    """The text of a file, its line ends all `\\n` and without a byte order mark, and what was wrong with the bytes.

    What is no UTF-8 is read as Windows-1252, the likeliest other encoding, so that the other mistakes are found too.
    """
    if len(raw) > largest:
        return "", [Slip(0, 1, "too-large", f"the file has {len(raw):,} bytes", f"at most {largest:,} are read")]
    if raw.startswith(_UTF16_MARKS):
        return "", [Slip(0, 1, "not-utf8", "the file is saved as UTF-16", "save it as UTF-8")]
    try:
        return _plain_lines(raw.decode("utf-8")), []
    except UnicodeDecodeError as error:
        text = _plain_lines(raw.decode("cp1252", errors="replace"))
        index = len(_plain_lines(raw[: error.start].decode("utf-8")))
        return text, [_foreign_byte(raw[error.start], index)]


def cleaned(text: str) -> tuple[str, list[Slip]]:
    """The text without what no YAML may hold, and a slip for each: control characters, odd spaces, tabs as indent."""
    slips: list[Slip] = []
    for pattern, describe in ((_CONTROL, _control), (_ODD_SPACE, _odd_space), (_TAB, _tab)):
        text = _replaced(text, pattern, describe, slips)
    return text, slips


def _plain_lines(text: str) -> str:
    return text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _foreign_byte(byte: int, index: int) -> Slip:
    letter = bytes([byte]).decode("cp1252", errors="replace")
    meant = f", which is “{letter}” in Windows-1252 (Latin-1)" if letter.isprintable() and letter != "\ufffd" else ""
    message = f"the file is not saved as UTF-8: here is the byte 0x{byte:02X}{meant}"
    return Slip(index, 1, "not-utf8", message, "save the file as UTF-8", heals=True)


def _replaced(text: str, pattern: re.Pattern[str], describe: Callable[[int, str], Slip], slips: list[Slip]) -> str:
    def blank(match: re.Match[str]) -> str:
        group = match.lastindex or 0
        start, end = match.span(group)
        slips.append(describe(start, match[group]))
        return match[0][: start - match.start()] + " " * (end - start) + match[0][end - match.start() :]

    return pattern.sub(blank, text)


def _control(index: int, found: str) -> Slip:
    message = f"an invisible character (U+{ord(found):04X}) stands here"
    return Slip(index, 1, "control-character", message, "delete it")


def _odd_space(index: int, found: str) -> Slip:
    message = f"an odd space (U+{ord(found[0]):04X}) stands where YAML wants an ordinary one"
    return Slip(index, len(found), "odd-space", message, "delete it and press the space bar", heals=True)


def _tab(index: int, found: str) -> Slip:
    return Slip(
        index, len(found), "tab", "the line is indented with a tab", "use blanks, two for each level", cuts=True
    )
