"""What must agree within the site's own document."""

from __future__ import annotations

from functools import partial

from app.authoring.documents.site import Site
from app.authoring.problems import Problems
from app.authoring.yamlsource import Source
from app.engine.written import parse_clock


def check_site(site: Site, source: Source, problems: Problems) -> None:
    """That no two parts of the day begin at the same time, and no two link hosts are one."""
    say = partial(source.complain, problems)
    begins: dict[int, str] = {}
    for name, at in site.dayparts.items():
        seconds = parse_clock(at)
        if seconds in begins:
            message = f"“{name}” begins at the same time as “{begins[seconds]}”"
            say(("dayparts", name), "wrong-order", message, remedy="give each part of the day its own time")
        begins.setdefault(seconds, name)
    for place, host in enumerate(site.link_hosts):
        if host in site.link_hosts[:place]:
            say(("link_hosts", place), "duplicate-name", f"“{host}” stands here twice", remedy="keep one of them")
