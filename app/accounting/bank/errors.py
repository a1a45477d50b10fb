"""Refusals about bank statements and their lines."""

from app.kit.errors import Conflict, Invalid


class ChannelIsNoBankAccount(Invalid):
    """The channel is no bank account."""

    title_zh = "该渠道不是银行账户"


class StatementEmpty(Invalid):
    """The statement has no lines."""

    title_zh = "对账单没有交易明细"


class StatementUnsound(Invalid):
    """The statement does not agree with itself, or with what was told beside it; nothing was taken in."""

    title_zh = "对账单数据前后不符，未导入任何明细"


class BankRuleEmpty(Invalid):
    """A rule needs a counterparty, a remark or an amount to go by."""

    title_zh = "规则至少需要对方户名、附言或金额中的一项条件"


class BankRuleEnded(Conflict):
    """The rule has ended already."""

    title_zh = "该规则已停用"


class LineDecided(Conflict):
    """Somebody has said already what this line is."""

    title_zh = "该明细已完成归类"


class LineMatched(Conflict):
    """This line is matched with money that is in the books already; it is not booked again."""

    title_zh = "该明细已与账上记录勾对，不得重复入账"


class LineNotDecided(Conflict):
    """Nobody has said yet what this line is."""

    title_zh = "该明细尚未归类"


class LineGoesTheOtherWay(Invalid):
    """Money of this kind goes the other way."""

    title_zh = "收支方向与所选类别不符"


class LineOfAnotherAccount(Invalid):
    """The other account is none of the organization's other accounts."""

    title_zh = "所选账户不是本机构的其他账户"


class BookedElsewhere(Conflict):
    """Gifts and settlements are recorded, and corrected, through fundraising; agency money by its mandate."""

    title_zh = "捐赠与平台结算款须通过募捐业务登记和更正，受托代理资金须按受托协议登记"


class MatchTooLarge(Conflict):
    """The line or the posting has not that much left to be matched, or they are matched already."""

    title_zh = "勾对金额超过未勾对余额，或二者已勾对"


class MatchUndone(Conflict):
    """The match has been taken back already."""

    title_zh = "该勾对已撤销"


class NotOnThisAccount(Invalid):
    """The posting does not stand on the line's account and side."""

    title_zh = "该记账行不在此银行账户的同一方向"


class NoProposal(Conflict):
    """Nothing is proposed for this line that could be confirmed here."""

    title_zh = "该明细没有可在此确认的归类建议"


class ReconciliationUnequal(Conflict):
    """Bank and books differ by more than what is in transit, or no statement reaches the month's end."""

    title_zh = "调节后余额不符，或对账单未覆盖至月末"


class ReconciliationSigned(Conflict):
    """This month's reconciliation has been signed already."""

    title_zh = "该月余额调节表已签署"


class ReconciliationReviewed(Conflict):
    """This reconciliation has been reviewed already."""

    title_zh = "该余额调节表已复核"


class ReviewerPrepared(Conflict):
    """Who prepared a reconciliation does not review it."""

    title_zh = "编制人不能复核自己编制的余额调节表"


class ChequeUnfit(Invalid):
    """The cheque is not of this account, amount or direction, or more than its entry paid."""

    title_zh = "支票与账户、金额或方向不符，或超过对应付款"


class ChequeNumberTaken(Conflict):
    """The account has a cheque of this number already."""

    title_zh = "该账户已登记同号支票"


class ChequeEnded(Conflict):
    """The bank has paid this cheque already, or it was given up."""

    title_zh = "该支票已兑付或已作废"


class LinePaidAnother(Conflict):
    """This line paid another cheque."""

    title_zh = "该明细已对应其他支票"
