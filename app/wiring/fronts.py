"""The composition root for what stands in front: which CDN is spoken to, what it may share, how it vouches for that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Final

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.documents.site import Site
from app.edge.cloudflare import Cloudflare
from app.edge.cloudfront import CloudFront
from app.edge.dialect import Dialect
from app.edge.fastly import Fastly
from app.edge.keys import Key
from app.edge.lifetime import Staleness
from app.edge.plain import Plain
from app.edge.policy import Policy
from app.edge.printing import Shared
from app.edge.varnish import Varnish
from app.edge.visitors import CLASSES
from app.engine.signals import Kind
from app.keyring import Keyring
from app.settings import Settings
from app.sources.networks import PROVIDERS
from app.wiring.cacheability import keys_of

DIALECTS: Final[Mapping[str, Callable[[], Dialect]]] = {
    "plain": Plain,
    "varnish": Varnish,
    "cloudflare": Cloudflare,
    "cloudfront": CloudFront,
    "fastly": Fastly,
}


def dialect(settings: Settings) -> Dialect:
    """Whom in front of us we listen and speak to."""
    return DIALECTS[settings.edge.dialect]()


def policy(settings: Settings, site: Site) -> Policy:
    """How the cache in front keeps the answers of a site."""
    allowed = Staleness(round(site.cache.stale_while_revalidate), round(site.cache.stale_if_error))
    return Policy(dialect(settings), allowed)


def shared_by(site: CompiledSite, keyring: Keyring, spoken: Dialect) -> Mapping[str, Shared]:
    """What a cache of a dialect may share of a site, and the words by which it vouches for each key."""
    secret = keyring.key.for_purpose("edge")
    return {name: _shared(site.placeholders[name], key, secret) for name, key in keys_of(site, spoken).items()}


def _shared(placeholder: CompiledPlaceholder, key: Key, secret: bytes) -> Shared:
    folded = _folded(placeholder).intersection(key.params)
    return Shared(placeholder.name, key, voucher(key, placeholder.name, folded, secret), folded)


def voucher(key: Key, placeholder: str, folded: Collection[str], secret: bytes) -> str:
    """The words for a key of a placeholder of which these parameters mean the same in capitals."""
    return key.voucher(secret, placeholder, (*sorted(folded), VISITORS_TOLD_BY if key.visitor else ""))


def _folded(placeholder: CompiledPlaceholder) -> frozenset[str]:
    return frozenset(param.name for param in placeholder.params if param.kind is Kind.CHOICE)


def mail_networks() -> tuple[str, ...]:
    """Where mail providers fetch from (CIDR)."""
    return tuple(network for networks in PROVIDERS.values() for network in networks)


VISITORS_TOLD_BY: Final = sha256(repr((CLASSES, mail_networks())).encode()).hexdigest()
"""The expressions and networks of this release: a cache that was configured by another one tells other visitors."""
