#!/usr/bin/python3
"""xlsx/02: one sheet an action, inline strings, the 1904 date system."""
import datetime
from pathlib import Path

from register import Register
from tables import Act, fill, spans
from xlsxfile import Dates, Value, Xlsx, typed_number

TITLE = "墨河县2023年健康行动工作任务台账"
DOCUMENT = {
    "title": TITLE, "doc_no": "墨爱卫办〔2023〕7号", "issuer": "墨河县爱国卫生运动委员会办公室", "issued_on": "2023-04-12",
    "jurisdiction": "墨河县", "basis": [{"title": "健康云沂行动2023年实施方案", "doc_no": "云健委〔2023〕5号"}]}
D = Dates()
MONTH = 'yyyy"年"m"月"d"日";@'
COLUMNS = ["n", "s", "m", "resp", "due", "value", "unit"]
HEADS = ["序号", "工作任务", "推进措施", "责任单位", "完成日期", "目标值", "计量单位"]
# s, m, resp, due, value
ACTIONS = [
    (Act(1, "健康知识普及行动", "一、健康知识普及行动"), "健康知识普及", [
        ("开办健康夜校", "利用新时代文明实践站开设健康课堂", "{县卫生健康局}、{县委宣传部}、{各乡镇}", D("2023-10-31", MONTH), ("60", "期", "利用新时代文明实践站开设健康课堂;>=;60;期")),
        (None, "为每期课堂配备乡村医生和志愿者", None, None, ("", "", "")),
        ("建设健康科普阵地", "改造健康教育宣传栏", "{县住房城乡建设局}、{各乡镇}", D("2023-08-31", "date"), ("135", "块", "改造健康教育宣传栏;>=;135;块"))]),
    (Act(2, "全民健身行动", "二、全民健身行动"), "全民健身", [
        ("建设乡村运动场", "新建乡村篮球场", "{县教育体育局}、{县自然资源和规划局}", D("2023-11-30", MONTH), ("18", "片", "新建乡村篮球场;>=;18;片")),
        ("发展体育骨干", "培训三级社会体育指导员", "{县教育体育局}", D("2023-07-15", "cn-day"), ("90", "人", "培训三级社会体育指导员;>=;90;人")),
        ("开放学校场地", "中小学体育场地向社会开放率", "{县教育体育局}、{各乡镇}", "<<o|持续推进>>", ("70%", "%", "中小学体育场地向社会开放率;>=;70;%"))]),
    (Act(3, "健康环境促进行动", "三、健康环境促进行动"), "健康环境", [
        ("改善人居环境", "清理河道垃圾，疏浚沟渠", "{县水利局}、{县农业农村局}、{各乡镇}等", D("2023-06", "cn-month"), ("240", "公里", "疏浚沟渠;>=;240;公里")),
        ("强化饮水监测", "农村饮用水水质监测乡镇覆盖率", "{县卫生健康局}、{县疾控中心}", D("2023-12-31", "yyyy-mm-dd"), ("100%", "%", "农村饮用水水质监测乡镇覆盖率;=;100;%"))]),
    (Act(4, "妇幼健康促进行动", "四、妇幼健康促进行动"), "妇幼健康", [
        ("加强儿童保健", "3岁以下儿童系统管理率", "{县卫生健康局}、{县妇幼保健院}", D("2023-12-31", MONTH), ("≥91%", "%", "3岁以下儿童系统管理率;>=;91;%")),
        (None, "严重多发致残出生缺陷发生率", None, None, ("<12", "/万", "严重多发致残出生缺陷发生率;<;12;/万")),
        ("关爱农村留守儿童", "组织健康体检和心理辅导", "{县民政局}、{县妇联}、{团县委}", D("2023-09-20", "date"), ("1,350", "人", "农村留守儿童健康体检和心理辅导;>=;1350;人"))]),
    (Act(5, "地方病防治行动", "五、地方病防治行动"), "地方病防治", [
        ("防治大骨节病", "对现症病人逐一建档，落实免费药物治疗", "{县卫生健康局}、{县医保局}", D("2023-11-20", MONTH), ("", "", "")),
        ("监测碘营养", "完成学生和孕妇尿碘检测", "{县疾控中心}", D("2023-10", "cn-month"), ("300", "份", "学生和孕妇尿碘检测;>=;300;份"))]),
]


def build():
    reg, book = Register(2023, DOCUMENT), Xlsx(epoch_1904=True, inline=True)
    first = book.sheet("目录")
    first.wide("墨河县爱国卫生运动委员会办公室文件", 3)
    first.wide("墨爱卫办〔2023〕7号", 3)
    first.wide(TITLE, 3)
    first.wide("按照《健康云沂行动2023年实施方案》（云健委〔2023〕5号）要求，编制本台账。", 3)
    first.add("序号", "专项行动", "任务数")
    for at, (act, _, rows) in enumerate(ACTIONS, 1):
        first.add(at, act.name, len(rows))
    first.add("合计", "", sum(len(rows) for _, _, rows in ACTIONS))
    first.wide("墨河县爱国卫生运动委员会办公室", 3)
    first.add("", "", Value(datetime.date(2023, 4, 12), MONTH))
    for act, name, rows in ACTIONS:
        sheet = book.sheet(f"{act.no}.{name}")
        sheet.widths = [6, 22, 40, 34, 16, 10, 10]
        sheet.wide(act.printed, len(COLUMNS))
        sheet.add()
        sheet.add(*HEADS)
        for cells in spans(fill(reg, ("s", "m", "resp", "due", "value"), [act, *rows], lead_column=False), COLUMNS):
            row = []
            for col, (key, cell) in enumerate(zip(COLUMNS, cells)):
                text, down = cell or ("", 1)
                if down > 1:
                    sheet.merge(len(sheet.rows) + 1, col, down=down)
                row.append({"due": D.typed.get(text, text), "value": typed_number(text), "n": int(text) if key == "n" else ""}.get(key, text))
            sheet.add(*row)
        sheet.add("小计", f"{len(rows)}项")
    return reg, book


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "xlsx/02-sheets-1904.xlsx"
    register, workbook = build()
    workbook.write(path)
    register.write(path)
