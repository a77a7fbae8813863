"""`onopen cdn`: the configuration of a CDN or cache for this very site, to standard output."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.common import Site, workshop
from app.errors import UsageError


class Cdn(StrEnum):
    """What can be configured."""

    varnish = "varnish"
    fastly = "fastly"
    cloudfront = "cloudfront"
    cloudflare = "cloudflare"


Backend = Annotated[str, typer.Option("--backend", help="HOST:PORT where onopen answers.")]


def cdn(
    kind: Annotated[Cdn, typer.Argument(help="Which one.")], backend: Backend = "127.0.0.1:8000", site: Site = None
) -> None:
    """Print the configuration that shares what may be shared, and nothing else. It holds secrets."""
    host, mark, port = backend.rpartition(":")
    if not mark or not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise UsageError(f"--backend {backend}: write HOST:PORT, e.g. 127.0.0.1:8000")
    typer.echo(workshop(site).cdn(kind.value, host.strip("[]"), int(port)), nl=False)
