#!/usr/bin/python3
"""encodings/: one short plan of a town in four encodings, hard-wrapped, with a page break in an item."""
import re
import unicodedata
from pathlib import Path

from register import Register

TITLE = "㐂塘镇2025年健康促进工作方案"
DOCUMENT = {
    "title": TITLE, "doc_no": "㐂政发〔2025〕9号", "issuer": "㐂塘镇人民政府", "issued_on": "2025-03-21", "jurisdiction": "㐂塘镇",
    "basis": [{"title": "岚溪县2025年健康促进重点工作计划", "doc_no": "岚健委办〔2025〕2号"}]}
WIDTH, PAGE = 30, 24
ACTIONS = [
    (1, "健康知识普及行动", "（一）开展健康知识普及行动", [
        ("1.", "用好村村响广播，[[每天播放健康提示不少于2次|播放健康提示;>=;2;次/天]]，组织“健康大篷车”走进𠮷山村、㐂溪村等偏远村落。",
         "（{镇党政综合办}、{镇卫生院}负责，<<o|长期坚持>>）"),
        ("2.", "为60岁以上老人讲解用药知识，[[每村举办讲座不少于3场|每村举办用药知识讲座;>=;3;场]]。", "（{镇卫生院}负责，<<c10|10月底前完成>>）")]),
    (2, "全民健身行动", "（二）开展全民健身行动", [
        ("1.", "翻新𠮷山文化广场，[[安装健身器材12套|𠮷山文化广场安装健身器材;>=;12;套]]，聘请村民担任管护员。", "（{镇社会事务办}、{镇财政所}负责，<<c8|8月底前完成>>）"),
        ("2.", "举办㐂塘镇第六届农民趣味运动会，设置插秧、推车、拔河等项目。", "（{镇社会事务办}牵头，{各村（社区）}配合，<<s9|9月启动>>）")]),
    (3, "健康环境促进行动", "（三）开展健康环境促进行动", [
        ("1.", "推进农户改厕，[[完成改厕130户|完成农户改厕;>=;130;户]]，建立报修台账，及时清掏维护。", "（{镇农业农村办}、{各村（社区）}负责，<<c11|11月底前完成>>）"),
        ("2.", "整治集镇占道经营和污水直排，实行主街路段包保责任制。", "（{镇综合执法队}、{镇卫生院}等按职责分工负责，<<f|全年>>）")]),
    (4, "慢性病防治行动", "（四）开展慢性病防治行动", [
        ("1.", "落实家庭医生签约服务，[[高血压患者规范管理率达到70%以上|高血压患者规范管理率;>=;70;%]]，对行动不便者上门随访。", "（{镇卫生院}负责，<<c12|12月底前完成>>）")]),
]
CODES = {"01-utf8-mark": "utf-8-sig", "02-gb18030": "gb18030", "03-utf16le-mark": "utf-16-le", "04-utf16be": "utf-16-be"}


def wide(text):
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def wrap(text, width=WIDTH):
    """TEXT as lines of WIDTH full characters, as a page prints it."""
    lines = [""]
    for piece in re.findall(r"[0-9A-Za-z.%]+|.", text):
        if lines[-1] and wide(lines[-1]) + wide(piece) > width and piece not in "，。、；：）》”！？":
            kept = lines[-1].rstrip("（〔《“")  # no line ends with an opening bracket
            lines.append(lines[-1][len(kept):])
            lines[-2] = kept
        lines[-1] += piece
    return lines


def centre(text, width=WIDTH):
    return " " * int(width - wide(text)) + text


def pages(lines, foot=lambda page: ["", centre(f"— {page} —"), "\f"]):
    out = []
    for at in range(0, len(lines), PAGE):
        out += lines[at:at + PAGE] + foot(at // PAGE + 1)
    return out


def build():
    reg = Register(2025, DOCUMENT)
    lines = [centre("㐂塘镇人民政府文件"), centre("㐂政发〔2025〕9号"), "", centre("㐂塘镇人民政府"), centre(f"关于印发《{TITLE}》的通知"), ""]
    for text in ("各村（社区），镇属各单位：",
                 f"　　为落实《岚溪县2025年健康促进重点工作计划》（岚健委办〔2025〕2号），现将《{TITLE}》印发给你们，请认真执行。"):
        lines += wrap(text)
    lines += ["", "　" * 20 + "㐂塘镇人民政府", "　" * 21 + "2025年3月21日", "", centre(TITLE), ""]
    lines += wrap("　　一、重点任务")
    for no, name, heading, tasks in ACTIONS:
        reg.action(no, name)
        lines += wrap("　　" + heading)
        for at, (number, text, clause) in enumerate(tasks, 1):
            if "牵头" in clause:
                clause = clause.replace("（{", "（{!", 1).replace("{各", "{+各")
            lines += wrap("　　" + number + "".join(reg.task(str(at), text, clause)))
    lines += wrap("　　二、工作要求")
    lines += wrap("　　各村（社区）和镇属各单位要明确专人负责，保留工作痕迹，党政综合办适时通报进展。")
    return reg, "\r\n".join(pages(lines)) + "\r\n"


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[1] / "encodings"
    folder.mkdir(exist_ok=True)
    register, text = build()
    for name, code in CODES.items():
        path = folder / f"{name}.txt"
        path.write_bytes((b"\xff\xfe" if name.endswith("le-mark") else b"") + text.encode(code))
        register.write(path)
