"""Android apps by the package name that their WebView sends as `X-Requested-With`.

The user agent of such a WebView names no app at all; only this header does, and Android is withdrawing it, so it is
used where it is there and expected nowhere. Sources: matomo-org/device-detector (client hint apps), the stores' names.
"""

from __future__ import annotations

import re
from typing import Final

MAIL_APPS: Final[dict[str, str]] = {
    "com.google.android.gm": "Gmail",
    "com.google.android.gm.lite": "Gmail",
    "com.microsoft.office.outlook": "Outlook",
    "com.microsoft.office.officehubrow": "Microsoft 365",
    "com.samsung.android.email.provider": "Samsung Email",
    "com.android.email": "Android Email",
    "com.google.android.email": "Android Email",
    "com.huawei.email": "Huawei Email",
    "com.hihonor.email": "Honor Email",
    "com.lge.email": "LG Email",
    "com.htc.android.mail": "HTC Mail",
    "com.sonymobile.email": "Sony Email",
    "com.vivo.email": "vivo Email",
    "com.oneplus.email": "OnePlus Mail",
    "com.blackberry.hub": "BlackBerry Hub",
    "com.yahoo.mobile.client.android.mail": "Yahoo Mail",
    "com.yahoo.mobile.client.android.mail.lite": "Yahoo Mail",
    "jp.co.yahoo.android.ymail": "Yahoo Mail Japan",
    "com.aol.mobile.aolapp": "AOL",
    "com.aol.mobile.mail": "AOL",
    "de.gmx.mobile.android.mail": "GMX",
    "com.gmx.mobile.android.mail": "GMX",
    "de.web.mobile.android.mail": "WEB.DE",
    "com.mail.mobile.android.mail": "mail.com",
    "de.telekom.mail": "Telekom Mail",
    "de.freenet.mail": "freenet Mail",
    "de.posteo.mail": "Posteo",
    "it.italiaonline.mail": "Libero Mail",
    "com.orange.mail.fr": "Orange Mail",
    "fr.laposte.mail": "La Poste",
    "cz.seznam.email": "Seznam Email",
    "pl.wp.wppoczta": "WP Poczta",
    "pl.onet.mail": "Onet Poczta",
    "ru.mail.mailapp": "Mail.ru",
    "com.my.mail": "myMail",
    "ru.yandex.mail": "Yandex Mail",
    "com.tencent.androidqqmail": "QQ Mail",
    "com.netease.mobimail": "Mail Master",
    "com.netease.mail": "Mail Master",
    "com.nhn.android.mail": "Naver Mail",
    "net.daum.android.mail": "Daum Mail",
    "com.zoho.mail": "Zoho Mail",
    "com.rediff.mail.and": "Rediffmail",
    "com.fsck.k9": "K-9 Mail",
    "net.thunderbird.android": "Thunderbird",
    "net.thunderbird.android.beta": "Thunderbird",
    "eu.faircode.email": "FairEmail",
    "me.bluemail.mail": "BlueMail",
    "com.trtf.blue": "TypeApp",
    "com.readdle.spark": "Spark",
    "com.easilydo.mail": "Edison Mail",
    "com.cloudmagic.mail": "Newton",
    "com.ninefolders.hd3": "Nine",
    "com.maildroid": "MailDroid",
    "org.kman.aquamail": "Aqua Mail",
    "com.syntomo.email": "TypeMail",
    "com.boxer.email": "Boxer",
    "com.airwatch.email": "Boxer",
    "com.mobileiron.email": "Email+",
    "com.good.gcs": "BlackBerry Work",
    "com.superhuman.mail": "Superhuman",
    "com.basecamp.hey": "HEY",
    "com.fastmail.app": "Fastmail",
    "ch.protonmail.android": "Proton Mail",
    "me.proton.android.mail": "Proton Mail",
    "de.tutao.tutanota": "Tuta",
    "com.tuta.mail": "Tuta",
    "com.canarymail.android": "Canary Mail",
    "com.emclient.mailclient": "eM Client",
    "com.myhomescreen.email": "Email Home",
}

IN_APP_BROWSERS: Final[dict[str, str]] = {
    "com.facebook.katana": "Facebook",
    "com.facebook.orca": "Messenger",
    "com.instagram.android": "Instagram",
    "com.linkedin.android": "LinkedIn",
    "com.twitter.android": "X",
    "com.pinterest": "Pinterest",
    "com.snapchat.android": "Snapchat",
    "com.tencent.mm": "WeChat",
    "com.zhiliaoapp.musically": "TikTok",
    "com.google.android.googlequicksearchbox": "Google",
    "com.google.android.gms": "Google",
    "org.telegram.messenger": "Telegram",
}

_PACKAGE: Final = re.compile(r"[a-z][\w]*(?:\.[a-z0-9_]+){1,8}\Z", re.ASCII)


def app_of(requested_with: str) -> str | None:
    """The app behind a package name; None for none, for `XMLHttpRequest`, and for apps never heard of."""
    package = requested_with.strip().lower()
    return MAIL_APPS.get(package) or IN_APP_BROWSERS.get(package)


def is_mail_app(requested_with: str) -> bool:
    """Whether a package name is that of a mail app, or says of itself that it is one."""
    package = requested_with.strip().lower()
    if package in MAIL_APPS:
        return True
    return len(package) <= 100 and _PACKAGE.match(package) is not None and "mail" in package
