"""The order in which a visitor is recognised, most specific first; a later rule never sees what an earlier one took.

Proxies by name, Gmail's prefetch, Apple's bare string, mail clients, machines, then apps, Apple Mail's signature and
browsers; last the address, whose hint may only take belief away, never add any. Total on any input.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from app.sources.viewer.clients import APPLE_MAIL, Client, client_of
from app.sources.viewer.machines import RECORDED, draws_nothing, is_machine
from app.sources.viewer.packages import app_of, is_mail_app
from app.sources.viewer.platform import pixel_ratio, platform_of
from app.sources.viewer.proxies import APPLE_PRIVACY, GMAIL_PREFETCH, OTHER_PROXY, OUTLOOK_WEB, YAHOO, proxy
from app.sources.viewer.viewer import MACHINE, NOBODY, STRANGER, Viewer

LONGEST: Final = 512
"""Characters of a user agent that are looked at; real ones are shorter, and longer ones cost time by their length."""

REMEMBERED: Final = 8192
"""Different visitors remembered; the least recently seen is forgotten first."""

_WORDS: Final = re.compile(r"[a-z][a-z0-9!.:+_-]*/?")
# A browser's string and nothing more: too many of them come to look each up in the tables of clients and machines.
_ORDINARY: Final = re.compile(
    r"mozilla/5\.0 \("
    r"(?:windows nt [\d.]+(?:; (?:win64|wow64|x64|arm64|arm))*|macintosh; intel mac os x [\d_.]+"
    r"|x11; (?:ubuntu; )?linux (?:x86_64|aarch64|i686)|x11; cros [\w.]+ [\d.]+"
    r"|iphone; cpu iphone os [\d_]+ like mac os x|ipad; cpu os [\d_]+ like mac os x"
    r"|linux; android [\d.]+; [^();]{1,40}(?:; wv)?|android [\d.]+; (?:mobile|tablet))(?:; rv:[\d.]+)?\)"
    r"(?: applewebkit/[\d.]+ \(khtml, like gecko\)| gecko/[\d.]+)"
    r"(?: (?:version|chrome|safari|mobile safari|mobile|firefox|edga?|edgios|opr|crios|fxios|samsungbrowser)"
    r"(?:/[\w.]+)?)*\Z"
)
_APPLE_MAIL: Final = re.compile(
    r"mozilla/5\.0 \((?:macintosh|iphone|ipad|ipod)[^)]*\) applewebkit/[\d.+]+ \(khtml, like gecko\)(?: mobile/\w+)?\Z"
)
# An app that calls itself a mail app, perhaps in front of the library it fetches with.
_MAIL_PRODUCT: Final = re.compile(r"(?!mozilla)[\w.%!+ -]{0,40}mail[\w.%+ -]{0,40}(?:/|\Z| \()")
# A program that names itself and its version; what is not even that tells nothing, not that it is a machine.
_PRODUCT: Final = re.compile(r"\b(?!mozilla/)[a-z][\w.!+-]*/[\w.]|\bbot\b|://")
_CARRIER: Final = re.compile(r"\b(?:cfnetwork|dalvik|okhttp)\b")
_ENGINES: Final = ("applewebkit", "gecko/", "trident/", "msie ", "presto")


def identify(
    user_agent: str,
    *,
    requested_with: str = "",
    referer: str = "",
    network: str | None = None,
    apples: bool | None = None,
) -> Viewer:
    """Who fetched.

    `requested_with` and `referer` are the headers of those names, `network` a provider of `app.sources.networks`,
    `apples` whether Apple's own list of exits holds the address (None: nobody can tell); with the list, a bare string
    from anywhere else is a stranger's. The answer is remembered, so the same visitor costs one look-up.
    """
    from_gmail = "mail.google.com" in referer[:100]
    found = _identify(user_agent[:LONGEST], requested_with[:LONGEST], from_gmail, network)
    return STRANGER if apples is False and found is APPLE_PRIVACY else found


@lru_cache(maxsize=REMEMBERED)
def _identify(user_agent: str, requested_with: str, from_gmail: bool, network: str | None) -> Viewer:
    low = user_agent.strip().lower()
    if found := proxy(low):
        return _doubted(found, network)
    viewer, declared = _by_name(user_agent, low, requested_with)
    if network is None or ((viewer.machine or declared) and network != "microsoft_filter"):
        return viewer
    return _from_network(viewer, network, from_gmail)


def _doubted(viewer: Viewer, network: str | None) -> Viewer:
    """Apple's bare string from somebody else's network is some other proxy; names of proxies are believed anywhere."""
    if viewer is not APPLE_PRIVACY or network in (None, "apple"):
        return viewer
    return MACHINE if network == "microsoft_filter" else OTHER_PROXY


def _from_network(viewer: Viewer, network: str, from_gmail: bool) -> Viewer:
    """What an address leaves of a visitor who looks like a reader: nobody reads mail inside these networks."""
    match network:
        case "microsoft_filter":
            return MACHINE
        case "google":
            return GMAIL_PREFETCH if from_gmail else OTHER_PROXY
        case "yahoo":
            return YAHOO
        case "microsoft_exchange":
            return OUTLOOK_WEB
        case "apple":
            return viewer
    return OTHER_PROXY


def _by_name(user_agent: str, low: str, requested_with: str) -> tuple[Viewer, bool]:
    """Who a string says it is, and whether it is a mail client by its own name, which no address takes back."""
    words = _WORDS.findall(low)
    if _ORDINARY.match(low) and low not in RECORDED:
        return _as_browser(user_agent, low, words, requested_with), False
    # Only machines carry a web address, whatever else they call themselves.
    if "://" not in low and (client := client_of(low, words)):
        return _as_client(client, user_agent, low, words), True
    calls_itself_mail = "mail" in low and _MAIL_PRODUCT.match(low) is not None
    if not (calls_itself_mail and _CARRIER.search(low)) and is_machine(low, words):
        return MACHINE, False
    if calls_itself_mail:
        return _as_client(Client(_product(user_agent)), user_agent, low, words), True
    if low and draws_nothing(low):
        return (MACHINE if _PRODUCT.search(low) else NOBODY), False
    return _as_browser(user_agent, low, words, requested_with), False


def _as_client(client: Client, user_agent: str, low: str, words: list[str]) -> Viewer:
    """A mail client by name; the string's own system counts before the one the client usually has."""
    platform = platform_of(user_agent, low, words)
    os, version = platform.os or client.os, platform.os_version
    device_class = platform.device_class or client.device_class
    if client.os != os and (client.os in ("ios", "android") or "darwin/" in low):
        # Darwin runs on phones and Macs alike, and a phone's app knows better than the string it borrowed.
        os, version, device_class = client.os, None, client.device_class
    if os == "ios" and "ipad" in low:
        device_class = "tablet"
    if "android/" in low or "android-mail" in low or "-ios/" in low:
        version = None  # the app's own version, not the system's
    animates = client.animates
    if animates is None and client.os != "windows" and any(engine in low for engine in _ENGINES):
        animates = True
    return Viewer(
        certain=True,
        device_class=device_class,
        os=os,
        os_version=version,
        client=client.name,
        pixel_ratio=pixel_ratio(low),
        animates=animates,
    )


def _as_browser(user_agent: str, low: str, words: list[str], requested_with: str) -> Viewer:
    if not low:
        return _named(NOBODY, app_of(requested_with)) if requested_with else NOBODY
    platform = platform_of(user_agent, low, words)
    client = app_of(requested_with) if requested_with else None
    if client is None and not (requested_with and is_mail_app(requested_with)):
        client = APPLE_MAIL.name if _APPLE_MAIL.match(low) else platform.browser
    drawn = any(engine in low for engine in _ENGINES)
    return Viewer(
        certain=True if drawn else None,
        device_class=platform.device_class,
        os=platform.os,
        os_version=platform.os_version,
        client=client,
        pixel_ratio=pixel_ratio(low),
        animates=True if drawn else None,
    )


def _named(viewer: Viewer, client: str | None) -> Viewer:
    return replace(viewer, client=client)


def _product(user_agent: str) -> str:
    """The name an unheard-of mail client gives itself: what stands in front of its version."""
    return re.split(r"[/(\d]", user_agent.strip(), maxsplit=1)[0].strip(" .-_")[:40] or "mail"
