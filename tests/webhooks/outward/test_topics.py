"""Every topic that the service tells is in the subscribers' catalogue, or is kept from them for a reason."""

import ast
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from app.disclosure.models import AwardStage, ComplaintStepKind, EventState
from app.fundraising.models import ReceiptState
from app.webhooks.outward.catalogue import EventType
from tests.webhooks.outward import topics
from tests.webhooks.outward.topics import Module

FAMILIES: Mapping[str, Sequence[str]] = {
    "receipt.*": [f"receipt.{state}" for state in ReceiptState],
    "event.*": [f"event.{state}" for state in EventState],
    "commendation.*": [f"commendation.{stage}" for stage in AwardStage],
    "complaint.*": [f"complaint.{kind}" for kind in ComplaintStepKind],
    # What is paid by a course of approvals names its kind itself.
    "*.*": ["disbursement.*", "transfer.*"],
    # One subscriber alone is tried out, under a topic of its own.
    "*:*": [EventType.subscription_tested.value],
}
"""Topics that end in a word of the running service, of which some are in the catalogue: one by one."""

_DESK = "a step between colleagues, who are told at their own desk"
_SECRET = "whom it is about must not hear of it before it is over"
_PERSON = "about one person: nobody outside is told of a person's dealings"
_HOUSE = "a fault or a limit of the house itself, told to who looks after it"
_PROJECT = "what everybody may read of projects is read at /v1/disclosure, from their approval on"
_NEVER = "nothing is told of it: the words of its states are read here, used or not"

INSIDE: Mapping[str, str] = {
    "aid_case.*": _PERSON,
    "alert.delivery_conflict": _HOUSE,
    "alert.log_not_signed": _HOUSE,
    "approval.*": _DESK,
    "approval_policy.changed": _DESK,
    "beneficiary.erased": _PERSON,
    "benefits.recorded": _PROJECT,
    "benefits.voided": _PROJECT,
    "books.chart_changed": _DESK,
    "books.opened": _DESK,
    "cash.above_limit": _HOUSE,
    "commendation.nominating": _NEVER,
    "commendation.planned": _NEVER,
    "complaint.answered": _SECRET,
    "complaint.assigned": _SECRET,
    "complaint.forgotten": _NEVER,
    "complaint.overdue": _SECRET,
    "complaint.passed_up": _SECRET,
    "complaint.received": _SECRET,
    "complaint.recused": _SECRET,
    "council_term.ending": _DESK,
    "council_term.ran_over": _DESK,
    "deputy.named": _DESK,
    "deputy.revoked": _DESK,
    "disbursement.*": _PROJECT,
    "event.draft": _NEVER,
    "fundraising.donor_merge_undone": _PERSON,
    "fundraising.donor_request_*": _PERSON,
    "fundraising.donors_merged": _PERSON,
    "goods.moved": "within one member's stores",
    "handover.*": _DESK,
    "month.closed": _DESK,
    "month.reopened": _DESK,
    "need_match.*": "told to the people of both sides, who answer it here",
    "obligation.reminded": _DESK,
    "payee_account.*": _DESK,
    "progress.*": _PROJECT,
    "project.*": _PROJECT,
    "second_factor.demanded": _HOUSE,
    "second_factor.enrolled": _PERSON,
    "second_factor.removed": _PERSON,
    "site.accepted": _PROJECT,
    "subscription.disabled": "told to who looks after the subscription: it is told of nothing any more",
    "transfer.*": _PROJECT,
    "village.*": _PROJECT,
    "volunteers.*": "volunteers are told by their own letters, and have no public doings",
    "voucher.*": _DESK,
}
"""What subscribers are not told, and why."""


def test_every_topic_is_in_the_catalogue_or_kept_inside_for_a_reason() -> None:
    catalogue = {kind.value for kind in EventType}
    found = {one for topic in topics.told() for one in FAMILIES.get(topic, [topic])}
    reasons = {one: [kept for kept in INSIDE if fnmatchcase(one, kept)] for one in found}

    assert {one for one, kept in reasons.items() if not kept} == catalogue
    # Each reason is one for something that is told, and none hides what is in the catalogue.
    assert {kept for reason in reasons.values() for kept in reason} == INSIDE.keys()


def test_topics_are_read_however_they_are_written() -> None:
    source = """
ABOVE, BELOW = "tide.above", "tide.below"

async def rise(session, high):
    await outbox.tell(session, ABOVE if high else BELOW)
    await _tell(session, "fell")
    await _tell(session, high.state)

async def _tell(session, what):
    await outbox.tell(session, f"water.{what}")

async def say(session, topic):
    await outbox.tell(session, topic)

def many(kind):
    return [Happening(f"boat.{kind.value}", kind), Happening("boat.sank", kind), outbox.tell(kind, name())]

def name():
    return f"shore.{1 + 1}"
"""
    assert set(Module("tides.py", ast.parse(source)).topics()) == {
        *("tide.above", "tide.below", "water.fell", "water.*", "boat.*", "boat.sank", "shore.*"),
        topics.HOLE,
    }
