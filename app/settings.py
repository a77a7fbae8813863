"""What an operator sets, through environment variables that begin with `ONOPEN_`.

One frozen group a concern, nested by `__`; each variable carries its sentence, which the operators' guide prints.
Nothing but the defaults is needed for `make run`. How they are read is `environment.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "ONOPEN_"
Dialect = Literal["plain", "varnish", "cloudflare", "cloudfront", "fastly"]
HOLES = re.compile(r"\{(?:z|x|y|key)\}")
"""What is filled in where a tile is asked for."""
Vendor = Literal["recorded", "brightsky", "metno", "openmeteo", "openweathermap"]


class Group(BaseModel):
    """A concern's settings; values are fixed once read, and unknown variables are told of where they are read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Geo(Group):
    """Where places come from."""

    city_file: Path | None = Field(
        None, description="A City database in MaxMind's format; replaced by rename, it is taken over while serving."
    )
    apple_egress_file: Path | None = Field(
        None, description="Apple's list of relay egress ranges (CSV); tells the region behind Apple's privacy fetch."
    )
    postcode_file: Path | None = Field(
        None, description="Your own postcode table: CSV with country, postal_code, city, latitude, longitude."
    )


class EdgeSettings(Group):
    """What stands in front of onopen."""

    dialect: Dialect = Field("plain", description="Which CDN is heard and spoken to.")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses (CIDR, comma-separated) of the peers that may speak for a client. Empty: nobody."
    )

    purge_url: str | None = Field(
        None, description="Where the CDN is told to drop pictures: docs/cdn says which address for each."
    )
    purge_key: SecretStr | None = Field(
        None, description="The key that purging wants; for cloudfront `<access key id>:<secret access key>`."
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ip_network(network, strict=False)
            except ValueError as error:
                raise ValueError(f"{network!r} is no address range; write e.g. 10.0.0.0/8,192.0.2.7") from error
        return value

    @field_validator("purge_url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        return _checked_address(value)


class WeatherSettings(Group):
    """Who tells the weather."""

    vendor: Vendor = Field("recorded", description="The weather service; `recorded` needs no network and serves demos.")
    url: str | None = Field(None, description="Another address of that service: a paid plan, a proxy, an own instance.")
    key: SecretStr | None = Field(None, description="The service's key, if it wants one.")
    contact: str = Field("", description="Your address, sent in the User-Agent; MET Norway demands one.")

    @field_validator("url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        return _checked_address(value)


def _checked_address(value: str | None) -> str | None:
    if value is not None and not _is_address(value):
        raise ValueError("write an address such as https://service.example, without user or query")
    return value


def _is_address(text: str) -> bool:
    """Whether paths may be put behind it."""
    parts = _web_address(text)
    return parts is not None and not (parts.query or parts.fragment)


def _web_address(text: str) -> SplitResult | None:
    """The parts of an address of a web server that names no user; None for every other text."""
    try:
        parts = urlsplit(text)
        served = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if served and not parts.username and " " not in text else None


class MapSettings(Group):
    """What lies below maps."""

    tiles: str | None = Field(
        None,
        description="The address of a tile server, as in `https://tiles.example/{z}/{x}/{y}.png`; `{key}` stands for "
        "the key. Without it maps are sketches.",
    )
    attribution: str = Field("", description="What the tile server wants to be read in every map, such as “© …”.")
    key: SecretStr | None = Field(None, description="The tile server's key, if it wants one.")

    @field_validator("tiles")
    @classmethod
    def _of_tiles(cls, value: str | None) -> str | None:
        if value is not None and not _is_tile_address(value):
            raise ValueError("write an address such as https://tiles.example/{z}/{x}/{y}.png")
        return value


def _is_tile_address(text: str) -> bool:
    """Whether it names each tile, on a host that is always the same; a key stands in the query, which no log has."""
    if not all(text.count(part) == 1 for part in ("{z}", "{x}", "{y}")) or re.search(r"[{}]", HOLES.sub("", text)):
        return False
    parts = _web_address(text)
    return parts is not None and "{" not in parts.netloc and "{key}" not in parts.path


Days = Annotated[int, Field(ge=1, le=3_650)]


class KeepSettings(Group):
    """How long the store keeps what it keeps for a time, in days since the last that happened to it."""

    shown_days: Days = Field(
        30, description="Days for which is kept what was shown in a mail, for clicks and receipts."
    )
    opens_days: Days = Field(400, description="Days since the last open for which opens of a mail stay counted.")
    strangers_days: Days = Field(
        400, description="Days since their last event for which those are kept whom you never told anything about."
    )
    places_days: Days = Field(400, description="Days for which somebody keeps a place of an offer for the first few.")
    event_ids_days: Days = Field(
        7, description="Days for which ids of events are kept; an event that is sent again after that counts again."
    )


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="ignore", env_ignore_empty=True
    )

    site: Path | None = Field(
        None, description="The site folder. Else the working directory, if it is one, else the demo site."
    )
    state_dir: Path | None = Field(
        None, description="Where the last good set is kept across restarts. Else a folder for this user."
    )
    store: SecretStr | None = Field(
        None,
        description="Where recipients are remembered: `sqlite:////abs/path.db`, `redis://…`, `rediss://…` or "
        "`redis+cluster://…`. Else a file in the state directory.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Signs tokens, and makes receipts unreadable; at least 32 characters, the same on all machines. "
        "Else one is made and kept in the state directory.",
    )
    previous_secret_key: SecretStr | None = Field(
        None, description="The secret key before: tokens that it signed are still believed."
    )
    api_key: SecretStr | None = Field(None, description="The bearer key of the API and of /metrics where it is public.")
    budget_ms: int = Field(400, ge=20, le=10_000, description="Within how many milliseconds every picture is answered.")
    workers: int = Field(1, ge=1, le=64, description="Server processes.")
    render_threads: int = Field(2, ge=1, le=32, description="Threads that paint, in each process.")
    render_queue: int = Field(
        64, ge=1, le=10_000, description="Pictures that may wait to be painted; beyond, the fallback is served."
    )
    cache_mb: int = Field(
        24, ge=1, le=16_384, description="Megabytes of painted pictures kept in memory, in each process."
    )
    render_mb: int = Field(
        40,
        ge=1,
        le=16_384,
        description="Megabytes of what pictures are painted from (half of it plates, a quarter patches, a quarter "
        "decoded assets) kept in memory, in each process.",
    )
    template_mb: int = Field(
        32, ge=1, le=4096, description="Megabytes of compiled countdowns kept in memory, in each process."
    )
    log: Literal["json", "pretty"] = Field("json", description="Log lines for machines, or for a person at a terminal.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is worth a log line.")
    log_sample: float = Field(
        0.01, ge=0.0, le=1.0, description="The share of ordinary opens that get a log line; trouble always does."
    )
    reload_s: float = Field(
        1.0, ge=0.1, le=3600, description="How often the site folder is looked at for changes, in seconds."
    )
    demo: bool = Field(
        False, description="Show the page with every placeholder at `/`; off the public listener in production."
    )
    geo: Geo = Geo()
    edge: EdgeSettings = EdgeSettings()
    weather: WeatherSettings = WeatherSettings()
    map: MapSettings = MapSettings()
    keep: KeepSettings = KeepSettings()

    @field_validator("secret_key", "previous_secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise ValueError("use at least 32 characters")
        return value


def variables(model: type[BaseModel] = Settings, prefix: str = PREFIX) -> Iterator[tuple[str, str, str]]:
    """Every variable with its default and its sentence, in order."""
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, Group):
            yield from variables(field.annotation, f"{variable}__")
        else:
            default = "" if field.default is None else field.default
            yield variable, ",".join(default) if isinstance(default, tuple) else str(default), field.description or ""


def secrets() -> frozenset[str]:
    """The variables that may also be given as a file."""
    return frozenset(name for name, _, _ in variables() if name.endswith(("_KEY", "_STORE")))


def groups() -> frozenset[str]:
    """The names that only begin variables."""
    return frozenset(name.rpartition("__")[0] for name, _, _ in variables() if "__" in name)
