#!/usr/bin/python3
"""docx/05-annex-table: a city's plan without clauses, whose annex assigns leads and doers to actions in a table."""
from pathlib import Path

from docxfile import Cell, Docx
from register import Register

TITLE = "健康凤池行动2020年工作计划"
DOCUMENT = {"title": TITLE, "doc_no": "凤爱卫〔2020〕12号", "issuer": "凤池市爱国卫生运动委员会", "issued_on": "2020-06-02", "jurisdiction": "凤池市",
            "basis": [{"title": "凤池市人民政府关于实施健康凤池行动的意见", "doc_no": "凤政发〔2019〕26号"}]}


def build():
    default = {"kind": "complete_by", "date": "2020-12-31", "dates": None, "raw": None}
    reg, doc = Register(2020, DOCUMENT, default=default, office="市爱卫办"), Docx(split=14)
    doc.centre("凤池市爱国卫生运动委员会", 48)
    doc.centre("凤爱卫〔2020〕12号", 32, False)
    doc.centre("凤池市爱国卫生运动委员会关于印发")
    doc.centre("健康凤池行动2020年工作计划的通知")
    doc.add("各县（市、区）人民政府，市爱卫会各成员单位：")
    doc.add("根据《凤池市人民政府关于实施健康凤池行动的意见》（凤政发〔2019〕26号），市爱卫会研究制定了《健康凤池行动2020年工作计划》，现印发给你们，请认真组织实施。")
    doc.blank()
    doc.right("凤池市爱国卫生运动委员会")
    doc.right("2020年6月2日")
    doc.blank()
    doc.centre(TITLE)
    doc.add("2020年是健康凤池行动全面实施的第一年。为统筹推进疫情防控和爱国卫生运动，制定本计划。")
    def task(no, text):
        t, _ = reg.task(no, text)
        doc.add(f"{no}.{t}")
    chapter = lambda t: doc.add(t, text_props="<w:b/>")
    chapter("一、健康环境促进行动")
    reg.action(1, "健康环境促进行动")
    task("1", "开展城乡环境卫生清洁行动。彻底清理卫生死角和积存垃圾，[[农村生活垃圾有效治理率达到95%|农村生活垃圾有效治理率;>=;95;%]]，每周五下午为机关义务劳动日。")
    task("2", "抓好病媒生物防制。春、秋两季组织统一灭鼠灭蟑，[[建成区鼠、蚊、蝇、蟑密度控制水平达到国家C级标准|病媒生物密度控制水平达到国家C级标准;d]]，培训消杀骨干[[300名|消杀骨干培训;>=;300;名]]。")
    task("3", "推进厕所革命。[[新建改建城市公厕45座|新建改建城市公厕;>=;45;座]]，[[完成农村户厕改造1.8万户|农村户厕改造;>=;1.8;万户]]。")
    chapter("二、卫生城镇创建行动")
    reg.action(2, "卫生城镇创建行动")
    task("1", "巩固国家卫生城市成果。对照标准开展自查，建立问题台账，限期整改销号。")
    task("2", "扩大卫生乡镇覆盖面。[[新创建省级卫生乡镇6个、省级卫生村80个|新创建省级卫生乡镇;>=;6;个|新创建省级卫生村;>=;80;个]]，鼓励有条件的县申报国家卫生县城。")
    task("3", "培育健康细胞。制定健康社区、健康单位、健康家庭建设标准，[[每个县（市、区）建成健康社区不少于5个|每个县（市、区）建成健康社区;>=;5;个]]。")
    chapter("三、健康知识普及行动")
    reg.action(3, "健康知识普及行动")
    task("1", "组建健康科普专家库。遴选临床、公共卫生、中医等领域专家[[60名|健康科普专家;>=;60;名]]，制定专家管理办法。")
    task("2", "开展爱国卫生月宣传。以“防疫有我，爱卫同行”为主题，组织环境整治和健康科普活动，[[发放宣传资料20万份|爱国卫生月发放宣传资料;>=;20;万份]]。")
    task("3", "推广文明健康生活方式。倡导公筷公勺、分餐制和“一米线”，[[居民健康素养水平提升到20%|居民健康素养水平;>=;20;%]]。")
    chapter("四、控烟行动")
    reg.action(4, "控烟行动")
    task("1", "推动公共场所禁烟立法调研。完成立法调研报告，提出立法建议。")
    task("2", "建设无烟机关。[[无烟党政机关建成率达到70%以上|无烟党政机关建成率;>=;70;%]]，发挥领导干部带头作用。")
    doc.page_break()
    doc.add("附件")
    doc.centre("健康凤池行动2020年工作任务分工表", 36)
    assign = [("健康环境促进行动", ["市爱卫办"], ["市住房城乡建设局", "市城管局", "市农业农村局", "市生态环境局"]),
              ("卫生城镇创建行动", ["市爱卫办"], ["市城管局", "市市场监管局", "各县（市、区）"]),
              ("健康知识普及行动", ["市卫生健康委"], ["市委宣传部", "市广播电视台", "市疾控中心"]),
              ("控烟行动", ["市卫生健康委", "市机关事务局"], ["市司法局", "市教育局", "市烟草专卖局"])]
    rows = [[Cell(h, bold=True) for h in ("序号", "行动名称", "牵头单位", "参加单位")]]
    for i, (name, lead, doers) in enumerate(assign, 1):
        rows.append([Cell(str(i)), Cell(name), Cell("、".join(lead)), Cell("、".join(doers))])
        reg.actions[i - 1]["lead_units"], reg.actions[i - 1]["implementers"] = lead, doers
    doc.table([900, 2600, 2600, 3200], rows)
    return reg, doc


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "docx/05-annex-table.docx"
    reg, doc = build()
    doc.write(path)
    reg.write(path)
