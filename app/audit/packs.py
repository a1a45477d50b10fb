"""Audit packs: everything about one project as a ZIP: journal, vouchers, files, approvals, documents."""

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select, text

from app.accounting.models import VoucherNumber
from app.accounting.papers import vouchers as papers
from app.accounting.vouchers import documents, register
from app.audit import archives, exports, journal
from app.audit.archives import Listed, whole
from app.audit.journal import Extent, Totals
from app.kit import bulk
from app.kit.attachments import files
from app.kit.attachments.errors import AttachmentGone
from app.kit.attachments.stores import Store
from app.kit.database import ReadSession, Transactions
from app.kit.models import AccessClass, Attachment
from app.ledger.models import Dimension, DimensionKind
from app.organizations import organizations
from app.organizations.access import Caller
from app.organizations.approvals import views
from app.organizations.errors import OutOfSight
from app.organizations.models import Approval
from app.organizations.schemas.approvals import ApprovalOut

Source = Callable[[ReadSession, UUID, Sequence[UUID]], Awaitable[Sequence[Attachment]]]
"""From a project and the members in sight to the files of its own (agreements, receipts, photos)."""

SOURCES = "audit_pack_sources"
"""Under this name a session carries them by the name of their folder (`app/wiring.py`)."""


Decisions = Callable[[ReadSession, UUID], Awaitable[Sequence[UUID]]]
"""From a project to the ids of what was decided for it (budgets, disbursements)."""

DECISIONS = "audit_pack_decisions"
"""Under this name a session carries them (`app/wiring.py`)."""


async def project(session: ReadSession, project_id: UUID) -> Dimension:
    """Return a project as the books know it, or refuse."""
    found = await session.get(Dimension, project_id)
    if found is None or found.kind is not DimensionKind.project:
        raise OutOfSight
    return found


def owner(project: Dimension) -> UUID:
    """Return the organization whose project it is, or refuse what is nobody's."""
    if project.organization_id is None:
        raise OutOfSight
    return project.organization_id


async def decisions(session: ReadSession, project_id: UUID) -> list[UUID]:
    """Return the ids of what the features above decided for a project."""
    told: Sequence[Decisions] = session.info.get(DECISIONS, ())
    return [one for tell in told for one in await tell(session, project_id)]


_MEMBERS = text("select distinct organization_id from accounts where project_id = :project")


async def members(session: ReadSession, project: Dimension) -> set[UUID]:
    """Return in whose books a project stands: its own organization's, and of whoever spends on it."""
    return {owner(project), *await session.scalars(_MEMBERS, {"project": project.id})}


_NUMBERS = text(
    """
    select distinct n.number_id from voucher_number_entries n
    join entries e on e.id = n.entry_id
    join postings p on p.entry_id = e.id
    join accounts a on a.id in (p.debit_account_id, p.credit_account_id)
    where a.project_id = :project and e.organization_id = any(cast(:ids as uuid[]))
      and e.booked_on between :first and :last
    """
)
_UNNUMBERED = text(
    """
    select distinct e.booked_on, e.id, e.kind from accounts a
    join postings p on a.id in (p.debit_account_id, p.credit_account_id)
    join entries e on e.id = p.entry_id
    where a.project_id = :project and e.organization_id = any(cast(:ids as uuid[]))
      and e.booked_on between :first and :last
      and not exists (select from voucher_number_entries n where n.entry_id = e.id)
    order by e.booked_on, e.id
    """
)


