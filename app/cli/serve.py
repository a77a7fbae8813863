"""`onopen serve`: the server, in one process or several."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from contextlib import ExitStack
from typing import Annotated, Any

import typer
import uvicorn

from app.cli.common import Site
from app.environment import load
from app.errors import UsageError
from app.lines import LIBRARIES
from app.sites import find_site, state_directory


def serve(
    site: Site = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int | None, typer.Option("--workers", help="Server processes.", min=1, max=64)] = None,
) -> None:
    """Serve a site. Settings come from ONOPEN_… variables; docs/operators.md lists them."""
    settings, _ = load(site=site, workers=workers)  # each process says its warnings in its log
    folder = find_site(settings.site)
    os.environ["ONOPEN_SITE"] = str(folder)
    os.environ["ONOPEN_STATE_DIR"] = str(state_directory(settings.state_dir))
    _may_listen(host, port)
    if sys.stdout.isatty():
        typer.echo(f"{folder} is served at http://{host}:{port}/ — Ctrl-C ends it")
    signal.signal(signal.SIGTERM, _end)
    with ExitStack() as stack:
        if settings.workers > 1:  # prometheus-client looks at this when it is imported, in each worker
            metrics = stack.enter_context(tempfile.TemporaryDirectory(prefix="onopen-metrics-"))
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        uvicorn.run(
            "app.server:application",
            factory=True,
            host=host,
            port=port,
            workers=settings.workers,
            http="app.web.express:ExpressProtocol",
            ws="none",
            proxy_headers=False,  # forwarding headers are read by the fence, from configured peers only
            server_header=False,
            access_log=False,
            log_level="warning",
            log_config=dict(LIBRARIES),
            timeout_graceful_shutdown=5,
        )


def _may_listen(host: str, port: int) -> None:
    """Try the address out, so that what is wrong with it is said in one line; raises UsageError."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"--host {host} --port {port}: {reason}; name another address or port") from error


def _end(*_: Any) -> None:
    """A regular end: uvicorn has closed down by now, and hands the signal on."""
    raise SystemExit(0)
