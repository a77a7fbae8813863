"""`onopen health`: asks a server whether it is well, for container health checks."""

from __future__ import annotations

from typing import Annotated

import httpx
import typer

from app.cli.common import Json, print_json


def health(
    url: Annotated[str, typer.Argument(help="The server.")] = "http://127.0.0.1:8000",
    ready: Annotated[bool, typer.Option("--ready", help="Ask whether a site is served, too.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait.")] = 3.0,
    as_json: Json = False,
) -> None:
    """Exit code 0 if the server answers that it is well, else 1."""
    status, said = _asked(url.rstrip("/") + ("/ready" if ready else "/health"), timeout)
    well = status == 200
    if as_json:
        print_json({"server": url, "well": well, "status": status, "said": said})
    elif status is None:
        typer.echo(f"{url}: {said}", err=True)
    else:
        typer.echo(said)
    raise typer.Exit(0 if well else 1)


def _asked(address: str, timeout: float) -> tuple[int | None, str]:
    """The status and the words of the answer; without an answer no status, and why."""
    try:
        answer = httpx.get(address, timeout=timeout, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return None, type(error).__name__
    return answer.status_code, answer.text