@dataclass(slots=True)
class Pack:
    """A pack being made for a caller: what goes into it, and what is told of it at the end."""

    database: Transactions
    store: Store
    caller: Caller
    project: Dimension
    extent: Extent
    totals: Totals = field(default_factory=Totals)
    unnumbered: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    withheld: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    voucher_ids: list[UUID] = field(default_factory=list[UUID])

    async def files(self) -> AsyncGenerator[tuple[str, AsyncIterable[bytes]]]:
        """Yield every file by its name, one after the other: none of them waits in memory."""
        yield "journal.ndjson", journal.lines(self.database, self.extent, self.totals)
        for number_id in await self._numbers():
            label, content, attached = await self._voucher(number_id)
            yield f"vouchers/{label}.pdf", whole(content)
            async for file in self._attached(f"attachments/{label}", attached):
                yield file
        yield "approvals.json", whole(await self._approvals())
        for folder, found in (await self._documents()).items():
            async for file in self._attached(folder, found):
                yield file

    async def _numbers(self) -> list[UUID]:
        mandate = self.extent.mandate
        async with self.database.reading() as session:
            where: dict[str, Any] = {
                "project": self.project.id,
                "ids": bulk.array(mandate.organization_ids),
                "first": mandate.first,
                "last": mandate.last,
            }
            # What has no voucher number yet has no voucher to print: the pack says which entries these are.
            self.unnumbered = [
                {"entry_id": str(row.id), "kind": row.kind, "booked_on": row.booked_on.isoformat()}
                for row in await session.execute(_UNNUMBERED, where)
            ]
            ids = (await session.scalars(_NUMBERS, where)).all()
            order = (VoucherNumber.month, VoucherNumber.number, VoucherNumber.id)
            query = select(VoucherNumber.id).where(VoucherNumber.id.in_(ids)).order_by(*order)
            return list(await session.scalars(query))

    async def _voucher(self, number_id: UUID) -> tuple[str, bytes, Sequence[Attachment]]:
        async with self.database.reading() as session:
            number = await register.get(session, number_id)
            organization = await organizations.get(session, number.organization_id)
            [printed] = await register.printed(session, [number])
            attached: Sequence[Attachment] = ()
            if printed.voucher is not None:
                self.voucher_ids.append(printed.voucher.id)
                attached = (await session.scalars(documents.standing(printed.voucher.id))).all()
        content = await papers.pdf(organization.name, [printed])
        # Two members may both have a first voucher of a month.
        return f"{organization.code}/{number.label}", content, attached

    async def _attached(
        self, folder: str, attached: Sequence[Attachment]
    ) -> AsyncGenerator[tuple[str, AsyncIterable[bytes]]]:
        for file in sorted(attached, key=lambda one: one.id):
            name = f"{folder}/{file.id}-{file.file_name}"
            if file.access is AccessClass.personal:
                # An auditor reads everything financial and nothing about a person: that it is there, is told.
                self.withheld.append({"id": str(file.id), "kind": file.kind, "because": "personal"})
                continue
            try:
                content = await files.read(self.database, self.store, file)
            except AttachmentGone:
                self.withheld.append({"id": str(file.id), "kind": file.kind, "because": "deleted"})
            else:
                yield name, whole(content)

    async def _approvals(self) -> bytes:
        async with self.database.reading() as session:
            subjects = [self.project.id, *self.voucher_ids, *await decisions(session, self.project.id)]
            query = select(Approval).where(Approval.subject_id.in_(subjects)).order_by(Approval.id)
            found = (await session.scalars(query)).all()
            told = [ApprovalOut.of(view) for view in await views.of(session, self.caller, found)]
        said = [one.model_dump(mode="json", exclude={"allowed_actions"}) for one in told]
        return orjson.dumps(said, option=orjson.OPT_INDENT_2)

    async def _documents(self) -> dict[str, Sequence[Attachment]]:
        async with self.database.reading() as session:
            sources: Mapping[str, Source] = session.info.get(SOURCES, {})
            ids = self.extent.mandate.organization_ids
            return {name: await find(session, self.project.id, ids) for name, find in sources.items()}

    def manifest(self, listed: Listed) -> dict[str, Any]:
        """Return what the pack says of itself."""
        return {
            "project": {"id": str(self.project.id), "code": self.project.code},
            **exports.told(self.extent, self.totals),
            "files": listed,
            "without_voucher_number": self.unnumbered,
            "withheld": self.withheld,
        }


async def archive(pack: Pack) -> AsyncGenerator[bytes]:
    """Yield a project's pack as a ZIP, made while it is sent; its last file tells the hash of each other."""
    async for chunk in archives.archive(pack.files(), pack.manifest):
        yield chunk
