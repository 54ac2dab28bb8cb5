"""How the sheets of the sample are headed, and what a township's clerks call or order otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.synthesis.clerk.pages import Heading


@dataclass(frozen=True)
class Form:
    """A form as printed: sheet name, title after unit and month, unit of measure, columns from the left."""

    sheet: str
    title: str
    measure: str
    columns: dict[str, Heading]


@dataclass(frozen=True)
class Dialect:
    """What one township writes differently: other headings, and columns that it moves to the front."""

    headings: dict[str, Heading] = field(default_factory=dict)
    first: tuple[str, ...] = ()


def _headings(text: str) -> dict[str, Heading]:
    """Read ``key=header`` or ``key=upper|lower``, one column a word, from left to right."""
    found: dict[str, Heading] = {}
    for word in text.split():
        key, _, header = word.partition("=")
        upper, _, lower = header.rpartition("|")
        found[key] = (upper, lower)
    return found


FORMS: dict[str, Form] = {
    "L16": Form(
        "村月报表",
        "人口计生月报表",
        "人、对",
        _headings(
            """
            serial=序号 village=村(社区) opening=期初人口
            births=出生|合计 births_male=出生|男 births_female=出生|女
            births_order_1=出生|一孩 births_order_2=出生|二孩 births_order_3=出生|多孩
            births_prev_unreported=出生|往年漏报
            deaths=死亡 moved_in=迁入 moved_out=迁出 closing=期末人口
            float_in=流动人口|流入 float_out=流动人口|流出 marriages=新婚对数 remark=备注
            """
        ),
    ),
    "L01": Form(
        "人口登记册",
        "常住人口登记册",
        "人",
        _headings(
            """
            serial=序号 group=村民小组 household=户编码 head=户主姓名 name=姓名 relation=与户主关系
            sex=性别 id_no=身份证号码 born=出生日期 marital=婚姻状况 hukou_type=户口性质
            hukou_status=人户状态 in_date=迁入(落户)时间 in_reason=来源
            out_date=迁出(注销)时间 out_reason=去向 remark=备注
            """
        ),
    ),
    "L02": Form(
        "出生登记表",
        "出生登记表",
        "人",
        _headings(
            """
            serial=序号 name=婴儿姓名 sex=性别 born=出生日期 order=孩次
            mother=母亲|姓名 mother_id=母亲|身份证号 mother_born=母亲|出生年月
            father=父亲|姓名 father_id=父亲|身份证号 place=接生单位 policy=政策属性
            month=上报月份 hukou_date=落户日期 alive=存活情况 remark=备注
            """
        ),
    ),
    "L03": Form(
        "死亡登记",
        "死亡登记表",
        "人",
        _headings(
            """
            serial=序号 name=姓名 sex=性别 id_no=身份证号 born=出生日期 died=死亡日期
            cause=死亡原因 cancelled=注销户口日期 month=报告月份 remark=备注
            """
        ),
    ),
    "L05": Form(
        "迁入迁出登记",
        "迁入迁出登记表",
        "人",
        _headings(
            """
            serial=序号 name=姓名 sex=性别 id_no=身份证号 born=出生年月 direction=类型
            reason=迁移原因 other=迁出地/迁入地 moved=迁移日期 permit=准迁证号
            hukou_type=户口性质 remark=备注
            """
        ),
    ),
    "L10": Form(
        "三免服务登记",
        "三免服务登记表",
        "对、人、人次、元",
        _headings(
            """
            serial=序号 service=服务项目 provider=服务机构 date=服务日期
            couples=服务数量|对数 persons=服务数量|人数 contacts=服务数量|人次
            target=年度目标数 funds=经费(元) remark=备注
            """
        ),
    ),
    "L11": Form(
        "社会抚养费征收决定台账",
        "社会抚养费征收决定台账",
        "元",
        _headings(
            """
            serial=序号 case=案号 man=当事人(男)|姓名 man_id=当事人(男)|身份证号
            woman=当事人(女)|姓名 woman_id=当事人(女)|身份证号 fact=违法生育情形
            born=子女出生日期 filed=立案日期 decided=决定日期 decision_no=决定书文号
            body=征收机关 delegated=受委托机关 served=送达日期
            base_year=计征基数年度 base_income=计征基数(元) multiple=征收倍数
            amount=应征金额(元) due=缴纳期限
            instalment_request=分期缴纳|申请日 instalment_approval=分期缴纳|批准日
            court_date=法院执行|申请日 court_recovered=法院执行|到位额(元)
            waived=减免|金额(元) waived_date=减免|日期 status=状态 status_date=状态日期 remark=备注
            """
        ),
    ),
    "L12": Form(
        "缴款票据台账",
        "社会抚养费缴款票据台账",
        "元",
        _headings(
            """
            serial=序号 case=案号 receipt=票据号码 batch=票据类型 paid=缴款日期
            amount=金额(元) surcharge=其中滞纳金(元) channel=缴款方式 unit=开票单位
            account=缴款人账户 instalment=期次 mark=冲销/作废标志 entered=录入时间
            clerk=录入人 remark=备注
            """
        ),
    ),
}

TEN_THOUSAND = _headings("amount=金额(万元) surcharge=其中滞纳金(万元)")

_STREET, _TOWN, _RURAL = "331099001000", "331099100000", "331099200000"
DIALECTS: dict[tuple[str, str], Dialect] = {
    (_STREET, "L05"): Dialect(_headings("moved=迁移时间")),
    (_TOWN, "L16"): Dialect(
        _headings(
            """
            births=出生|人数 births_order_1=按孩次分|一孩 births_order_2=按孩次分|二孩
            births_order_3=按孩次分|多孩 births_prev_unreported=往年出生未报人数
            """
        )
    ),
    (_TOWN, "L01"): Dialect(_headings("household=户号 id_no=公民身份号码 group=组别")),
    (_TOWN, "L02"): Dialect(_headings("name=新生儿姓名 born=出生时间 month=报表期")),
    (_TOWN, "L03"): Dialect(_headings("died=死亡时间 id_no=身份证号码")),
    (_TOWN, "L11"): Dialect(_headings("case=立案号 amount=核定金额(元)")),
    (_RURAL, "L16"): Dialect(_headings("births=出生|小计"), first=("village",)),
    (_RURAL, "L01"): Dialect(_headings("household=户口簿号 born=出生年月日"), first=("serial", "id_no", "name")),
    (_RURAL, "L02"): Dialect(_headings("policy=计划内外 hukou_date=上户时间"), first=("serial", "born", "sex")),
    (_RURAL, "L03"): Dialect(_headings("cause=死因 born=出生年月"), first=("serial", "died")),
    (_RURAL, "L05"): Dialect(first=("serial", "direction", "moved")),
    (_RURAL, "L11"): Dialect(_headings("amount=征收金额(元)")),
}


def columns_of(form: str, township_code: str) -> dict[str, Heading]:
    """Columns of a form from left to right as one township prints it, by key."""
    dialect = DIALECTS.get((township_code, form), Dialect())
    printed = FORMS[form].columns
    order = [*dialect.first, *(key for key in printed if key not in dialect.first)]
    return {key: dialect.headings.get(key, printed[key]) for key in order}
