"""Sixty-four visitors, who come in rotation: addresses, mail clients and parameters as mails see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, islice
from urllib.parse import urlencode

from app.engine.opens import Open

VISITORS = 64
AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0",
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
)
SEGMENTS = ("new", "regular", "gold")
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One visitor: what their request says."""

    address: str
    agent: str
    params: dict[str, str]

    @property
    def network(self) -> int:
        """Which of the City file's networks they are in."""
        return int(self.address.rpartition(".")[2]) // 16

    @property
    def hidden(self) -> bool:
        """Whether a mail proxy stands in front of them, so that they have no place."""
        return "GoogleImageProxy" in self.agent

    def query(self) -> str:
        """The query of their URL."""
        return urlencode(self.params)

    def request(self, path: str, etag: str = "") -> str:
        """The request as it goes over the wire, with `If-None-Match` where they have the picture."""
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        return (
            f"GET {path}?{self.query()} HTTP/1.1\r\nHost: img.shop.example\r\nUser-Agent: {self.agent}\r\n"
            f"Accept: image/avif,image/webp,image/png,image/*;q=0.8\r\nAccept-Encoding: gzip, deflate\r\n"
            f"X-Forwarded-For: {self.address}\r\n{known}\r\n"
        )

    def opening(self, placeholder: str, now: float) -> Open:
        """The same as the engine sees it."""
        return Open(placeholder, now, params=self.params, address=self.address, user_agent=self.agent)


def visitors(number: int = VISITORS, networks: Sequence[str] = ("203.0.113.",)) -> list[Visitor]:
    """As many visitors as that, no two alike as long as the networks have addresses."""
    return list(islice((_visitor(n, networks[n % len(networks)]) for n in count()), number))


def _visitor(n: int, network: str) -> Visitor:
    params = {"lang": LANGUAGES[n // 3 % 2], "segment": SEGMENTS[n % 3], "m": "spring-2026"}
    return Visitor(f"{network}{n * 5 % 128}", AGENTS[(n + n // 8) % len(AGENTS)], params)
