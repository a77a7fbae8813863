"""Mail clients by the words they call themselves, and what is known of each: name, system, whether GIFs play.

They are looked for before machines, because general crawler lists claim Outlook and Airmail. A row's system and class
only count where the string itself says nothing. Sources: matomo-org/device-detector (its mail clients), ua-parser,
caniemail for what plays GIFs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Client:
    """A mail client: its name, what it runs on where the string is silent, whether it plays GIFs (None: untested)."""

    name: str
    device_class: str | None = None
    os: str | None = None
    animates: bool | None = None


def _on_windows(name: str, *, animates: bool | None = None) -> Client:
    return Client(name, "desktop", "windows", animates)


def _on_mac(name: str) -> Client:
    return Client(name, "desktop", "macos", True)


def _on_linux(name: str) -> Client:
    return Client(name, "desktop", "linux")


def _on_desktop(name: str, *, animates: bool | None = True) -> Client:
    return Client(name, "desktop", None, animates)


def _on_phone(name: str, os: str, *, animates: bool | None = True) -> Client:
    return Client(name, "phone", os, animates)


_THUNDERBIRD = _on_desktop("Thunderbird")
_MAIL_MASTER = Client("Mail Master", animates=True)
_MAC_MAIL = _on_mac("Apple Mail")
_YAHOO_ANDROID = _on_phone("Yahoo Mail", "android")
OUTLOOK_WINDOWS: Final = _on_windows("Outlook")
OUTLOOK_MAC: Final = _on_mac("Outlook")
OUTLOOK_IOS: Final = _on_phone("Outlook", "ios")
OUTLOOK_ANDROID: Final = _on_phone("Outlook", "android")
WINDOWS_MAIL: Final = _on_windows("Windows Mail", animates=True)
APPLE_MAIL: Final = Client("Apple Mail", animates=True)

# Distinctive words: wherever they stand in the string.
WORDS: Final[dict[str, Client]] = {
    "thunderbird": _THUNDERBIRD,
    "icedove": _THUNDERBIRD,
    "betterbird": _on_desktop("Betterbird"),
    "earlybird": _THUNDERBIRD,
    "spicebird": _on_desktop("Spicebird"),
    "postbox": _on_desktop("Postbox"),
    "postboxapp": _on_desktop("Postbox"),
    "seamonkey": _on_desktop("SeaMonkey"),
    "iceape": _on_desktop("SeaMonkey"),
    "airmail": _on_mac("Airmail"),
    "mailspring": _on_desktop("Mailspring"),
    "mailbird": _on_windows("Mailbird", animates=True),
    "mailmate": _on_mac("MailMate"),
    "mimestream": _on_mac("Mimestream"),
    "bluemail": Client("BlueMail", animates=True),
    "typeapp": Client("TypeApp"),
    "foxmail": _on_windows("Foxmail", animates=True),
    "mailmaster": _MAIL_MASTER,
    "mailmasterpc": _on_windows("Mail Master", animates=True),
    "mailmaster_android_mobile": _on_phone("Mail Master", "android"),
    "qqmail": Client("QQ Mail"),
    "navermailapp": _on_phone("Naver Mail", "android"),
    "navermail": Client("Naver Mail"),
    "daummail": Client("Daum Mail"),
    "yahoomobilemail": _YAHOO_ANDROID,
    "yahoomailandroid": _YAHOO_ANDROID,
    "jp.co.yahoo.ymail": Client("Yahoo Mail Japan", animates=True),
    "lotus-notes": _on_windows("Lotus Notes"),
    "notes-lotus": _on_windows("Lotus Notes"),
    "kmail": _on_linux("KMail"),
    "kmail2": _on_linux("KMail"),
    "kontact": _on_linux("Kontact"),
    "claws": _on_linux("Claws Mail"),
    "claws-mail": _on_linux("Claws Mail"),
    "sylpheed": _on_desktop("Sylpheed", animates=None),
    "trojita": _on_desktop("Trojitá", animates=None),
    "evolution-mail": _on_linux("Evolution"),
    "outlook-express": _on_windows("Windows Live Mail", animates=True),
    "windowslivemail": _on_windows("Windows Live Mail", animates=True),
    "windowsmail": WINDOWS_MAIL,
    "emclient": Client("eM Client", animates=True),
    "eudora": _on_desktop("Eudora", animates=None),
    "incredimail": _on_windows("IncrediMail", animates=True),
    "barca": _on_windows("Barca"),
    "barcapro": _on_windows("Barca"),
    "becky!": _on_windows("Becky!"),
    "bat!": _on_windows("The Bat!"),
    "tbird": _THUNDERBIRD,
    "fairemail": _on_phone("FairEmail", "android"),
    "k-9": _on_phone("K-9 Mail", "android"),
    "k9mail": _on_phone("K-9 Mail", "android"),
    "aquamail": _on_phone("Aqua Mail", "android"),
    "maildroid": _on_phone("MailDroid", "android"),
    "mymail": Client("myMail"),
    "samsungemail": _on_phone("Samsung Email", "android"),
    "protonmail": Client("Proton Mail", animates=True),
    "tutanota": Client("Tuta", animates=True),
    "tutanota-desktop": _on_desktop("Tuta"),
    "sparkdesktop": _on_desktop("Spark"),
    "polymail": _on_desktop("Polymail"),
    "nylas-mail": _on_desktop("Nylas Mail"),
    "windmail": _on_windows("WindMail"),
    "zimbra": _on_desktop("Zimbra"),
    "mobilemail": _on_phone("Apple Mail", "ios"),
    "com.apple.mobilemail": _on_phone("Apple Mail", "ios"),
    "com.apple.mail": _on_mac("Apple Mail"),
}

# Words that mean other things too: only as a product's name, that is in front of a slash.
PRODUCTS: Final[dict[str, Client]] = {
    "evolution": _on_linux("Evolution"),
    "geary": _on_linux("Geary"),
    "balsa": _on_linux("Balsa"),
    "spark": Client("Spark", animates=True),
    "newton": Client("Newton", animates=True),
    "sparrow": _on_mac("Sparrow"),
    "superhuman": _on_desktop("Superhuman"),
    "canary": _on_mac("Canary Mail"),
    "edison": Client("Edison Mail"),
    "missive": _on_desktop("Missive"),
    "shortwave": _on_desktop("Shortwave"),
    "hey": _on_desktop("HEY"),
    "tuta": Client("Tuta", animates=True),
}

# Names of several words.
PHRASES: Final[tuple[tuple[str, Client], ...]] = (
    ("em client", Client("eM Client", animates=True)),
    ("outlook mail", WINDOWS_MAIL),  # the Mail app of Windows 10: "Microsoft Office/16.0 (Microsoft Outlook Mail …"
    ("lotus notes", _on_windows("Lotus Notes")),
    ("ibm notes", _on_windows("Lotus Notes")),
    ("hcl notes", _on_windows("Lotus Notes")),
    ("mail.ru mail", Client("Mail.ru")),
    ("samsung email", _on_phone("Samsung Email", "android")),
    ("proton mail", Client("Proton Mail", animates=True)),
    ("spark desktop", _on_desktop("Spark")),
    ("apple mail", APPLE_MAIL),
    ("iphone mail", _on_phone("Apple Mail", "ios")),
    ("yahoo%20mail", Client("Yahoo Mail", "desktop", "macos", True)),
    ("yahoo mail", Client("Yahoo Mail", animates=True)),
)

_OFFICE: Final = re.compile(r"outlook|msoffice|ms-office|microsoft office[/ ]")
# Office fetching documents or signing in on its own, not showing a mail.
_OFFICE_SERVICES: Final = re.compile(r"exchange|discovery|webdav|activesync|minired|social ?connector|outlook-?service")
# Word draws mails up to Office 2019 (first frame only); 16.x below build 6000 is the boxed Office 2016. Later builds
# are Office 2019 or Microsoft 365, which cannot be told apart (caniemail: outlook/windows).
_WORD_ENGINE: Final = re.compile(r"msoffice 1[245]\b|outlook 1[245]\.|outlook 16\.0\.[0-5]?\d{1,3}\b")


def client_of(low: str, words: list[str]) -> Client | None:
    """The mail client behind a user agent in small letters; `words` are its words, products with their slash."""
    if _OFFICE.search(low) and not _OFFICE_SERVICES.search(low) and (office := _outlook(low)):
        return office
    for phrase, client in PHRASES:
        if phrase in low:
            return client
    if low.startswith("mail/"):
        return _MAC_MAIL
    for word in words:
        name = word[:-1] if word[-1] == "/" else word
        if found := WORDS.get(name) or (PRODUCTS.get(name) if name != word else None):
            return found
    return None


def _outlook(low: str) -> Client | None:
    """Outlook's many names; None for what only mentions Office."""
    if "outlook-express" in low:
        return WORDS["outlook-express"]
    if "outlook mail" in low:
        return WINDOWS_MAIL
    if "outlook-ios" in low:
        return OUTLOOK_IOS
    if "outlook-android" in low:
        return OUTLOOK_ANDROID
    if "macoutlook" in low or "mac os" in low or "darwin" in low or "macintosh" in low:
        return OUTLOOK_MAC
    if "oneoutlook" in low:
        return _on_windows("Outlook", animates=True)
    if "officemobile" in low:
        return Client("Microsoft Office", None, "android" if "omdroid" in low else None, True)
    if "msoffice rmj" in low:
        return Client("Microsoft Office", animates=True)  # Office on phones, tablets and Macs
    animates = False if _WORD_ENGINE.search(low) else None
    return _on_windows("Outlook", animates=animates)
