"""What a browser-like string runs on: class, system, version, browser, as far as today's browsers still tell.

ua-parser's tables name systems and browsers; classes are our own. Versions that clients freeze to protect their users
(macOS 10.15.7, Android 10, Windows 10.0, iOS 18.6, ChromeOS 14541) read as unknown, because they are not true of
anybody in particular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ua_parser.core import Domain
from ua_parser.loaders import load_lazy_builtins
from ua_parser.regex import Resolver

_LINUXES: Final = (
    "Linux Ubuntu Debian Fedora Kubuntu Lubuntu Xubuntu Mint Mageia Mandriva SUSE openSUSE Gentoo Slackware CentOS Arch"
    " Mandriva PCLinuxOS Puppy VectorLinux Red"
)
SYSTEMS: Final[dict[str, str]] = {
    "Windows": "windows",
    "Mac OS X": "macos",
    "Mac OS": "macos",
    "iOS": "ios",
    "Android": "android",
    "Chrome OS": "chromeos",
    "Red Hat": "linux",
    "Arch Linux": "linux",
    "Linux Mint": "linux",
} | dict.fromkeys(_LINUXES.split(), "linux")
"""ua-parser's families as `app.engine.signals.SYSTEMS`; what is not here (consoles, feature phones) has no word."""

BROWSERS: Final[dict[str, str | None]] = {
    "Other": None,
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": None,
    "Electron": None,
    "Qt Web Engine": None,
    "Mobile Safari": "Safari",
    "Mobile Safari UI/WKWebView": None,
    "Android": "Android Browser",
    "AppleMail": "Apple Mail",
    "Edge Mobile": "Edge",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "IE": "Internet Explorer",
    "IE Mobile": "Internet Explorer",
    "Opera Mobile": "Opera",
    "Opera Mini": "Opera Mini",
    "Chromium": "Chromium",
}
"""One name for a browser on every system; None for an app that only embeds an engine."""

# Parts of strings, and whole words, of what shows no mail: televisions, consoles, cars, watches.
_NO_MAIL_PARTS: Final = (
    "smart-tv",
    "smarttv",
    "smart_tv",
    "googletv",
    "appletv",
    "hbbtv",
    "web0s",
    "netcast",
    "viera",
    "bravia",
    "roku",
    "crkey",
    "aquos",
    "netrange",
    "vidaa",
    "(dtv",
    "inettvbrowser",
    "nettv",
    "philipstv",
    "mitv",
    "mibox",
    "set-top",
    "playstation",
    "xbox",
    "nintendo",
    "oculus",
    "wearos",
    "qtcarbrowser",
    "tesla/",
    "fridge",
    "automotive",
    "vizio",
    "linux mips",
    "chromecast",
    "; sm-r9",
    "; sm-r8",
)
_NO_MAIL_WORDS: Final = frozenset({"tv", "tv/", "stb", "watch", "glass", "car", "quest"})
_TABLET_WORDS: Final = frozenset(
    {"tablet", "tab", "pad", "slate", "xoom", "mediapad", "matepad", "ideapad", "playbook", "kindle", "silk/"}
)
_PHONE_WORDS: Final = frozenset({"mobile", "mobile/", "mobi"})
_TABLET_PREFIXES: Final = (
    "sm-t",
    "sm-x",
    "sm-p",
    "gt-p",
    "gt-n8",
    "gt-n5",
    "tb-x",
    "tb-j",
    "tb3",
    "tb-7",
    "tb-8",
    "kf",
)
_TABLET_PHRASES: Final = ("nexus 7", "nexus 9", "nexus 10", "pixel c ", "pixel tablet", "_tab_", "_tablet")
_PHONE: Final = re.compile(
    r"iphone|ipod|windows phone|lumia|wpdesktop|palm|iemobile|blackberry|bb10|kaios|symbian|series ?[346]0|\bmobile"
    r"|phone|opera mini|midp|nokia|bada"
)
_FOLDABLE: Final = re.compile(r"\bsm-f\d{3}")
_SCALE: Final = re.compile(r"\bscale=(\d(?:\.\d{1,2})?)|;fbss/(\d(?:\.\d)?)")
_FROZEN_IOS: Final = re.compile(r"\bos 18_[67]")
_SAFARI_VERSION: Final = re.compile(r"version/(\d+)\.(\d+)")
_WINDOWS_PHONE: Final = re.compile(r"windows (?:ce|phone|mobile|iot)|winwap|lumia|wpdesktop|palmsource")
_MAC_VERSION: Final = re.compile(r"mac ?os(?: x)?(?: version)?[ /](\d+(?:[._]\d+){0,2})")
_ANDROID_SYSTEM: Final = re.compile(r"[(;] ?android (\d+(?:\.\d+){0,3})")
_ANDROID: Final = re.compile(r"(?<!like )android[ /-](\d+(?:\.\d+){0,3})")


