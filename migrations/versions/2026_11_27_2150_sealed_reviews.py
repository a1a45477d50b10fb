"""Sealed reviews: what staff found out about a message, and what a bill's remark says, leave the clear.

What was found waits for the worker to seal it. Of a remark only codes are read; the rest goes for good.
"""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_reviews"
down_revision = "sealed_words_of_volunteers"
branch_labels = None
depends_on = None

_FOUND = Words(
    table="delivery_reviews",
    column="found",
    kind="delivery_review",
    id="delivery_id",
    person="(select d.person_id from deliveries d where d.id = t.delivery_id)",
    always="true",
)
_CODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_NAMED = f"(campaign|designation|fundraiser)={_CODE}"
_CODES = f"^({_CODE}|{_NAMED}(&{_NAMED})*)$"
# Alipay hands a remark back encoded, as it got it.
_KEEP_CODES = f"""
update bill_lines set remark = case
  when replace(replace(remark, '%3D', '='), '%26', '&') ~ '{_CODES}'
  then replace(replace(remark, '%3D', '='), '%26', '&') end
where remark !~ '{_CODES}'
"""
# A gift that such a remark told of carries its words as the campaign that it named.
_FORGET = f"""
update donations d set first_campaign_code = '' where first_campaign_code <> ''
  and first_campaign_code !~ '^{_CODE}$' and (
    exists (select from platforms p where p.id = d.source_id and p.kind <> 'standard')
    or exists (select from bill_lines l
               where l.channel_id = d.channel_id and l.kind = 'payment' and l.their_id = d.their_id
                 and l.state = 'booked'))
"""


def upgrade() -> None:
    sealing.take(_FOUND)
    op.execute(_FORGET)
    op.execute(_KEEP_CODES)
    op.create_check_constraint(op.f("bill_lines_remark_check"), "bill_lines", f"remark ~ '{_CODES}'")


def downgrade() -> None:
    op.drop_constraint(op.f("bill_lines_remark_check"), "bill_lines", type_="check")
    sealing.give_back(_FOUND)
    op.alter_column("delivery_reviews", "found", nullable=False)
    op.create_check_constraint(op.f("delivery_reviews_found_check"), "delivery_reviews", "found <> ''")
