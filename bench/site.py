"""The site that is measured: one placeholder of about 20 KB, twenty rules of three clauses, and a City file for it.

The rules ask for what mails ask for: country, weather, part of the day, device, a parameter. Most visitors fit one of
the last rules, so that the rules before it have to be passed over.
"""

from __future__ import annotations

from pathlib import Path

from bench.cold_paint import photo
from tests.support.city_files import record, write_city_file

ELSEWHERE = ("FR", "IT", "ES", "NL", "PL", "SE", "DK", "US", "GB", "BE")
SITE = """\
home: https://shop.example/
link_hosts: [shop.example]
languages: [de, en]
language: [param.lang]
country: DE
time_zone: Europe/Berlin
place: [ip]
dayparts: {morning: "05:00", noon: "11:00", afternoon: "14:00", evening: "18:00", night: "22:00"}
consent: {location: not_needed, behaviour: asked, measurement: aggregate}
"""
PLACEHOLDER = """\
size: [240, 120]
format: jpg
alt: {de: Ein Angebot, en: An offer}
params:
  lang: {type: choice, choices: [de, en], default: de}
  segment: {type: choice, choices: [new, regular, gold], default: new}
fields:
  photo: {type: picture, default: photo.png}
  headline: {type: text, max_length: 60, default: {de: Schön, en: Nice}}
layers:
  - picture: {field: photo, box: [0, 0, 240, 120], fit: cover}
  - text: {field: headline, box: [12, 60, 216, 50], font: Noto Sans Bold, size: 20, min_size: 12, color: "#ffffff"}
"""
RULE = """\
  - name: {name}
    when: {{{when}}}
    show: {{headline: {{de: "Regel {name}", en: "Rule {name}"}}}}
    link: https://shop.example/{name}
"""
ALL_DAY = "{one_of: [morning, noon, afternoon, evening, night]}"
CITIES = {
    "203.0.113.0/28": ("DE", "BY", "München", 48.137, 11.575),
    "203.0.113.16/28": ("DE", "HH", "Hamburg", 53.55, 10.0),
    "203.0.113.32/28": ("DE", "BE", "Berlin", 52.52, 13.4),
    "203.0.113.48/28": ("DE", "NW", "Köln", 50.94, 6.96),
    "203.0.113.64/28": ("DE", "HE", "Frankfurt am Main", 50.11, 8.68),
    "203.0.113.80/28": ("DE", "SN", "Dresden", 51.05, 13.74),
    "203.0.113.96/28": ("DE", "BW", "Stuttgart", 48.78, 9.18),
    "203.0.113.112/28": ("AT", "9", "Wien", 48.2, 16.37),
}


def rules() -> list[tuple[str, str]]:
    """Name and condition of the twenty rules, each of three clauses."""
    far = [
        (f"to-{country.lower()}", f"geo.country: {country}, time.daypart: {ALL_DAY}, weather.temperature: {{above: 5}}")
        for country in ELSEWHERE
    ]
    near = [
        ("frost", "weather.temperature: {below: -20}, geo.country: DE, device.class: phone"),
        ("gale", "weather.wind_speed: {at_least: 90}, geo.country: DE, param.segment: gold"),
        ("blazing", "weather.temperature: {above: 38}, device.class: desktop, param.segment: {none_of: [new]}"),
        ("small-hours", 'time.clock: {between: {from: "03:00", to: "03:01"}}, geo.country: DE, device.os: ios'),
        ("gold-storm", "param.segment: gold, weather.condition: thunderstorm, geo.country: {one_of: [DE, AT]}"),
        ("rain-phone", "weather.condition: {one_of: [rain, drizzle]}, device.class: phone, param.segment: regular"),
        ("rain", f"weather.condition: {{one_of: [rain, drizzle]}}, geo.country: DE, time.daypart: {ALL_DAY}"),
        ("gold", "param.segment: gold, device.class: {one_of: [phone, desktop]}, weather.temperature: {above: 0}"),
        ("warm", f"weather.temperature: {{above: 15}}, geo.country: {{one_of: [DE, AT]}}, time.daypart: {ALL_DAY}"),
        ("cool", f"weather.temperature: {{at_most: 15}}, geo.country: {{one_of: [DE, AT]}}, time.daypart: {ALL_DAY}"),
    ]
    return [*far, *near]


def write_site(folder: Path) -> Path:
    """The site folder."""
    for part in ("placeholders", "rules", "assets"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    photo(480, 240).save(folder / "assets" / "photo.png")
    listed = "".join(RULE.format(name=name, when=when) for name, when in rules())
    (folder / "rules" / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "placeholders" / "offer.yaml").write_text(PLACEHOLDER, encoding="utf-8")
    (folder / "rules" / "offer.yaml").write_text(
        f"placeholder: offer\nrules:\n{listed}otherwise: {{link: https://shop.example/}}\n", encoding="utf-8"
    )
    return folder


def write_cities(path: Path) -> Path:
    """A City file that knows the visitors' networks."""
    return write_city_file(
        path,
        {
            network: record(country, region=region, city={"de": city}, at=(north, east), radius=10, zone=_zone(country))
            for network, (country, region, city, north, east) in CITIES.items()
        },
    )


def _zone(country: str) -> str:
    return "Europe/Vienna" if country == "AT" else "Europe/Berlin"
