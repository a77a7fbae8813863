"""Links: where a click may be sent, as far as the text of a link tells.

Only `https://` and `http://` with a literal host; templates stand in path and query alone, so that no value from
outside can choose where a click goes. Everything else is refused, with a remedy (`refusals.py`); whether the host is
one of the site's is the compiler's question.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from app.authoring.documents.kinds import text
from app.authoring.documents.refusals import refusal, shown

_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LINK: Final = re.compile(r"(?i)https?://([^/?#:\\]*)(?::(\d{1,5}))?(?=[/?#]|$)")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_TEMPLATE: Final = re.compile(r"\{\{|\{%")
_UNSAFE: Final = re.compile(r"[\x00-\x20\x7f\\]")
_TAGS: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def link(value: Any) -> str:
    """A link that may carry templates in path and query."""
    written = text(value).strip()
    template = _TEMPLATE.search(written)
    head = written[: template.start()] if template else written
    if not (match := _LINK.match(head)) or (template and match.end() == len(head)):
        raise _not_a_link(written, templated=template is not None)
    if not _HOST.fullmatch(match[1]):
        raise refusal("not-a-link", f"{shown(match[1])} is not a host", "write it like https://shop.example/path")
    if unsafe := _UNSAFE.search(_TAGS.sub("", written)):
        what = "a blank" if unsafe[0] == " " else "a backslash" if unsafe[0] == "\\" else "an invisible character"
        raise refusal("not-a-link", f"the link holds {what}", "write %20 for a blank, / for a backslash")
    return written


def fixed_link(value: Any) -> str:
    """A link without templates."""
    written = link(value)
    if _TEMPLATE.search(written):
        raise refusal("link-template", "a template cannot stand here", "write one fixed address")
    return written


def host(value: Any) -> str:
    """A host name, or `*.` and a host name for everything below it."""
    written = text(value).strip().lower()
    if _HOST.fullmatch(written.removeprefix("*.")) and "." in written.removeprefix("*.").rstrip("."):
        return written
    if written == "localhost" or re.fullmatch(r"(\d{1,3}\.){3}\d{1,3}", written):
        return written
    bare = re.sub(r"^[a-z+]*:?//", "", written).partition("/")[0].partition(":")[0]
    remedy = f"write “{bare}”" if _HOST.fullmatch(bare) and "." in bare else "write it like shop.example"
    message = f"{shown(written)} is not a host name: no https://, no port, no path, a * only in front"
    raise refusal("not-a-host", message, remedy)


def host_of(address: str) -> str:
    """The host of a link that has been checked, in lower case, without its port."""
    match = _LINK.match(address)
    return match[1].lower() if match else ""


def _not_a_link(written: str, *, templated: bool) -> Exception:
    scheme = _SCHEME.match(written)
    if scheme and scheme[1].lower() not in ("http", "https") and not re.match(r"[\w.-]+:\d", written):
        message = f"a click cannot be sent to {scheme[1]}: addresses"
        return refusal("link-scheme", message, "write an address that begins with https://")
    if templated and (written.startswith("{") or re.match(r"(?i)(https?:)?//", written)):
        message = "a template stands in the scheme or host of this link"
        return refusal("link-template", message, "write scheme and host as they are; templates may follow behind the /")
    if re.match(r"[\w-]+(\.[\w-]+)+(:\d+)?(/|\?|$)", written):
        return refusal("link-scheme", f"{shown(written)} lacks its scheme", f"write https://{written}")
    if written.startswith("//"):
        return refusal("link-scheme", f"{shown(written)} lacks its scheme", f"write https:{written}")
    remedy = "write it like https://shop.example/path"
    return refusal("not-a-link", f"{shown(written)} is not a link" if written else "the link is empty", remedy)


Link = Annotated[str, BeforeValidator(link)]
FixedLink = Annotated[str, BeforeValidator(fixed_link)]
Host = Annotated[str, BeforeValidator(host)]
