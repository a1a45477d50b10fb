"""Tables of accounting."""

from app.accounting.models.channels import Channel, ChannelKind

__all__ = ["Channel", "ChannelKind"]
