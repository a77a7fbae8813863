"""Mail providers' image proxies and prefetchers, by what they call themselves.

They come before everything else, because some carry a whole browser string behind their name. A proxy tells which
provider the mail lies with and nothing about the reader. Sources: the vendors' pages and the recorded strings of
matomo-org/device-detector, ua-parser/uap-core, monperrus/crawler-user-agents and omrilotan/isbot.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.sources.viewer.viewer import Viewer

GMAIL: Final = Viewer("gmail", certain=True, client="Gmail", animates=True)
GMAIL_PREFETCH: Final = Viewer("gmail", prefetch=True, certain=False, client="Gmail", animates=True)
APPLE_PRIVACY: Final = Viewer("apple-privacy", prefetch=None, client="Apple Mail", animates=True)
YAHOO: Final = Viewer("yahoo", prefetch=None, client="Yahoo Mail", animates=True)
OUTLOOK_WEB: Final = Viewer("outlook-web", prefetch=None, client="Outlook", animates=True)
OTHER_PROXY: Final = Viewer("other-proxy", prefetch=None)

PREFETCH_END: Final = "edge/12.246 mozilla/5.0"
"""How Gmail's prefetch ends, in small letters (sparkpost.com/blog/gmail-prefetching-images)."""

BARE: Final = "mozilla/5.0"
"""All that Apple's privacy fetch says (wordtothewise.com, September 2021)."""

# In small letters, with the provider whose readers stand behind it. The first that occurs wins.
TOKENS: Final[tuple[tuple[str, Viewer], ...]] = (
    ("googleimageproxy", GMAIL),
    ("yahoomailproxy", YAHOO),
    ("yahoocachesystem", YAHOO),
    ("hey.com/imageproxy", replace(OTHER_PROXY, client="HEY", animates=True)),
    ("heyimageproxy", replace(OTHER_PROXY, client="HEY", animates=True)),
    ("fastmailua", replace(OTHER_PROXY, client="Fastmail", animates=True)),
    ("seznamemailproxy", replace(OTHER_PROXY, client="Seznam Email")),
    ("seznammailproxy", replace(OTHER_PROXY, client="Seznam Email")),
    ("ramblermail", replace(OTHER_PROXY, client="Rambler Mail")),
    ("mail.ukr.net proxy", replace(OTHER_PROXY, client="Ukr.net")),
    ("secureurl.fwdcdn.com", replace(OTHER_PROXY, client="Ukr.net")),
    ("yandeximageresizer", replace(OTHER_PROXY, client="Yandex Mail")),
    ("shortwave image fetcher", replace(OTHER_PROXY, client="Shortwave")),
    ("outlookimageproxy", OUTLOOK_WEB),
)

# Mail.ru sends no token of its own but always this dated browser, which nobody uses any more (a recorded fetch).
DATED: Final[dict[str, Viewer]] = {
    "mozilla/5.0 (x11; linux x86_64) applewebkit/537.36 (khtml, like gecko) chrome/32.0.1700.2 safari/537.36": replace(
        OTHER_PROXY, client="Mail.ru", animates=True
    )
}

# Proxies of pictures that are no mail: search engines, chat services, code hosts. They are machines.
_NOT_MAIL: Final = re.compile(r"startpage|github|slack|snap|search|wsrv|weserv|telegram|discord|twitter|mastodon")
_MAIL_PROXY: Final = re.compile(r"(?:e?mail|image|img|picture)[-_ ]?proxy|mail[-_ ]?image[-_ ]?(?:fetch|load)")


def proxy(low: str) -> Viewer | None:
    """The mail proxy behind a user agent in small letters, or None; unheard-of ones are known by their name."""
    for token, viewer in TOKENS:
        if token in low:
            return viewer
    if low == BARE:
        return APPLE_PRIVACY
    if low.endswith(PREFETCH_END):
        return GMAIL_PREFETCH
    if ("proxy" in low or "mail" in low) and _MAIL_PROXY.search(low) and not _NOT_MAIL.search(low):
        return OTHER_PROXY
    return DATED.get(low)
