#!/usr/bin/python3
"""xlsx/04-hospital: a hospital's table of tasks behind a sheet with the notice; units are departments, months only."""
from pathlib import Path

from register import Register
from tables import Act, fill, spans
from xlsxfile import Dates, Rich, Value, Xlsx

TITLE = "安槐市中心医院2023年健康促进医院建设任务分解表"
DOCUMENT = {"title": TITLE, "doc_no": "安中医〔2023〕15号", "issuer": "安槐市中心医院", "issued_on": "2023-02-16", "jurisdiction": "安槐市", "basis": []}
D = Dates()
KEYS = ("s", "m", "lead", "coop", "due")
ROWS = [
    Act(1, "组织管理", "组织管理"),
    ("完善制度", "成立健康促进委员会，[[全年召开专题会议2次以上|健康促进委员会专题会议;>=;2;次]]，修订绩效考核办法", "{院办}", "{+人力资源部}、{+财务部}", D("2023-03", "cn-month")),
    (None, "把健康促进纳入科室目标管理，签订责任书", None, "{+各科室}", D("2023-04", "cn-month")),
    Act(2, "健康环境", "健康环境"),
    ("建设无烟医院", "[[全院禁烟标识张贴率100%|全院禁烟标识张贴率;=;100;%]]，设立戒烟门诊，[[每周开诊不少于2次|戒烟门诊开诊;>=;2;次/周]]", "{后勤保障部}", "{+呼吸内科}、{+门诊部}", D("2023-05", "cn-month")),
    ("改善就医环境", "增设导医台和无障碍设施，[[患者满意度不低于95%|患者满意度;>=;95;%]]", "{门诊部}", "{+护理部}、{+后勤保障部}", D("2023-12", "cn-month")),
    Act(3, "健康教育", "健康教育"),
    ("开展患者教育", "[[住院患者健康教育覆盖率达到98%|住院患者健康教育覆盖率;>=;98;%]]，出院随访率[[90%以上|出院患者随访率;>=;90;%]]", "{护理部}", "{+各临床科室}", "<<f|全年>>"),
    (None, "每个临床科室至少设置健康宣传栏[[1处|临床科室健康宣传栏;>=;1;处]]，每季度更换", "{宣传部}", None, D("2023-06", "cn-month")),
    ("走进社区", "[[组织义诊巡讲36场|组织义诊巡讲;>=;36;场]]，服务群众[[5000人次|义诊巡讲服务群众;>=;5000;人次]]", "{医务部}", "{+院团委}、{+公共卫生科}", D("2023-11", "cn-month")),
    Act(4, "职工健康", "职工健康"),
    ("关爱职工", "[[职工年度体检率达到95%|职工年度体检率;>=;95;%]]，建立健康档案", "{院工会}", "{+体检中心}", D("2023-10", "cn-month")),
    (None, "开展工间操和健步走活动，[[参与率达到60%|职工工间操和健步走参与率;>=;60;%]]", None, "{+各科室}", "<<o|持续开展>>"),
]


def build():
    reg, book = Register(2023, DOCUMENT), Xlsx()
    cover = book.sheet("说明")
    cover.add("安中医〔2023〕15号")
    cover.add("安槐市中心医院关于印发《安槐市中心医院2023年健康促进医院建设任务分解表》的通知")
    cover.add("各科室：")
    cover.add("现将《安槐市中心医院2023年健康促进医院建设任务分解表》印发给你们，请按时限完成。")
    cover.add("安槐市中心医院")
    cover.add("2023年2月16日")
    ws = book.sheet("分解表")
    ws.wide(TITLE, 7)
    ws.add("一级指标", "二级指标", "建设内容", "主管部门", "协作科室", "完成月份", "自评得分")
    grid = spans(fill(reg, KEYS, ROWS), ["action", "s", "m", "lead", "coop", "due"])
    first = len(ws.rows) + 1
    for i, cells in enumerate(grid):
        for j, c in enumerate(cells):
            if c and c[1] > 1: ws.merge(first + i, j, down=c[1])
        row = [c[0] if c else "" for c in cells]
        row[5] = D.typed.get(row[5], row[5])
        ws.add(*row, "")
    ws.add("总计", "", "", "", "", "", "")
    return reg, book


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "xlsx/04-hospital.xlsx"
    reg, book = build()
    book.write(path)
    reg.write(path)
