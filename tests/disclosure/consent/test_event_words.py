"""What any event says, anywhere: ids, codes, days and sums. A new word fails here until it is judged."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import app as service

TELLERS = {"tell", "_tell", "Happening"}
"""By these names events are told, and handed on to be told."""

IDS = """
    activity_id beneficiary_id campaign_id certificate_id change_id channel channel_id check_in_id
    code commendation_id complaint_id corrects counterparty_id dispute_id donation_id donations
    emergency_id event_id filing_no first_event_id gift_id handout_id inspection_id kept_id leaver
    loss_id matches matching_id merge_id merged_id move_id need_id offer_id opening_id organization_id
    origin parent_id person_id principal project_id publication_id receipt_id receiver_id refund_id
    request_id roles rule_id settlement_id sha256 shipment_id sign_up_id stopped subject_code
    subject_id subscription_id team_id term_id transfer_id volunteer_id voucher_id warehouse_id
"""
CODES = """
    audited because body category currency from_state ground kind mark nature outcome period
    pilot_phase result show_amount show_message show_name show_photo state subject_kind to way
"""
DAYS = """
    accepted_on changed_on closed_on declared_on donated_at due_on ended_on ends_on established_on file_by
    filed_on first_due_on from lost_on month opened_on paid_on period_from period_to published_on
    refunded_at revoked_on started_on starts_at starts_on valid_from valid_to
    withdrawn_on year
"""
SUMS = """
    amount amount_minor benefit_count cost_minor count days_left entries every_days fee
    finding_count gross held limit lot_count net number refunded released size value version
"""
# Members of staff, each by the label of their account.
STAFF = "answered_by asked_by assigned_to by deputy"
WORDS = {*IDS.split(), *CODES.split(), *DAYS.split(), *SUMS.split(), *STAFF.split()}

OF_THEIR_OWN = {
    ("projects/villages/homes.py", "reason"): "why a village's home ended: it goes to no subscriber",
    ("transparency/signer.py", "reason"): "why the log was not signed: a code",
}
"""Words that are no code, with the one place where each is told, and who reads it."""


def told() -> dict[str, set[str]]:
    """Every word that some event says, and the modules that say it."""
    folder = Path(str(service.__file__)).parent
    found: dict[str, set[str]] = defaultdict(set)
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        # Other things are told as well: a counterparty to the books.
        if not any(word in text for word in ("outbox", "homes.tell(", "Happening", "Course(")):
            continue
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for word in _said(function):
                    found[word].add(str(path.relative_to(folder)))
    return found


def _said(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in TELLERS:
            for given in (*call.args, *(one.value for one in call.keywords)):
                yield from _words(given, function, 0)
    # What a payment says of itself is handed to whoever tells of it: to whom, and what.
    if function.returns and ast.unparse(function.returns) == "tuple[list[UUID], dict[str, Any]]":
        for back in ast.walk(function):
            if isinstance(back, ast.Return) and isinstance(back.value, ast.Tuple):
                yield from _words(back.value.elts[-1], function, 0)


def _words(said: ast.expr, function: ast.FunctionDef | ast.AsyncFunctionDef, depth: int) -> Iterator[str]:
    match said:
        case ast.Dict():
            for key, value in zip(said.keys, said.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value
                elif key is None:
                    yield from _words(value, function, depth)
        case ast.BinOp(left=left, right=right):
            yield from _words(left, function, depth)
            yield from _words(right, function, depth)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _words(body, function, depth)
            yield from _words(orelse, function, depth)
        case ast.Name(id=name) if depth < 5:
            for one in ast.walk(function):
                match one:
                    case ast.Assign(targets=[ast.Name(id=known)], value=value) if known == name:
                        yield from _words(value, function, depth + 1)
                    case ast.AugAssign(target=ast.Name(id=known), value=value) if known == name:
                        yield from _words(value, function, depth + 1)
                    case _:
                        pass
        case _:
            pass


def test_every_word_of_every_event_is_an_id_a_code_a_day_or_a_sum() -> None:
    said = told()
    strange = {word: places for word, places in said.items() if word not in WORDS}
    assert strange == {word: {place for place, known in OF_THEIR_OWN if known == word} for word in strange}
    # The ears are open: words of every layer are heard.
    assert {"donation_id", "voucher_id", "nature", "volunteer_id", "publication_id", "rule_id"} <= {*said}
    assert len(said) > 90


def test_a_name_in_an_event_is_heard_however_it_is_put_together() -> None:
    [function] = ast.parse(
        "async def f(session, who):\n"
        "    said = {'id': 1} | {'name': who}\n"
        "    said |= {'phone': who} if who else {}\n"
        "    await outbox.tell(session, 'a.b', payload={**said, 'reason': who})\n"
    ).body
    assert isinstance(function, ast.AsyncFunctionDef)
    assert {*_said(function)} == {"id", "name", "phone", "reason"}