@dataclass(frozen=True, slots=True)
class Platform:
    """Class, system, version and browser; None means the string does not tell."""

    device_class: str | None = None
    os: str | None = None
    os_version: str | None = None
    browser: str | None = None


@cache
def _parser() -> Resolver:
    """ua-parser's compiled tables without those of device models, which nothing here asks for (20 MB less)."""
    user_agents, systems, _ = load_lazy_builtins()
    return Resolver((user_agents, systems, []))


def platform_of(user_agent: str, low: str, words: list[str]) -> Platform:
    """What ua-parser and the rules below make of a string, the same in small letters, and its words."""
    android = _ANDROID_SYSTEM.search(low) or _ANDROID.search(low)
    found = _parser()(user_agent, Domain.USER_AGENT if android else Domain.USER_AGENT | Domain.OS)
    browser = found.user_agent.family if found.user_agent else None
    name = BROWSERS.get(browser, browser) if browser else None
    if browser == "Android" and "applewebkit" not in low:
        name = None  # an app that names its system, and no engine
    if android and "windows" not in low:
        version = None if android[1] == "10" and "android 10; k)" in low else android[1]
        return Platform(_class("android", low, words), "android", version, name)
    os = SYSTEMS.get(found.os.family) if found.os else None
    if os == "windows" and _WINDOWS_PHONE.search(low):
        os = None
    if os is None or found.os is None:
        return Platform(_class(os, low, words), browser=name)
    written = _MAC_VERSION.search(low) if os == "macos" else None
    parts = written[1].split("_") if written else (found.os.major, found.os.minor, found.os.patch)
    version = _version(os, ".".join(part for part in parts if part), low)
    return Platform(_class(os, low, words), os, version, name)


def pixel_ratio(low: str) -> float | None:
    """Device pixels for one CSS pixel, where an app says so itself (Instagram, Facebook); else unknown."""
    found = _SCALE.search(low) if "scale=" in low or ";fbss/" in low else None
    ratio = float(found[1] or found[2]) if found else 0.0
    return ratio if 0.5 <= ratio <= 8 else None


def _version(os: str, version: str, low: str) -> str | None:
    """The version, unless it is one that every client of that system claims."""
    match os:
        case "windows" if version in ("10", "11"):
            return None
        case "macos" if version.startswith("10.15"):
            return None
        case "chromeos" if version.startswith("14541"):
            return None
        case "ios" if _FROZEN_IOS.search(low):
            safari = _SAFARI_VERSION.search(low)
            return f"{safari[1]}.{safari[2]}" if safari and int(safari[1]) >= 18 else None
    return version or None


def _class(os: str | None, low: str, words: list[str]) -> str | None:
    """Phone, tablet or desktop; a television, console, car or watch is none of them."""
    if os == "windows":
        return None if "xbox" in low else "desktop"
    if os != "macos" and _shows_no_mail(low, words):
        return None
    match os:
        case "ios":
            return "tablet" if "ipad" in low else "phone" if "iphone" in low or "ipod" in low else None
        case "android":
            return _android_class(low, words)
        case "macos" | "linux" | "chromeos":
            return "desktop"
    if "tablet" in low or "playbook" in low:
        return "tablet"
    return "phone" if _PHONE.search(low) else "desktop" if "x11;" in low else None


def _shows_no_mail(low: str, words: list[str]) -> bool:
    if not _NO_MAIL_WORDS.isdisjoint(words):
        return True
    if "tizen" in low and "mobile" not in low:
        return True
    if any(part in low for part in _NO_MAIL_PARTS):
        return True
    # Fire TV: AFTT, AFTMM … as Amazon's models are called.
    return "; aft" in low and any(word.startswith("aft") and word.isalpha() for word in words)


def _android_class(low: str, words: list[str]) -> str | None:
    """Browsers on phones say `Mobile`, those on tablets do not; an app's own string without either does not tell."""
    if "chromebook" in low:
        return "desktop"
    if not _TABLET_WORDS.isdisjoint(words):
        return "tablet"
    for word in words:
        if word.startswith("kf") and not word.isalpha():
            continue  # Amazon's models are letters alone; TECNO's phones are KF and a number
        if word.startswith(_TABLET_PREFIXES) and (word[2:3] == "-" or word[2:3].isdigit() or len(word) in (4, 5, 6, 7)):
            return "tablet"
    if any(phrase in low for phrase in _TABLET_PHRASES):
        return "tablet"
    if not _PHONE_WORDS.isdisjoint(words) or _FOLDABLE.search(low):
        return "phone"
    return "tablet" if "safari/" in low or "gecko/" in low else None
