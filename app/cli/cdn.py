"""`onopen cdn`: the configuration of a CDN or cache for this very site, to standard output."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from app.cli.common import Site, workshop
from app.edge.printing import Backend
from app.errors import UsageError

LOCAL: Final = ["127.0.0.1:8000"]


class Cdn(StrEnum):
    """What can be configured."""

    varnish = "varnish"
    fastly = "fastly"
    cloudfront = "cloudfront"
    cloudflare = "cloudflare"


Backends = Annotated[
    list[str], typer.Option("--backend", help="HOST:PORT where a server answers; give it again for more.")
]


def cdn(kind: Annotated[Cdn, typer.Argument(help="Which one.")], backend: Backends = LOCAL, site: Site = None) -> None:
    """Print the configuration that shares what may be shared, and nothing else. It holds secrets."""
    backends = [_read(one) for one in backend]
    bench = workshop(site)
    typer.echo(bench.cdn(kind.value, backends), nl=False)
    for doubt in bench.cdn_doubts(kind.value):
        typer.echo(doubt, err=True)


def _read(backend: str) -> Backend:
    host, mark, port = backend.rpartition(":")
    if not mark or not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise UsageError(f"--backend {backend}: write HOST:PORT, e.g. 127.0.0.1:8000")
    return Backend(host.strip("[]"), int(port))
