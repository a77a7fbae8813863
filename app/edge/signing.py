"""Requests to AWS, signed by Signature Version 4 (docs.aws.amazon.com, "Create a signed AWS API request").

The SDK would bring a hundred times as much code for the one request that we send.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote, urlsplit

from app.edge.dialect import Access, Call

ALGORITHM: Final = "AWS4-HMAC-SHA256"


def signed(call: Call, access: Access, *, region: str, service: str) -> Call:
    """The call with its date and signature; `access.key` is `<access key id>:<secret access key>`. No query."""
    identity, _, secret = access.key.partition(":")
    moment = datetime.fromtimestamp(access.now, UTC)
    stamp, day = f"{moment:%Y%m%dT%H%M%SZ}", f"{moment:%Y%m%d}"
    parts = urlsplit(call.url)
    headers = {**call.headers, "Host": parts.netloc, "X-Amz-Date": stamp}
    lower = {name.lower(): value.strip() for name, value in sorted(headers.items(), key=lambda one: one[0].lower())}
    names = ";".join(lower)
    listed = "".join(f"{name}:{value}\n" for name, value in lower.items())
    path = quote(parts.path or "/", safe="/-_.~")
    canonical = "\n".join((call.method, path, "", listed, names, sha256(call.body).hexdigest()))
    scope = f"{day}/{region}/{service}/aws4_request"
    told = "\n".join((ALGORITHM, stamp, scope, sha256(canonical.encode()).hexdigest()))
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), sha256)
    signature = hmac.digest(key, told.encode(), sha256).hex()
    said = f"{ALGORITHM} Credential={identity}/{scope}, SignedHeaders={names}, Signature={signature}"
    return call._replace(headers={**call.headers, "X-Amz-Date": stamp, "Authorization": said})
