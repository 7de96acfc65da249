#!/usr/bin/python3
"""ocr/02: one page as a picture (needs libreoffice-writer-nogui, fonts-wqy-zenhei,
poppler-utils and python3-pil)."""
from pathlib import Path

from docxfile import Docx
from office import to_picture
from register import Register

TITLE = "沂东县2026年控烟工作要点"
DOCUMENT = {
    "title": TITLE, "doc_no": "沂爱卫办〔2026〕3号", "issuer": "沂东县爱国卫生运动委员会办公室", "issued_on": "2026-02-27", "jurisdiction": "沂东县",
    "basis": [{"title": "沂东县健康行动实施计划（2023—2025年）", "doc_no": "沂政发〔2023〕8号"}]}
ACTIONS = [
    (1, "无烟环境建设行动", "一、开展无烟环境建设行动", [
        ("1.巩固无烟机关成果。对县直单位和乡镇机关开展交叉检查，[[无烟机关达标率保持在98%以上|无烟机关达标率;>=;98;%]]。", "（{县爱卫办}、{县机关事务服务中心}负责，<<c9|9月底前完成>>）"),
        ("2.推进无烟学校建设。开展控烟主题班会和劝阻员培训，[[培训劝阻员120名|培训控烟劝阻员;>=;120;名]]。", "（{!县教育体育局}牵头，{+县卫生健康局}配合，<<c10|10月底前完成>>）")]),
    (2, "戒烟服务促进行动", "二、开展戒烟服务促进行动", [
        ("1.规范戒烟门诊。[[门诊量不少于400人次|戒烟门诊门诊量;>=;400;人次]]，对戒烟者定期随访。", "（{县人民医院}、{县中医院}负责，<<c12|12月底前完成>>）"),
        ("2.推广简短戒烟干预。组织乡镇医务人员学习干预技能，纳入日常诊疗流程。", "（{县卫生健康局}负责，<<o|持续推进>>）")]),
]


def build():
    reg, doc = Register(2026, DOCUMENT), Docx()
    doc.centre("沂东县爱国卫生运动委员会办公室文件", 40)
    doc.centre("沂爱卫办〔2026〕3号", 28, bold=False)
    doc.centre(TITLE, 40)
    doc.add("各乡镇、街道，县直各单位：")
    doc.add("为巩固《沂东县健康行动实施计划（2023—2025年）》（沂政发〔2023〕8号）成效，制定本工作要点。")
    for no, name, heading, tasks in ACTIONS:
        reg.action(no, name)
        doc.add(heading, text_props="<w:b/>", props='<w:ind w:firstLine="560"/>')
        for at, (text, clause) in enumerate(tasks, 1):
            printed = "".join(reg.task(str(at), text.split(".", 1)[1], clause))
            doc.add(f"{at}.{printed}", props='<w:ind w:firstLine="560"/>')
    doc.right("沂东县爱国卫生运动委员会办公室")
    doc.right("2026年2月27日")
    return reg, doc


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "ocr/02-page-picture.png"
    register, document = build()
    to_picture(document, path)
    register.write(path)
