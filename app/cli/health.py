"""`onopen health`: asks a server whether it is well, for container health checks."""

from __future__ import annotations

from typing import Annotated

import httpx
import typer


def health(
    url: Annotated[str, typer.Argument(help="The server.")] = "http://127.0.0.1:8000",
    ready: Annotated[bool, typer.Option("--ready", help="Ask whether a site is served, too.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait.")] = 3.0,
) -> None:
    """Exit code 0 if the server answers that it is well, else 1."""
    path = "/ready" if ready else "/health"
    try:
        answer = httpx.get(url.rstrip("/") + path, timeout=timeout, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        typer.echo(f"{url}: {type(error).__name__}", err=True)
        raise typer.Exit(1) from error
    typer.echo(answer.text)
    raise typer.Exit(0 if answer.status_code == 200 else 1)
