#!/usr/bin/python3
"""text/10-city-year: a city's plan for one year, 18 actions in an annexed table; play/ plays that year."""
from pathlib import Path

from register import Register, obligation

ROOT = Path(__file__).resolve().parents[2]
TITLE = "健康泓州行动2026年实施方案"
PROGRESS = "各牵头单位和各县（区）每年6月15日、12月15日前将任务进展情况报送市推进办。"
MONITOR = "各专项行动工作组每年3月31日前形成上一年度监测报告，报送市推进办。"
EVALUATE = "各县（区）以年度为单位开展本地实施情况评估，于12月20日前将评估报告报送市推进办。"
SUPERVISE = "市推进办每年组织一次专项督导，督导结果向各县（区）和成员单位通报。"
DOCUMENT = {"title": TITLE, "doc_no": "泓健推〔2025〕6号", "issuer": "健康泓州行动推进委员会", "issued_on": "2025-11-12", "jurisdiction": "泓州市",
            "basis": [{"title": "健康松泽行动实施方案", "doc_no": "松政发〔2019〕21号"}, {"title": "“健康泓州”建设规划", "doc_no": None}]}
OBLIGATIONS = [
    obligation("half_yearly_progress_report", ["各牵头单位", "各县（区）"], "报送任务进展情况", "half_yearly", ["06-15", "12-15"], "市推进办", PROGRESS),
    obligation("annual_monitoring_report", ["各专项行动工作组"], "形成上一年度监测报告", "annual", ["03-31"], "市推进办", MONITOR),
    obligation("annual_evaluation_report", ["各县（区）"], "评估报告", "annual", ["12-20"], "市推进办", EVALUATE),
    obligation("annual_special_supervision", ["市推进办"], "组织一次专项督导", "annual", [], None, SUPERVISE),
]
NUMBERS = "一二三四五六七八九十"
HEADS = ["序号", "重点任务", "具体措施", "牵头单位", "责任单位", "完成时限"]


def chinese(n):
    return NUMBERS[n - 1] if n <= 10 else "十" + NUMBERS[n - 11]


def marked(names):
    return "、".join("{%s}" % name for name in names.split("、"))


def build():
    reg = Register(2026, DOCUMENT, obligations=OBLIGATIONS)
    reg.whole = True
    out = ["健康泓州行动推进委员会文件", "", "泓健推〔2025〕6号", "", "健康泓州行动推进委员会", f"关于印发{TITLE}的通知", "",
           "各县（区）人民政府，市推进委员会各成员单位：",
           f"为贯彻《健康松泽行动实施方案》（松政发〔2019〕21号）和《“健康泓州”建设规划》，现将《{TITLE}》印发给你们，请结合实际抓好落实。", "",
           "健康泓州行动推进委员会", "2025年11月12日", "", TITLE, "",
           "一、总体目标",
           reg.say("以群众健康需求为出发点，推动健康融入各项政策。到2026年底，"
                   "[[人均预期寿命达到79.4岁|人均预期寿命;>=;79.4;岁;2026]]，[[居民健康素养水平达到33%|居民健康素养水平;>=;33;%;2026]]，"
                   "[[经常参加体育锻炼人数比例达到41%|经常参加体育锻炼人数比例;>=;41;%;2026]]。"),
           "二、工作要求",
           "（一）压实责任。专项行动设工作组，由牵头单位主要负责同志任组长。牵头单位统筹本项任务，责任单位按职责分工落实。",
           f"（二）按时报送。{PROGRESS}没有变化的注明“无变化”，不另行制发专门材料。",
           f"（三）监测评估。{MONITOR}{EVALUATE}",
           f"（四）督导通报。{SUPERVISE}", "",
           f"附件：{TITLE}任务分工表", "", f"{TITLE}任务分工表", "", "\t".join(HEADS)]
    reg.whole, count = False, 0
    for line in (ROOT / "play/plan.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("#"):
            no, name = line[1:].split("\t")
            reg.action(int(no), name)
            out.append(f"{chinese(int(no))}、{name}")
            continue
        task, measure, lead, doers, due = line.split("\t")[:5]
        cells = reg.row(s=task, m=measure, lead=marked(lead), resp=marked(doers), due=f"<<{due}>>")
        count += 1
        out.append("\t".join([str(count)] + [cells[key] for key in ("s", "m", "lead", "resp", "due")]))
    return reg, out


if __name__ == "__main__":
    path = ROOT / "samples/text/10-city-year.txt"
    register, lines = build()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    register.write(path)
