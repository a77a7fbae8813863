"""CloudFront's dialect: viewer headers that its policies add, and `s-maxage`, since it obeys no targeted field.

Source: docs.aws.amazon.com, CloudFront developer guide. It replaces the user agent and drops queries unless its origin
request policy forwards them; what is in its key its cache policy says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final
from xml.sax.saxutils import escape

from app.edge.dialect import Access, Call, Heard, Pairs
from app.edge.hearing import place_in
from app.edge.lifetime import Lifetime
from app.edge.signing import signed

ADDRESS: Final = b"cloudfront-viewer-address"
PLACES: Final = (
    b"cloudfront-viewer-country",
    b"cloudfront-viewer-country-region",
    b"cloudfront-viewer-city",
    b"cloudfront-viewer-latitude",
    b"cloudfront-viewer-longitude",
    b"cloudfront-viewer-postal-code",
    b"cloudfront-viewer-time-zone",
    b"",
)
_XMLNS: Final = "http://cloudfront.amazonaws.com/doc/2020-05-31/"


class CloudFront:
    """Listens to CloudFront's viewer headers; the function that `onopen cdn cloudfront` prints makes its key."""

    heeds: frozenset[bytes] = frozenset((ADDRESS, *filter(None, PLACES)))
    tells_visitors = True
    tells_places = True

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:
        """The address, which is followed by a port (IPv6 without brackets), and the place."""
        address = said.get(ADDRESS, b"").decode("latin-1").rpartition(":")[0]
        return Heard(address or None, place_in(said, PLACES))

    def speaks(self, lifetime: Lifetime) -> Pairs:
        """`s-maxage` without `no-cache`, which CloudFront would obey before it."""
        return _spoken(lifetime)

    def tags(self, tags: Sequence[str]) -> Pairs:
        """`Cache-Tag`, the name that the printed configuration gives it."""
        return ((b"cache-tag", ",".join(tags).encode()),)

    def purges(self, tags: Sequence[str], access: Access) -> Sequence[Call]:
        """One invalidation of all tags, signed with a key written as `<id>:<secret>`."""
        items = "".join(f"<Path>#{escape(tag)}</Path>" for tag in tags)
        reference = sha256(f"{access.now} {items}".encode()).hexdigest()[:32]
        paths = f"<Paths><Quantity>{len(tags)}</Quantity><Items>{items}</Items></Paths>"
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?><InvalidationBatch xmlns="{_XMLNS}">{paths}'
            f"<CallerReference>{reference}</CallerReference></InvalidationBatch>"
        ).encode()
        headers = {"Content-Type": "application/xml"}
        return [signed(Call("POST", access.url, headers, body), access, region="us-east-1", service="cloudfront")]


@lru_cache(maxsize=1024)
def _spoken(lifetime: Lifetime) -> Pairs:
    said = [b"max-age=0, s-maxage=%d" % lifetime.fresh_s]
    if lifetime.while_asking_s:
        said.append(b"stale-while-revalidate=%d" % lifetime.while_asking_s)
    if lifetime.if_error_s:
        said.append(b"stale-if-error=%d" % lifetime.if_error_s)
    return (b"cache-control", b", ".join(said)), (b"cdn-cache-control", b"no-store")
