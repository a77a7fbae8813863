"""What a snippet is put together from: queries and attributes as HTML has them, and the small lines below a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

_SMALL: Final = "margin:4px 0 0;font:11px/16px Arial,Helvetica,sans-serif;color:#666666;"


@dataclass(frozen=True, slots=True)
class Credit:
    """What a weather service's licence wants to read in the mail, as text with links."""

    text: str
    url: str
    licence: str = ""
    licence_url: str = ""


def joined(query: Mapping[str, str]) -> str:
    """The query as it stands in an attribute: parts are escaped already or are tags, the joints are `&amp;`."""
    return "?" + "&amp;".join(f"{name}={value}" for name, value in query.items()) if query else ""


def attribute(name: str, value: str) -> str:
    """An attribute in the quotes that its value does not contain: some platforms' tags have quotes of their own."""
    if '"' not in value:
        return f'{name}="{value}"'
    return f"{name}='{value}'" if "'" not in value else f'{name}="{value.replace(chr(34), "&quot;")}"'


def credit_line(credit: Credit | None) -> str:
    """The line in which the weather service wishes to be named; nothing where no weather is read."""
    if credit is None:
        return ""
    licence = f', <a href="{escape(credit.licence_url)}">{escape(credit.licence)}</a>' if credit.licence else ""
    return f'<p style="{_SMALL}"><a href="{escape(credit.url)}">{escape(credit.text)}</a>{licence}</p>\n'


def why_line(text: str, url: str) -> str:
    """The line that leads to the page for recipients; nothing without words for it."""
    return f'<p style="{_SMALL}"><a {attribute("href", url)}>{escape(text)}</a></p>\n' if text else ""
