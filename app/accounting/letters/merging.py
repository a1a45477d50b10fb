"""Merging: `{{field}}` in a text becomes a value, and nothing else in it means anything.

There is no language here: a name between braces is looked up in a list, so that a text can neither compute
nor reach for anything, and a value is text, whatever it holds.
"""

import re
from collections.abc import Mapping

from app.accounting.letters.errors import MergeFieldsUnequal, MergeFieldUnknown

FIELDS: Mapping[str, tuple[str, str]] = {
    "organization_name": ("本机构名称", "Name of the organization"),
    "organization_credit_code": ("本机构统一社会信用代码", "Its unified social credit code"),
    "date": ("日期", "Date"),
    "number": ("文书编号", "Number of the letter"),
    "party_name": ("对方名称", "Name of the other party"),
    "party_id": ("对方证件或信用代码", "Identity or credit code of the other party"),
    "party_address": ("对方地址", "Address of the other party"),
    "donor_name": ("捐赠人", "Donor"),
    "amount": ("金额（元）", "Amount in yuan"),
    "amount_in_words": ("金额（大写）", "Amount in capitals"),
    "goods": ("物资清单", "Goods"),
    "campaign_title": ("募捐活动", "Campaign"),
    "campaign_number": ("募捐备案编号", "Filing number of the campaign"),
    "purpose": ("用途", "Purpose"),
    "project_title": ("项目", "Project"),
    "paid_on": ("付款日期", "Day of payment"),
    "due_on": ("期限", "Due day"),
    "as_of": ("截止日期", "As of"),
    "account_name": ("会计科目", "Account"),
    "balance": ("账面余额（元）", "Balance in yuan"),
    "bank_account": ("银行账户", "Bank account"),
    "contact": ("联系人", "Contact"),
    "reason": ("事由", "Reason"),
}
"""Everything that a text may ask for, with its name in both languages."""

OWN = frozenset({"organization_name", "organization_credit_code", "date"})
"""What we know ourselves, and nobody fills in."""

_FIELD = re.compile(r"\{\{\s*([a-z_]{1,40})\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")


def fields(text: str) -> list[str]:
    """Return the fields that a text asks for, in the order of their first use. Raises MergeFieldUnknown."""
    names = list(dict.fromkeys(_FIELD.findall(text)))
    unknown = [name for name in names if name not in FIELDS]
    # Braces that are no field are a slip of the pen, which nobody would find before it is on paper.
    if unknown or _BRACES.search(_FIELD.sub("", text)):
        raise MergeFieldUnknown(unknown=unknown, known=sorted(FIELDS))
    return names


def merge(text: str, values: Mapping[str, str], own: Mapping[str, str]) -> str:
    """Return the text with its fields filled in once; braces within a value stay what they are.

    Raises MergeFieldsUnequal unless `values` are exactly the fields asked for, but those we know ourselves.
    """
    asked = {name for name in fields(text) if name not in OWN}
    if asked != set(values):
        raise MergeFieldsUnequal(missing=sorted(asked - values.keys()), unasked=sorted(values.keys() - asked))
    told = {**own, **values}
    return _FIELD.sub(lambda match: told[match[1]], text)
