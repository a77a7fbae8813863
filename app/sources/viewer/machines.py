"""Machines by what they call themselves: crawlers, link previews, security scanners, HTTP libraries, test browsers.

An own table, because general crawler lists claim mail clients. It knows three kinds of evidence: names, habits of
machines (a contact address, a comment inside `KHTML, like Gecko`), and the lack of anything that could draw a mail.
An outdated browser is no machine: people have them. Sources: monperrus/crawler-user-agents, omrilotan/isbot,
matomo-org/device-detector, and the recorded scanner hits of gophish issue 973.
"""

from __future__ import annotations

import re
from typing import Final

_LIBRARIES = """
    curl libcurl wget wget2 aria2 axel httpie libwww-perl lwp lwp-trivial python-requests python-urllib
    python-urllib3 python-httpx urllib aiohttp requests scrapy java-http-client apache-httpclient
    apache-httpasyncclient httpclient http-client jakarta commons-httpclient ahc asynchttpclient okhttp okhttp3
    retrofit jersey jetty netty vertx reactornetty go-http-client go-resty resty fasthttp colly node.js node-fetch
    node-superagent axios undici request superagent guzzle guzzlehttp symfony zend_http_client pecl faraday typhoeus
    mechanize rest-client httparty httprb mojolicious lua-resty-http ngx_lua reqwest ureq isahc winhttp wininet
    cpp-httplib restsharp unirest postman postmanruntime insomnia hackney httpoison erlang haskell dalvik cfnetwork
    dataaccessd powershell windowspowershell jmeter apachebench wrk vegeta gatling libfetch urlgrabber htmlunit
    jsdom jsoup nokogiri electron-fetch xmlrpc indy embarcadero webclient alamofire afnetworking nsurlsession
    nsurlconnection microsoft-cryptoapi microsoft-webdav-miniredir davclnt exchangeservicesclient certutil rclone
"""
_PREVIEWS = """
    facebookexternalhit facebookexternalua facebookcatalog facebot meta-externalagent meta-externalfetcher
    meta-externalads meta-webindexer twitterbot whatsapp telegrambot discordbot linkedinbot slackbot
    slackbot-linkexpanding slack-imgproxy slackbot-imgproxy skypeuripreview skype-url-preview microsoftpreview
    bingpreview microsoft-teams-preview pinterestbot redditbot line-poker kakaotalk-scrap kakaostory-og-reader
    iframely embedly onebox mastodon pleroma akkoma misskey lemmy synapse matrix-media-repo bluesky cardyb vkshare
    flipboardproxy bitlybot xing-contenttabreceiver google-pagerenderer google-read-aloud google-inspectiontool
    googleother google-extended google-safety googleassociationservice google-site-verification google-lens
    feedfetcher-google mediapartners-google adsbot-google adsbot-google-mobile apis-google appengine-google
    storebot-google googledocs google-apps-script google-cloud-scheduler googleprober chrome-lighthouse
    duplexweb-google yahoo:linkexpander quora-bot outbrain nuzzel instapaper pocketparser pocketimagecache notionbot
    ia_archiver archive.org_bot github-camo camo imgproxy imageproxy weserv startpageprivateimageproxy ogscrper
    chatgpt-user oai-searchbot gptbot claudebot claude-web claude-user anthropic-ai perplexitybot perplexity-user
    ccbot bytespider amazonbot applebot yandexantivirus yandexbot baiduspider duckduckbot petalbot semrushbot
"""
_SCANNERS = """
    barracuda mimecast proofpoint scmguard twinwavescanner safelinks ironport fireeye trendmicro messagelabs
    bitdefender kaspersky drweb cloudflare-radar-scanner cloudflare-diagnostics bitsightbot phishbucketrust
    phishtank urlscan urlscan.io virustotal virustotalcloud netcraft netcraftsurveyagent censysinspect zgrab masscan
    nmap nikto sqlmap openvas nessus qualys acunetix acunetix-product arachni detectify burp wpscan nuclei
    paloaltonetworks internet-measurement netsystemsresearch shodan shodan-pull leakix l9explore l9tcpid whatweb
    hardenize securityheaders ssllabs scamadviserexternalhit obot emailwolf emailsiphon emailcollector
    emailharvester mailchimp mailchimp.com hubspot eloqua litmus mailgun mailjet sendgrid sparkpost klaviyo omnisend
    ips-agent
"""
_TESTERS = """
    headlesschrome headless phantomjs slimerjs puppeteer playwright selenium webdriver testcafe zombie.js lighthouse
    ptst pingdom pingdomtms pingdompagespeed gtmetrix webpagetest statuscake uptimerobot uptime-kuma site24x7
    catchpoint datadog datadogsynthetics newrelicsynthetics newrelicpinger dynatrace dynatracesynthetic
    ruxitsynthetic thousandeyes iplabel monsido siteimprove.com siteimprove silktide hotjar cookiebot cookiehub
    onetrust termly functionize testlocally browsershots nodeping updown.io hetrixtools zabbix nagios check_http
    prometheus blackbox grafana grafana-k6 munin jumio ahrefs ahrefsbot mj12bot dotbot sistrix xenu httrack
    websucker sitesucker webcopier webzip teleport nutch heritrix wappalyzer builtwith datanyze whatcms cloudfront
    amazon-cloudfront cortex cloudflareobservatory cloudflarediagnostics cybaaagent assetnote integromat
    salesforce.com sfdc-callout outfoxbot daumoa qwantify exabot convertify nitro-optimizer-agent marketgoo
    google-agent googleagent-mariner manus-user amzn-user linktiger dareboost rigor ylt dmbrowser dmbrowser-bv hlb
    appinsights watchtowr
"""

