"""Linked data: what a page is about in the words of schema.org, for programs that read pages."""

from collections.abc import Sequence
from typing import Any

from app.disclosure import names
from app.disclosure.campaigns import Account
from app.disclosure.members import Member
from app.disclosure.models import EventState
from app.disclosure.projects.accounts import Account as ProjectAccount
from app.disclosure.schemas.events.events import PublicEventOut
from app.disclosure.schemas.publications.publications import PublicationDetail
from app.fundraising.models import CampaignState
from app.kit.money import yuan
from app.organizations.models import Organization
from app.site.downloads import Download

Node = dict[str, Any]


def website(origin: str, name: str) -> Node:
    """Return the front page: the site, and how it is searched."""
    return _page(
        "WebSite",
        name=name,
        url=f"{origin}/",
        inLanguage=["zh-CN", "en"],
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    )


def ngo(origin: str, member: Member) -> Node:
    """Return a member as an organization that belongs to another and has others below it."""
    one = member.organization
    return _page(
        "NGO",
        **_organization(origin, one),
        alternateName=one.name_en,
        taxID=one.uscc,
        foundingDate=one.founded_on.isoformat() if one.founded_on else None,
        areaServed=_region(member.region, one.region_code),
        parentOrganization=_named(origin, member.above) if member.above else None,
        subOrganization=[_named(origin, below) for below in member.below] or None,
    )


def campaign(origin: str, account: Account) -> Node:
    """Return a campaign as the act of giving that it asks for, with what it has come to."""
    it = account.campaign
    done = it.state is CampaignState.closed
    return _page(
        "DonateAction",
        name=it.title,
        description=it.purpose,
        identifier=it.code,
        url=f"{origin}/campaigns/{it.code}",
        startTime=it.starts_on.isoformat(),
        endTime=it.ends_on.isoformat() if it.ends_on else None,
        actionStatus=f"https://schema.org/{'Completed' if done else 'Active'}ActionStatus",
        recipient=_named(origin, account.organization),
        result=amount(account.figures.net),
    )


def project(origin: str, account: ProjectAccount) -> Node:
    """Return a project with who leads it, where it is, and what was spent on it."""
    it = account.project
    return _page(
        "Project",
        name=it.title,
        description=names.without_contacts(it.content),
        identifier=it.code,
        url=f"{origin}/projects/{it.code}",
        foundingDate=it.executed_from.isoformat() if it.executed_from else None,
        dissolutionDate=it.executed_to.isoformat() if it.executed_to else None,
        parentOrganization=_named(origin, account.organization),
        areaServed=_region(account.region.name, it.region_code),
        funding={
            "@type": "Grant",
            "funder": _named(origin, account.organization),
            "amount": amount(account.spent),
        },
    )


def report(origin: str, it: PublicationDetail) -> Node:
    """Return a publication as a report on a time, by whom, and where its bytes are."""
    return _page(
        "Report",
        name=f"{it.kind_title_zh} {it.title}",
        identifier=str(it.id),
        url=f"{origin}/publications/{it.id}",
        datePublished=it.published_on.isoformat(),
        temporalCoverage=f"{it.period_from.isoformat()}/{it.period_to.isoformat()}",
        inLanguage="zh-CN",
        publisher={
            "@type": "NGO",
            "name": it.organization.name,
            "url": f"{origin}/organizations/{it.organization.code}",
        },
        encoding={
            "@type": "MediaObject",
            "contentUrl": origin + it.snapshot,
            "encodingFormat": "application/json",
            "sha256": it.sha256,
        },
    )


def event(origin: str, it: PublicEventOut, owner: Organization) -> Node:
    """Return an event with when and where it is, who asks to it, and whether it was called off."""
    status = "EventCancelled" if it.state is EventState.cancelled else "EventScheduled"
    return _page(
        "Event",
        name=it.title,
        description=names.without_contacts(it.description),
        identifier=it.code,
        url=f"{origin}/events/{it.id}",
        startDate=it.starts_at.isoformat(),
        endDate=it.ends_at.isoformat(),
        eventStatus=f"https://schema.org/{status}",
        location={"@type": "Place", "name": it.place},
        organizer=_named(origin, owner),
        remainingAttendeeCapacity=it.seats_left,
    )


def amount(minor: int) -> Node:
    """Return fen as an amount of money."""
    value = ("-" if minor < 0 else "") + yuan(abs(minor)).replace(",", "")
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": value}


def catalog(origin: str, name: str, sets: Sequence[Download]) -> Node:
    """Return the page of downloads: each data set with where it is taken, and in which forms."""
    return _page(
        "DataCatalog",
        name=name,
        url=f"{origin}/data",
        isAccessibleForFree=True,
        dataset=[
            {
                "@type": "Dataset",
                "name": one.name,
                "description": one.description,
                "isAccessibleForFree": True,
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "contentUrl": origin + form.path,
                        "encodingFormat": form.media_type,
                    }
                    for form in one.forms
                ],
            }
            for one in sets
        ],
    )


def _region(name: str, code: str) -> Node:
    return {"@type": "AdministrativeArea", "name": name, "identifier": code}


def _organization(origin: str, one: Organization) -> Node:
    return {"name": one.name, "identifier": one.code, "url": f"{origin}/organizations/{one.code}"}


def _named(origin: str, one: Organization) -> Node:
    return {"@type": "NGO", **_organization(origin, one)}


def _page(kind: str, **facts: Any) -> Node:  # noqa: ANN401 - JSON
    told = {name: value for name, value in facts.items() if value is not None}
    return {"@context": "https://schema.org", "@type": kind, **told}
