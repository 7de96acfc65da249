#!/usr/bin/python3
"""xlsx/03-bands: a county's list of duties on two sheets that name their columns differently; dates under two
formats, bands across the table, subtotals."""
from pathlib import Path

from register import Register
from tables import Act, fill, spans
from xlsxfile import Dates, Xlsx

TITLE = "浔河县2026年传染病及地方病防控重点工作责任清单"
DOCUMENT = {"title": TITLE, "doc_no": None, "issuer": None, "issued_on": None, "jurisdiction": "浔河县", "basis": []}
D = Dates()
KEYS = ("s", "m", "lead", "%s", "due")
ONE = [
    Act(1, "传染病防控", "传染病防控", band=True),
    ("健全监测预警体系", "二级以上医疗机构全部接入传染病智能监测前置软件，[[预警信号24小时内核实率达到100%|传染病预警信号24小时内核实率;=;100;%]]", "{县疾控局}", "{+县卫健局}、{+县大数据局}", D("2026-06-30", "yyyy.m.d")),
    ("推进结核病防治", "[[病原学阳性肺结核患者成功治疗率达到90%以上|病原学阳性肺结核患者成功治疗率;>=;90;%]]，[[学校结核病聚集性疫情处置率100%|学校结核病聚集性疫情处置率;=;100;%]]", "{县疾控中心}", "{+县教育局}、{+县医保局}", D("2026-11-30", "yyyy.m.d")),
    ("遏制艾滋病传播", "[[感染者和病人抗病毒治疗比例不低于95%|艾滋病感染者和病人抗病毒治疗比例;>=;95;%]]，[[高校和中学预防艾滋病教育覆盖率保持100%|高校和中学预防艾滋病教育覆盖率;=;100;%]]", "{县疾控中心}", "{+县教育局}、{+县公安局}、{+县民政局}", D("2026-12-01", "yyyy.m.d")),
    ("规范免疫规划", "[[适龄儿童国家免疫规划疫苗接种率以乡镇为单位保持在95%以上|适龄儿童国家免疫规划疫苗接种率;>=;95;%]]，秋季入学前完成查验补种", "{县疾控局}", "{+县教育局}、{+各乡镇（街道）}", D("2026-08-31", "yyyy.m.d")),
    ("做好流感高峰应对", "65岁以上老年人流感疫苗接种[[1.2万人|65岁以上老年人流感疫苗接种;>=;1.2;万人]]", "{县卫健局}", "{+县财政局}、{+县融媒体中心}", "<<c10-20|10月20日前>>"),
]
TWO = [
    Act(2, "地方病和寄生虫病防控", "地方病和寄生虫病防控", band=True),
    ("巩固碘缺乏病消除成果", "[[居民合格碘盐食用率达到90%以上|居民合格碘盐食用率;>=;90;%]]，监测儿童和孕妇尿碘各[[200份|儿童和孕妇尿碘监测;>=;200;份]]", "{县疾控中心}", "{县市场监管局}", D("2026-10-15", "yyyy-mm-dd")),
    ("防治饮水型氟中毒", "[[病区村防氟改水工程正常运行率100%|病区村防氟改水工程正常运行率;=;100;%]]", "{县水利局}", "{县疾控中心}", D("2026-09-30", "yyyy-mm-dd")),
    ("控制布鲁氏菌病", "对养殖户开展血清学筛查[[1500人|养殖户布病血清学筛查;>=;1500;人]]，[[羊群免疫密度不低于90%|羊群布病免疫密度;>=;90;%]]", "{县畜牧中心}", "{县疾控中心}、{各乡镇（街道）}", D("2026-05-31", "yyyy-mm-dd")),
    ("监测土源性线虫病", "[[抽样监测1000人|土源性线虫病抽样监测;>=;1000;人]]，推广卫生厕所", "{县疾控中心}", "{县农业农村局}", "<<s4|4月启动>>"),
]


def build():
    reg, book = Register(2026, DOCUMENT), Xlsx(inline=True)
    for name, part, rows, heads in (("一、传染病", "coop", ONE, ["序次", "攻坚事项", "工作标准", "牵头股室（单位）", "参与单位", "办结日期", "备注"]),
                              ("二、地方病", "resp", TWO, ["序次", "防治任务", "目标要求", "牵头单位", "责任单位", "办结日期", "备注"])):
        ws = book.sheet(name)
        ws.wide(TITLE, 7)
        ws.wide("浔河县疾病预防控制局　2026年1月20日", 7)
        ws.add(*heads)
        count = 0
        for cells in spans(fill(reg, [k.replace("%s", part) for k in KEYS], rows), ["n", "s", "m", "lead", part, "due"]):
            if isinstance(cells, str):
                ws.wide(cells, 7)
                continue
            count += 1
            row = [c[0] if c else "" for c in cells]
            row[0] = count
            row[5] = D.typed.get(row[5], row[5])
            ws.add(*row, "")
        ws.add("小计", f"{count}项", "", "", "", "", "")
    reg.document["issuer"] = "浔河县疾病预防控制局"
    reg.document["issued_on"] = "2026-01-20"
    return reg, book


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "xlsx/03-bands.xlsx"
    reg, book = build()
    book.write(path)
    reg.write(path)
