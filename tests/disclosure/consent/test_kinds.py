"""Every kind of person that the books know lives in the scene: a new one fails here until it does."""

import re
from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

import app as service
from app.kit import vault
from app.kit.database import WriteSession
from app.kit.models import VaultValue
from tests.disclosure.consent import birds
from tests.disclosure.consent.lives import lived

KEEPERS: Mapping[str, str] = {
    "accounting/parties/counterparties.py": "payee",
    "disclosure/complaints/complaints.py": "complainant",
    "disclosure/events/speakers.py": "speaker",
    "disclosure/events/seats.py": "guest",
    "disclosure/governance/officers.py": "councillor",
    "disclosure/governance/related.py": "related party",
    "disclosure/honours/ambassadors.py": "ambassador",
    "disclosure/honours/nominees.py": "nominee",
    "fundraising/filings/invitations.py": "who was invited",
    "fundraising/filings/partners.py": "partner",
    "fundraising/goods/intake.py": "giver of goods",
    "fundraising/legal/agreements.py": "who signed an agreement",
    "fundraising/legal/trusts.py": "settlor",
    "fundraising/receipts/certificates.py": "donor with a certificate",
    "fundraising/ways/fundraisers.py": "fundraiser",
    "fundraising/ways/orders.py": "donor with an order",
    "fundraising/ways/pledges.py": "who promised",
    "projects/aid_cases/cases.py": "patient",
    "projects/beneficiaries/persons.py": "beneficiary",
    "projects/disbursements/accounts.py": "payee",
    "projects/disbursements/signing.py": "who signed for money",
    "volunteers/recognition/certificates.py": "volunteer",
    "volunteers/volunteers.py": "volunteer",
}
"""Whose words each module seals, by their kind."""

SAME = {
    "fundraising/corrections.py": "why a gift was corrected, kept with its donor",
    "fundraising/care/contacts.py": "staff's notes of a talk with a donor, who gives in the scene",
    "fundraising/care/requests.py": "a donor's wish and its answer; the donor gives in the scene",
    "fundraising/goods/asking/requests.py": "who asks for goods: read by the desk alone",
    "fundraising/goods/handouts.py": "who took goods: read by the desk alone",
    "fundraising/imports/bookings.py": "a donor of a sheet is kept as any other",
    "fundraising/receipts/words.py": "the title of a donor's receipt, on paper alone",
    "projects/beneficiaries/benefits.py": "why help was taken back, kept with whom it was given to",
    "projects/disbursements/explanations.py": "why something was done about a payee, kept with them",
    "volunteers/amendments.py": "what a volunteer changes of what is known of them",
    "volunteers/check_ins.py": "how it is known when a volunteer went who forgot to say so",
    "volunteers/corrections.py": "a volunteer's objection to a record, and why one was set right",
    "volunteers/experiences.py": "what a volunteer is told of their service",
    "volunteers/gates.py": "the number of a volunteer's own paper",
    "volunteers/recognition/contents.py": "why a volunteer's certificate was revoked",
    "volunteers/recognition/requests.py": "why a volunteer got no certificate",
    "disclosure/governance/elections.py": "that a councillor left with the others",
    "disclosure/governance/posts.py": "why a councillor left",
    "disclosure/governance/recusals.py": "what a councillor is related to",
    "accounting/bank/decisions.py": "what was noted of whom a bank's line tells",
    "accounting/bank/lines.py": "the same, once it is known who that is",
    "accounting/bank/matches.py": "why a bank's line was matched with something else",
    "accounting/bank/rules.py": "words by which a bank's lines are known",
    "accounting/numbers.py": "numbers of our own bank accounts",
    "organizations/addresses.py": "a colleague's address",
    "organizations/approvals/words.py": "why a step of a request was decided as it was",
    "organizations/second_factors.py": "a colleague's secret",
    "organizations/platforms.py": "a platform's secret",
    "webhooks/outward/subscriptions.py": "a subscriber's secret",
    "fundraising/receipts/losses.py": "how a donor's receipt got lost",
    "webhooks/conflicts.py": "what was found out about a message of a donor, kept with its donor",
    "kit/persons/reasons.py": "why something was done about somebody who is named here",
    "kit/persons/unsealed.py": "what was kept in clear about any of them, by an earlier version",
    "kit/attachments/files.py": "the key of a file for few: no words",
}
"""Modules that seal words of somebody who lives in the scene already, or of nobody, or for one desk."""


def test_whoever_is_kept_under_seal_is_in_the_scene_or_has_a_reason() -> None:
    folder = Path(str(service.__file__)).parent
    keeping = re.compile(r"\b(vault|reasons)\.keep\(")
    keepers = {
        str(path.relative_to(folder)) for path in folder.rglob("*.py") if keeping.search(path.read_text())
    }
    assert keepers == KEEPERS.keys() | SAME.keys()
    assert set(KEEPERS.values()) <= birds.KINDS.keys()


async def test_what_is_sealed_in_the_scene_are_the_canaries(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    await lived(app, client, session, tmp_path)
    rows = (await session.execute(select(VaultValue.person_id, VaultValue.field))).all()
    people, fields = {row[0] for row in rows}, {row[1] for row in rows}
    sealed = await vault.read(session, sorted(people), sorted(fields))
    words = "\n".join(word for kept in sealed.values() for word in kept.values())
    kept = {kind: birds.KINDS[kind][0] in words for kind in set(KEEPERS.values())}
    assert kept == dict.fromkeys(kept, True)
