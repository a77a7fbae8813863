"""Symbols that machines read: a text as the modules of a QR code, an Aztec or Data Matrix code, an EAN-13, a Code 128.

The library zint encodes; what a symbology cannot hold, or what readers make something else of, is refused with a
remedy. Nothing here knows pixels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from PIL import Image
from zint import DataMatrixOptions, InputMode, Symbol as Encoder, Symbology

Kind = Literal["qr", "ean13", "code128", "aztec", "datamatrix"]
Correction = Literal["L", "M", "Q", "H"]

UTF_8: Final = 26
"""The assignment number of UTF-8 among Extended Channel Interpretations."""
CORRECTIONS: Final[tuple[Correction, ...]] = ("L", "M", "Q", "H")
AUTOMATIC: Final = -1
REPEATED: Final = 40
"""Characters of a text that are repeated in a message."""


class Make(NamedTuple):
    """A symbology: its name, and how many modules stay free at the left and at the right of its symbols.

    Those of squares stay free above and below, too; `bars` are as high as one likes.
    """

    name: str
    symbology: Symbology
    left: int
    right: int
    bars: bool = False


MAKES: Final[Mapping[Kind, Make]] = MappingProxyType(
    {
        "qr": Make("QR", Symbology.QRCODE, 4, 4),  # ISO/IEC 18004
        "ean13": Make("EAN-13", Symbology.EANX, 11, 7, bars=True),  # GS1 General Specifications
        "code128": Make("Code 128", Symbology.CODE128, 10, 10, bars=True),  # ISO/IEC 15417
        "aztec": Make("Aztec", Symbology.AZTEC, 1, 1),  # ISO/IEC 24778 asks for none; 1 parts it from a dark ground
        "datamatrix": Make("Data Matrix", Symbology.DATAMATRIX, 1, 1),  # ISO/IEC 16022
    }
)


class Symbol(NamedTuple):
    """A text encoded: one pixel a module (L; 255 is dark), bars one pixel high, and what stands below them."""

    make: Make
    modules: Image.Image
    text: str


def encoded(kind: Kind, text: str, correction: Correction = "M") -> Symbol:
    """The symbol of a text; ValueError, `what is wrong; what would be right`, where there is none."""
    make = MAKES[kind]
    if kind == "ean13":
        _check_number(text)
    elif kind == "code128" and not (text.isascii() and text.isprintable()):
        raise ValueError(
            f"Code 128 cannot hold “{_beginning(text)}”; write letters from A to Z, digits and signs, or take kind: qr"
        )
    encoder = Encoder()
    encoder.symbology = make.symbology
    encoder.input_mode = InputMode.UNICODE
    encoder.eci = 0 if text.isascii() else UTF_8
    encoder.option_1 = CORRECTIONS.index(correction) + 1 if kind == "qr" else AUTOMATIC
    encoder.option_3 = int(DataMatrixOptions.SQUARE) if kind == "datamatrix" else 0
    try:
        encoder.encode(text.encode())
    except (RuntimeError, UnicodeEncodeError) as error:
        reason = re.sub(r"^Error \d+: ", "", str(error))
        raise ValueError(
            f"{make.name} cannot hold a text of {len(text)} characters ({reason}); shorten or change it"
        ) from error
    return Symbol(make, _modules(encoder), encoder.text or text)


def _beginning(text: str) -> str:
    """As much of a text as a message repeats."""
    return text if len(text) <= REPEATED else f"{text[: REPEATED - 1]}…"


def _modules(encoder: Encoder) -> Image.Image:
    """What was encoded; zint packs eight modules into a byte, the first into its lowest bit."""
    rows = encoder.encoded_data
    packed = Image.frombytes("1", (encoder.width, encoder.rows), rows.tobytes(), "raw", "1;R", rows.nbytes // len(rows))
    return packed.convert("L")


def _check_number(text: str) -> None:
    """Raise ValueError unless the text is the number of an article: 12 digits, and perhaps the one that checks them."""
    if not re.fullmatch(r"[0-9]{12,13}", text):
        raise ValueError(f"“{_beginning(text)}” is no EAN-13; write its 13 digits, or 12 without the check digit")
    right = str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(text[:12])) % 10)
    if text[12:] not in ("", right):
        raise ValueError(f"the check digit of “{text}” is wrong; write {text[:12]}{right}")
