"""Starters: texts to begin with, until an organization writes its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    """A text that everybody may use as it is, or as a beginning."""

    code: str
    title: str
    body: str
    language: str = "zh"


_AGREEMENT = """甲方（捐赠人）：{{party_name}}
证件号码／统一社会信用代码：{{party_id}}
乙方（受赠人）：{{organization_name}}
统一社会信用代码：{{organization_credit_code}}

根据《中华人民共和国慈善法》《中华人民共和国民法典》，双方就捐赠事宜达成如下协议：

一、甲方自愿向乙方捐赠人民币 {{amount}} 元（大写：{{amount_in_words}}）。
二、捐赠财产用于：{{purpose}}。
三、甲方于 {{due_on}} 前将捐赠款汇入乙方账户：{{bank_account}}。
四、乙方按约定用途使用捐赠财产，向甲方开具公益事业捐赠票据，并依法公开使用情况。甲方有权查询捐赠财产的使用、管理情况。
五、确需变更用途的，乙方应征得甲方同意。
六、本协议一式两份，双方各执一份，自双方签字或盖章之日起生效。"""

_THANKS = """尊敬的{{donor_name}}：

您于 {{paid_on}} 为“{{campaign_title}}”捐赠的人民币 {{amount}} 元已收悉。

您的善款将用于：{{purpose}}。我们会依法公开每一笔款项的去向，您可以随时查询。

谨代表受益人向您致以诚挚的感谢！

{{organization_name}}
{{date}}"""

_CONFIRMATION = """{{party_name}}：

因财务核对需要，现就截至 {{as_of}} 本机构与贵单位的往来款项函证如下：

会计科目：{{account_name}}
账面余额：人民币 {{balance}} 元

上述信息与贵单位记录相符的，请在“信息证明无误”处签章；不符的，请在“信息不符”处列明不符项目。回函请寄：{{contact}}。

本函仅为复核账目之用，并非催款结算。

{{organization_name}}
{{date}}

信息证明无误（签章）：　　　　　　　　　　信息不符（签章及说明）："""

STARTERS = {
    one.code: one
    for one in (
        Starter("donation-agreement", "捐赠协议书", _AGREEMENT),
        Starter("thanks", "感谢信", _THANKS),
        Starter("confirmation", "往来款项询证函", _CONFIRMATION),
    )
}
