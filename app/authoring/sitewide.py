"""What must agree between the files of a site: names that point at each other, and conditions that nobody names yet."""

from __future__ import annotations

from collections.abc import Callable, Collection

from app.authoring.documents.folder import Documents
from app.authoring.firsts import places
from app.authoring.operands import Moments
from app.authoring.problems import Problems
from app.authoring.scope import Named, Scope
from app.authoring.suggest import did_you_mean
from app.authoring.toolbox import Preflight
from app.authoring.vocabulary import params, splits
from app.authoring.whens import read_named
from app.authoring.yamlsource import Path
from app.engine.calendar import find_zone
from app.engine.moving import Moment
from app.engine.signals import Catalogue


def check_together(documents: Documents, preflight: Preflight, currency: str, problems: Problems) -> None:
    """All of it but the conditions; `currency` is that of the site's country, if it has one."""
    check_language(documents, problems)
    check_targets(documents, problems)
    check_offers(documents, problems)
    check_amounts(documents, currency, problems)
    check_fonts(documents, preflight, problems)


def check_language(documents: Documents, problems: Problems) -> None:
    """That the parameters which tell the language are declared; attributes may come from elsewhere."""
    read = documents.site
    if read is None:
        return
    declared = {f"param.{name}" for one in documents.placeholders.values() for name in one.document.params}
    unread = documents.unread(documents.placeholders.values(), documents.campaigns.values())
    for index, name in enumerate(read.document.language):
        if name in declared or name.startswith("recipient.") or unread.may_have_signal(name):
            continue
        remedy = did_you_mean(name, sorted(declared), else_say="it can be") or "declare it in a placeholder"
        message = f"no placeholder has the parameter “{name}”"
        if not name.startswith("param."):
            message, remedy = f"“{name}” tells no language", "write param.lang or recipient.language"
        path = ("language", index)
        read.source.complain(problems, path, "unknown-signal", message, remedy=remedy, severity="warning")


def check_targets(documents: Documents, problems: Problems) -> None:
    """That every campaign fills placeholders which exist, and whether a placeholder needs `c=` in its URL."""
    there = documents.placeholders
    fillers: dict[str, dict[str, None]] = {}
    for name, campaign in documents.campaigns.items():
        for index, target in enumerate(campaign.document.placeholder):
            fillers.setdefault(target, {})[name] = None
            if target not in there and not documents.refuses(f"placeholders/{target}.yaml"):
                listed: Path = ("placeholder", index)
                path = listed if listed in campaign.source.places else listed[:1]
                remedy = did_you_mean(target, there, else_say="placeholders are") or f"write placeholders/{target}.yaml"
                message = f"there is no placeholder “{target}”"
                campaign.source.complain(problems, path, "unknown-placeholder", message, remedy=remedy)
    for target, names in fillers.items():
        if len(names) > 1 and target in there:
            first = next(iter(names))
            message = f"the campaigns {', '.join(names)} all fill {target}; without c= in the URL it is {first}"
            remedy = "write c= into each URL; snippets do"
            there[target].source.complain(problems, (), "several-campaigns", message, remedy=remedy, severity="warning")


def check_offers(documents: Documents, problems: Problems) -> None:
    """That a site which has rules for the first few remembers who they are."""
    if documents.site is None or documents.site.document.consent.measurement != "none":
        return
    message = "nobody is remembered here, so nobody is one of the first, and this rule is never shown"
    remedy = "write consent: {measurement: aggregate} into rules/site.yaml"
    for campaign in documents.campaigns.values():
        for index, rule in enumerate(campaign.document.rules):
            if rule.first is not None:
                path: Path = ("rules", index, "first")
                campaign.source.complain(problems, path, "nobody-first", message, remedy=remedy, severity="warning")


def check_amounts(documents: Documents, currency: str, problems: Problems) -> None:
    """That amounts which events tell have a currency: their own, or that of the site's country."""
    if documents.events is None or currency:
        return
    for name, event in documents.events.document.events.items():
        for field, written in event.fields.items():
            if written.type == "money" and written.currency is None:
                message = "this amount has no currency, nor has the site a country whose it could be"
                path: Path = ("events", name, "fields", field, "type")
                documents.events.source.complain(problems, path, "option-mismatch", message, remedy="add currency: EUR")


def check_fonts(documents: Documents, preflight: Preflight, problems: Problems) -> None:
    """That the brand's fonts can be drawn with."""
    read = documents.site
    if read is None:
        return
    for name, file in read.document.brand.fonts.items():
        if fault := preflight.font_fault(file):
            message, _, remedy = fault.partition("; ")
            path = ("brand", "fonts", name)
            read.source.complain(problems, path, "bad-layer", f"{name}: {message}", remedy=remedy)


def check_unused_conditions(
    documents: Documents,
    used: Collection[str],
    catalogue: Catalogue,
    find_city: Callable[[str], tuple[float, float] | None],
    problems: Problems,
) -> None:
    """The site's conditions that no campaign names, with everything that any file declares."""
    site = documents.site
    if site is None:
        return
    campaigns = [read.document for read in documents.campaigns.values()]
    declared = [one.signal for read in documents.placeholders.values() for one in params(read.document)]
    own = [signal for campaign in campaigns for signal in (*splits(campaign), *places(campaign))]
    phases = list(dict.fromkeys(name for campaign in campaigns for name in campaign.phases))
    zone = find_zone(site.document.time_zone) or find_zone("UTC")
    assert zone is not None, "the time-zone database has UTC"
    written = site.document.conditions
    scope = Scope(
        source=site.source,
        problems=problems,
        catalogue=catalogue.plus((*declared, *own)),
        conditions={name: Named(site.source, ("conditions", name), raw) for name, raw in written.items()},
        moments=Moments({name: Moment(float(place)) for place, name in enumerate(phases)}, zone),
        find_city=find_city,
        unread=documents.unread(documents.placeholders.values(), documents.campaigns.values()),
    )
    for name in written:
        if name not in used:
            read_named(name, scope)
