"""Tables of the kit."""

from app.kit.models.attachments import AccessClass, Attachment, AttachmentHold
from app.kit.models.records import (
    IdempotencyKey,
    OutboxEvent,
    OutboxReader,
    OutboxTopic,
    UnsealedValue,
    VaultPerson,
    VaultValue,
)
from app.kit.models.runs import JobRun, RunState

__all__ = [
    "AccessClass",
    "Attachment",
    "AttachmentHold",
    "IdempotencyKey",
    "JobRun",
    "OutboxEvent",
    "OutboxReader",
    "OutboxTopic",
    "RunState",
    "UnsealedValue",
    "VaultPerson",
    "VaultValue",
]
