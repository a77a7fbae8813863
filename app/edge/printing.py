"""The configuration of a CDN for one site, printed from the keys of its placeholders.

The texts stand in `configurations/`, one file a CDN, in that CDN's own language; here is what is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_network
from json import dumps
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.edge.keys import Key
from app.edge.visitors import CLASSES
from app.errors import UsageError

FOLDER: Final = Path(__file__).with_name("configurations")
FILES: Final[Mapping[str, str]] = {
    "varnish": "varnish.vcl",
    "fastly": "fastly.vcl",
    "cloudfront": "cloudfront.js",
    "cloudflare": "cloudflare.json",
}


@dataclass(frozen=True, slots=True)
class Shared:
    """A placeholder that the CDN may share: what its key is made of, and the words that vouch for it.

    Of the parameters, those in `folded` mean the same in capitals.
    """

    name: str
    key: Key
    voucher: str
    folded: frozenset[str] = frozenset()

    @property
    def params(self) -> tuple[str, ...]:
        """The query parameters in the key."""
        return self.key.params

    @property
    def visitor(self) -> bool:
        """Whether the class of visitor is in it."""
        return self.key.visitor

    @property
    def cell(self) -> tuple[str, ...]:
        """The words of the place that are in it: country, region, city."""
        return tuple(name.removeprefix(":") for name in self.key.cell.names) if self.key.cell else ()


class Backend(NamedTuple):
    """Where one server listens."""

    host: str
    port: int


class Spare(NamedTuple):
    """A picture for when no server answers: the URLs it stands for, its media type, its bytes in Base64."""

    pattern: str
    type: str
    base64: str


@dataclass(frozen=True, slots=True)
class Front:
    """What a configuration is printed for: where onopen listens, what may be shared, whose word counts.

    `proxies` and `mail_networks` are CIDRs; `purge_key` may be empty, and then nothing can be purged. A server is
    waited for `patience_s` seconds; when none answers, the first of the `spares` that fits is shown, and clicks go
    `home` (a URL in ASCII).
    """

    backends: tuple[Backend, ...]
    placeholders: tuple[Shared, ...]
    spares: tuple[Spare, ...] = ()
    home: str = "/"
    patience_s: float = 1.0
    proxies: tuple[str, ...] = ()
    mail_networks: tuple[str, ...] = ()
    purge_key: str = ""


def printed(cdn: str, front: Front) -> str:
    """The configuration for one of `FILES`; raises UsageError where a key cannot stand in it."""
    return (
        _environment()
        .get_template(FILES[cdn])
        .render({name: getattr(front, name) for name in Front.__slots__}, visitors=CLASSES)
    )


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    filters: Mapping[str, Any] = {
        "acl": _acl,
        "long": _long,
        "string": _string,
        "js": partial(dumps, ensure_ascii=True),
    }
    made.filters.update(filters)
    return made


def _acl(network: str) -> str:
    """A network as VCL writes it: `"10.0.0.0"/8`."""
    found = ip_network(network, strict=False)
    return f'"{found.network_address}"/{found.prefixlen}'


def _long(pattern: str) -> str:
    """A long string of VCL, in which a quote may stand."""
    return f'{{"{pattern}"}}'


def _string(text: str, what: str) -> str:
    """What may stand between quotes of VCL, which knows no escapes; raises UsageError for anything else."""
    if '"' in text or not (text.isascii() and text.isprintable()):
        raise UsageError(f"{what}: in VCL stands printable ASCII without quotes")
    return text