NAMES: Final = frozenset(f"{_LIBRARIES} {_PREVIEWS} {_SCANNERS} {_TESTERS}".split())
"""Whole words; a word of a user agent ends at a blank, a slash, a semicolon or a bracket."""

_DOMAINS: Final = frozenset(["com", "net", "org", "edu", "gov", "io", "co", "ai", "dev", "info", "eu", "fr", "ua"])
"""How hosts of machines end (`PrintFriendly.com`). No `de`: the apps of `web.de` and `vodafone.de` name theirs too."""

# Parts of words that only machines have (no ordinary browser string of the sources above contains one).
STEMS: Final = (
    "http:",
    "www.",
    "mailto:",
    "https:",
    "+http",
    "crawl",
    "scrap",
    "fetch",
    "preview",
    "headless",
    "scann",
    "monitor",
    "checker",
    "link check",
    "validat",
    "archiver",
    "indexer",
    "slurp",
    "externalhit",
    "harvest",
    "extractor",
    "inspector",
    "favicon",
    "nutch",
    "httpagent",
    "hubscan",
    "hubverify",
    "contentscan",
    "-google",
    "email exractor",
    "transcoder",
    "syntheti",
    "finder",
    "probe",
    "uptime",
    "measurement",
    "prospect",
    "screenshot",
    "splash version/",
    "ggpht",
    "appengine",
    "google-",
    "webhook",
    "robots",
    "subscribers",
    "microsoft exchange/",
    "office existence discovery",
    "office protocol discovery",
    "link resolver",
    "mail security",
    "mailguard",
    "mail filter",
    "mail gateway",
    "antispam",
    "spamassassin",
    "jndi:",
    "<?php",
    "${",
    "{{",
)
_BOT: Final = re.compile(r"(?<!cu)bot(?![a-z])|spider(?! \d)")
_BOT_ON_ANDROID: Final = re.compile(r"(?<!cu)bot(?:[/;),]|\Z)|spider[/;)]")  # phones are called "Cubot X", "M bot 54"
_ADDRESS: Final = re.compile(r"@[a-z][\w-]*\.[a-z]{2}")
_SYSTEM: Final = re.compile(
    r"windows|win(?:9\d|nt|ce)|mac ?os|macintosh|iphone|ipad|ipod|\bios\b|android|linux|x11|\bcros\b|bsd|sunos|solaris"
    r"|tizen|web0s|webos|kaios|blackberry|bb10|rim tablet|symbian|series ?[346]0|playstation|nintendo|xbox|harmony"
    r"|haiku|amiga|os/2|beos|fuchsia|bada|j2me|midp|nokia|smart-?tv|hbbtv|roku|brew|mobile|kindle|palm|opera|msie|darwin|qnx"
    r"|java me"
)
_COMPATIBLE: Final = re.compile(
    r"\(compatible; *+(?!msie|ms-office|konqueror|lotus|u;|webpositive|ibrowse|netpositive|polaris|linux|windows|os/2)"
)

# Strings that recorded link scanners sent to the letter. Some are real browsers of long ago; the exact string is the
# evidence, never the age.
RECORDED: Final = frozenset(
    {
        "mozilla/5.0 (windows nt 6.1) applewebkit/537.36 (khtml, like gecko) chrome/57.0.2987.133 safari/537.36",
        "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/103.0.0.0"
        " safari/537.36",
        "mozilla/5.0 (windows; u; windows nt 5.1; en-gb; rv:1.8.1.16) gecko/20080702 firefox/2.0.0.16",
        "mozilla/5.0 (compatible; msie 10.0; windows nt 6.1; trident/6.0)",
    }
)
# Browsers that never were: Trident on a Mac, Windows NT 9.
_NEVER_WAS: Final = re.compile(r"(?:apple )?mac os x[^)]*; trident/|windows nt 9\.|msie \d+[^)]*mac os x")


def is_machine(low: str, words: list[str]) -> bool:
    """Whether a user agent in small letters is a machine's; mail clients must have been looked for before."""
    for word in words:
        name = word[:-1] if word[-1] == "/" else word
        if name in NAMES or ("." in name and _is_host(name)):
            return True
    for stem in STEMS:
        if stem in low:
            return True
    if ("bot" in low or "spider" in low) and (_BOT_ON_ANDROID if "android" in low else _BOT).search(low):
        return True
    if low in RECORDED or (("trident/" in low or "msie" in low) and _NEVER_WAS.search(low)):
        return True
    if "compatible;" in low and _COMPATIBLE.search(low):
        return True
    return _remarks(low)


def _is_host(name: str) -> bool:
    """Whether a word is a host's name (`miniature.io`), not an app's (`com.example.dev`) nor a mail provider's."""
    first, *_, last = name.split(".")
    return last in _DOMAINS and first not in _DOMAINS and "mail" not in name


def _remarks(low: str) -> bool:
    """Whether there is an address in it, or a remark where browsers put none: in the engine's comment, at the end."""
    if "@" in low and _ADDRESS.search(low):
        return True
    _, _, behind = low.partition("khtml, like gecko")
    if behind[:1] in (";", ",") and not behind[1:].lstrip().startswith(("safari", "hevc")):
        return True
    last = behind.rpartition("safari/")[2].lstrip("0123456789.")
    return last[:1] == ";" and last != behind and "android" not in low and "mobile" not in low


def draws_nothing(low: str) -> bool:
    """Whether a string names no system that could show a mail: a bare product such as `cortex/1.0`."""
    return _SYSTEM.search(low) is None
