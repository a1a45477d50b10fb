"""Sheets of 2026: the balance sheet and the statement of activities of 财会〔2024〕25号, in their order."""

from app.ledger.statements.forms import FormLine, owed, part, shown, total

AGENCY = "agency_assets"
"""The line that takes agency money out of what lies in the organization's own accounts."""

BALANCE_SHEET: tuple[FormLine, ...] = (
    shown("cash", "货币资金", "Cash and deposits", "1001 1002 1009"),
    shown("short_term_investments", "短期投资", "Short-term investments", "1101 1102"),
    shown("receivables", "应收款项", "Receivables", "1111 1121 1122 1131"),
    shown("prepayments", "预付账款", "Prepayments", "1141"),
    shown("inventories", "存货", "Inventories", "1201 1202"),
    shown("prepaid_expenses", "待摊费用", "Prepaid expenses", "1301"),
    shown("investments_due", "一年内到期的长期投资", "Long-term investments due within a year"),
    shown("other_current", "其他流动资产", "Other current assets"),
    total(
        "current_assets",
        "流动资产合计",
        "Total current assets",
        "cash short_term_investments receivables prepayments inventories prepaid_expenses investments_due"
        " other_current",
    ),
    shown("equity_investments", "长期股权投资", "Long-term equity investments", "1401"),
    shown("debt_investments", "长期债权投资", "Long-term debt investments", "1402"),
    shown("other_investments", "其他长期投资", "Other long-term investments", "1403 1421"),
    total(
        "investments",
        "长期投资合计",
        "Total long-term investments",
        "equity_investments debt_investments other_investments",
    ),
    shown("fixed_at_cost", "固定资产原价", "Fixed assets at cost", "1501"),
    owed("depreciation", "减：累计折旧", "Less: accumulated depreciation", "1502"),
    total("fixed_net", "固定资产净值", "Fixed assets, net", "fixed_at_cost", minus="depreciation"),
    shown("construction", "在建工程", "Construction in progress", "1505"),
    shown("disposal", "固定资产清理", "Disposal of fixed assets", "1509"),
    total("fixed_assets", "固定资产合计", "Total fixed assets", "fixed_net construction disposal"),
    shown("heritage", "文物资源", "Heritage assets", "1506"),
    shown("intangible_at_cost", "无形资产原价", "Intangible assets at cost", "1601"),
    owed("amortisation", "减：累计摊销", "Less: accumulated amortisation", "1602"),
    total(
        "intangible_net", "无形资产净值", "Intangible assets, net", "intangible_at_cost", minus="amortisation"
    ),
    shown("deferred", "长期待摊费用", "Long-term deferred expenses", "1701"),
    total(
        "non_current_assets",
        "非流动资产合计",
        "Total non-current assets",
        "investments fixed_assets heritage intangible_net deferred",
    ),
    shown(AGENCY, "受托代理资产", "Agency assets", "1801"),
    total("assets", "资产总计", "Total assets", f"current_assets non_current_assets {AGENCY}"),
    owed("short_term_loans", "短期借款", "Short-term loans", "2101"),
    owed("payables", "应付款项", "Payables", "2201 2202 2209"),
    owed("payroll", "应付职工薪酬", "Payroll payable", "2204"),
    owed("taxes", "应交税费", "Taxes payable", "2206"),
    owed("advances_received", "预收账款", "Advances received", "2203"),
    owed("accrued", "预提费用", "Accrued expenses", "2301"),
    shown("liabilities_due", "一年内到期的长期负债", "Long-term liabilities due within a year"),
    shown("other_current_liabilities", "其他流动负债", "Other current liabilities"),
    total(
        "current_liabilities",
        "流动负债合计",
        "Total current liabilities",
        "short_term_loans payables payroll taxes advances_received accrued liabilities_due"
        " other_current_liabilities",
    ),
    owed("long_term_loans", "长期借款", "Long-term loans", "2501"),
    owed("long_term_payables", "长期应付款", "Long-term payables", "2502"),
    owed("provisions", "预计负债", "Provisions", "2503"),
    shown("other_long_term_liabilities", "其他长期负债", "Other long-term liabilities"),
    total(
        "long_term_liabilities",
        "长期负债合计",
        "Total long-term liabilities",
        "long_term_loans long_term_payables provisions other_long_term_liabilities",
    ),
    owed("agency_liabilities", "受托代理负债", "Agency liabilities", "2601"),
    total(
        "liabilities",
        "负债合计",
        "Total liabilities",
        "current_liabilities long_term_liabilities agency_liabilities",
    ),
    shown("unrestricted", "非限定性净资产", "Unrestricted net assets"),
    shown("restricted", "限定性净资产", "Restricted net assets"),
    total("net_assets", "净资产合计", "Total net assets", "unrestricted restricted"),
    total(
        "liabilities_and_net_assets",
        "负债和净资产总计",
        "Liabilities and net assets",
        "liabilities net_assets",
    ),
)

ACTIVITIES: tuple[FormLine, ...] = (
    owed("donations", "捐赠收入", "Donation income", "4101"),
    owed("membership", "会费收入", "Membership income", "4201"),
    owed("services", "提供服务收入", "Service income", "4301"),
    owed("grants", "政府补助收入", "Government grant income", "4401"),
    owed("sales", "商品销售收入", "Sales income", "4501"),
    owed("head_office", "总部拨款收入", "Head-office income", "4701"),
    owed("investment_income", "投资收益", "Investment income", "4601"),
    owed("other_income", "其他收入", "Other income", "4901"),
    total(
        "income",
        "收入合计",
        "Total income",
        "donations membership services grants sales head_office investment_income other_income",
    ),
    shown("programmes", "业务活动成本", "Programme cost", "5101"),
    part("trusts", "其中：设立慈善信托支出", "Of which: setting up charitable trusts", "5101/trust"),
    shown("surcharges", "税金及附加", "Taxes and surcharges", "5201"),
    shown("administration", "管理费用", "Administrative expense", "5301"),
    shown("fundraising", "筹资费用", "Fundraising expense", "5401"),
    part(
        "fundraising_cost", "其中：募捐成本", "Of which: cost of raising donations", "5401/fundraising-cost"
    ),
    shown("impairment", "资产减值损失", "Impairment losses", "5501"),
    shown("income_tax", "所得税费用", "Income tax", "5601"),
    shown("other_expense", "其他费用", "Other expense", "5901"),
    total(
        "expenses",
        "费用合计",
        "Total expenses",
        "programmes surcharges administration fundraising impairment income_tax other_expense",
    ),
    shown("released", "限定性净资产转为非限定性净资产", "Restricted net assets released"),
    shown("newly_restricted", "非限定性净资产转为限定性净资产", "Unrestricted net assets newly restricted"),
    owed("prior_years", "以前年度净资产调整", "Prior-year adjustments", "3201"),
    total(
        "change",
        "净资产变动额",
        "Change in net assets",
        "income released newly_restricted prior_years",
        minus="expenses",
    ),
)
