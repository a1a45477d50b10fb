"""Refusals of governance: those of a text name its article and how sure we are of it."""

from app.kit.errors import Conflict, Invalid


class CharterKnown(Conflict):
    """The organization has a charter of this number, or one from this day, already."""

    title_zh = "该机构已有同版次或同日生效的章程"


class ReplacedAlready(Conflict):
    """Another version has taken the place of this one: what counts is that."""

    title_zh = "该记录已被更正后的版本替换"


class TermFound(Conflict):
    """The organization's first term of this body is known already: a later one is elected."""

    title_zh = "该机构首届任期已登记；其后各届须经换届选举产生"


class TermNumberTaken(Conflict):
    """The organization has a term of this body and number already."""

    title_zh = "该届次已登记"


class TermTooLong(Invalid):
    """The term is longer than the law or the charter allows."""

    title_zh = "任期超过法规或章程规定的年限"


class TermMissing(Conflict):
    """No term of this body runs: record the one in which the organization is found first."""

    title_zh = "该机构没有正在履职的届次，请先登记现任届次"


class CouncilFull(Conflict):
    """The council has as many directors as the law or the charter allows."""

    title_zh = "理事人数已达法规或章程规定的上限"


class PreElectionAuditMissing(Conflict):
    """Without an audit of the finances there is no re-election and no other legal representative."""

    title_zh = "换届或者更换法定代表人之前未进行财务审计，不得办理"


class AuditServed(Conflict):
    """This audit served another election of the same body already."""

    title_zh = "该审计报告已用于同一机构的其他选举"


class AuditNumberTaken(Conflict):
    """The organization has an audit report of this number already."""

    title_zh = "该审计报告编号已登记"


class ElectionInvalid(Invalid):
    """The election does not fit the term, or the votes do not carry it."""

    title_zh = "选举与届次不符，或出席、表决人数不足"


class MeetingKnown(Conflict):
    """The organization has recorded a meeting of this body under this title already."""

    title_zh = "该次会议已登记"


class MeetingInvalid(Invalid):
    """Too few came for a meeting of this body, or more than might have come."""

    title_zh = "出席人数不足法定人数，或超过应到人数"


class PostHeld(Conflict):
    """This person holds this post on one of these days already."""

    title_zh = "该人员在该期间已担任此职务"


class PostFilled(Conflict):
    """Somebody else holds this post on one of these days, and it has one holder."""

    title_zh = "该职务在该期间已由他人担任"


class BothBodies(Conflict):
    """Who supervises does not sit in what they supervise."""

    title_zh = "监事不得同时担任理事会职务"


class PostOutsideTerm(Invalid):
    """The post and the term are not of one body, or the days lie outside the term."""

    title_zh = "职务与届次不属同一机构，或日期不在该届任期内"


class ElectionMissing(Conflict):
    """Another legal representative comes by an election that was audited."""

    title_zh = "更换法定代表人须有经审计的选举或变更记录"


class AppointmentOver(Conflict):
    """This appointment has ended already, or would end before it began."""

    title_zh = "该任职已结束，或结束日期早于开始日期"


class ChangeRegistered(Conflict):
    """This change was registered already, or would be before it was applied for."""

    title_zh = "该变更已登记，或登记日期早于申请日期"


class DaysOutOfOrder(Invalid):
    """The days must come in their order: adopted, approved, in force; first and last."""

    title_zh = "日期先后有误"


class SeatsUnfit(Invalid):
    """The most is less than the fewest."""

    title_zh = "上限小于下限"


class HappenedAhead(Invalid):
    """What is recorded as done cannot lie in the future."""

    title_zh = "所登记事项的日期不能晚于今天"


class NotRelatedThen(Conflict):
    """This party was not related to the organization on that day."""

    title_zh = "该日期不在关联关系存续期间"


class PartyNameMissing(Invalid):
    """An organization is named in the record, a person is an officer of yours or named apart."""

    title_zh = "关联方为组织的须填写名称；为个人的须为本机构任职人员或另填姓名"


class ConsentOfOfficer(Conflict):
    """An officer agrees to be named as an officer, and not here."""

    title_zh = "任职人员的公开同意请在任职人员信息中登记"


class RelatedEventWithdrawn(Conflict):
    """This dealing has been withdrawn already."""

    title_zh = "该往来记录已撤回"


class RecusalKnown(Conflict):
    """This officer's recusal from this dealing is recorded already."""

    title_zh = "该人员对该事项的回避已登记"


class RecusalUnrelated(Invalid):
    """The payee's relation is another person's."""

    title_zh = "所引用的收款方关联关系属于其他人员"


class PublicQualificationMissing(Conflict):
    """Only an organization that held a certificate for public fundraising in that year publishes this."""

    title_zh = "仅当年具有公开募捐资格的组织须公开该项内容"


class PayUnordered(Invalid):
    """The highest pay comes first."""

    title_zh = "须按金额由高到低排列"


class StandardKnown(Conflict):
    """A standard for this begins on that day already."""

    title_zh = "该类标准在该日已有版本"


class OfficialChannelKnown(Conflict):
    """The organization has an open channel of this kind under this address already."""

    title_zh = "该官方渠道已登记且在用"


class OfficialChannelClosed(Conflict):
    """This channel was closed already."""

    title_zh = "该官方渠道已停用"


class SystemKnown(Conflict):
    """The organization has a system of this title from this day already."""

    title_zh = "该制度在该日已有版本"


class SystemOver(Conflict):
    """This system was replaced or repealed already."""

    title_zh = "该制度已被修订替代或废止"


class BooksKnown(Conflict):
    """It was said for this day, or a later one, already how this unit keeps its books."""

    title_zh = "该机构在该日或之后的核算方式已登记"


class BooksUnfit(Invalid):
    """This way of keeping books contradicts what the unit is, the fund, or the days on which it was."""

    title_zh = "核算方式与机构类别、所属基金或存续期间不符"


class FundKeptElsewhere(Conflict):
    """Another unit keeps its books in this fund."""

    title_zh = "该基金已由其他机构核算使用"


class UnitKnown(Conflict):
    """The organization has this unit already, or it is closed."""

    title_zh = "该内部机构或分支机构已登记，或已注销"
