#!/usr/bin/python3
"""docx/04-organisers: a district's table of tasks for mothers and children; 主办 and 协办 columns, the deadline in the
middle, merged cells, a quarterly duty."""
from pathlib import Path

from docxfile import Cell, Docx
from register import Register
from tables import Act, fill, spans

TITLE = "青陵区2021年妇幼健康促进行动任务清单"
DOCUMENT = {"title": TITLE, "doc_no": "青健推发〔2021〕9号", "issuer": "青陵区健康青陵行动推进委员会", "issued_on": "2021-05-18", "jurisdiction": "青陵区",
            "basis": [{"title": "健康青陵行动实施方案", "doc_no": "青政发〔2020〕5号"}]}
COLUMNS = ["n", "action", "s", "m", "due", "lead", "coop"]
HEADS = ["序号", "项目", "重点事项", "落实举措及标准", "办结时限", "主办单位", "协办单位"]
# s, m, due, lead, coop
ROWS = [
    Act(1, "出生缺陷综合防治", "出生缺陷综合防治"),
    ("落实三级预防", "为农村计划怀孕夫妇提供免费孕前优生健康检查，[[目标人群覆盖率达90%以上|免费孕前优生健康检查目标人群覆盖率;>=;90;%]]", "<<c11|2021年11月>>", "{区卫健局}", "{+区妇联}、{+各镇（街道）}"),
    (None, "推广婚检、孕检“一站式”服务，[[婚前医学检查率达到70%|婚前医学检查率;>=;70;%]]", "<<c9|2021年9月>>", "{区民政局}", "{+区卫健局}"),
    (None, "[[新生儿遗传代谢病筛查率不低于98%|新生儿遗传代谢病筛查率;>=;98;%]]，[[听力筛查率不低于95%|新生儿听力筛查率;>=;95;%]]", "<<c12|2021年12月>>", "{区卫健局}", "{+区妇幼保健院}"),
    Act(2, "母婴安全保障", "母婴安全保障"),
    ("加强高危孕产妇管理", "实行妊娠风险筛查与“五色”管理，[[高危孕产妇专案管理率达到100%|高危孕产妇专案管理率;=;100;%]]", "<<f|全年>>", "{区卫健局}", "{+区妇幼保健院}"),
    ("提升危重救治能力", "[[建成标准化危重孕产妇救治中心1个|建成标准化危重孕产妇救治中心;>=;1;个]]，组织应急演练", "<<c10|2021年10月>>", None, "{+区人民医院}、{+区财政局}"),
    ("建设母婴设施", "[[公共场所新建母婴室12间|公共场所新建母婴室;>=;12;间]]，配备护理台和独立哺乳区", "<<c8|2021年8月>>", "{区总工会}", "{+区住建局}、{+区交通运输局}、{+区卫健局}"),
    Act(3, "儿童健康促进", "儿童健康促进"),
    ("做好0—6岁儿童健康管理", "[[0—6岁儿童健康管理率保持在92%以上|0—6岁儿童健康管理率;>=;92;%]]，开展营养与发育评估", "<<f|全年>>", "{区卫健局}", "{+区教体局}"),
    ("防控儿童近视", "幼儿园每学年开展视力检查[[2次|幼儿园视力检查;>=;2;次/学年]]，[[托幼机构视力筛查覆盖率达到95%|托幼机构视力筛查覆盖率;>=;95;%]]", "<<c12|2021年12月>>", "{区教体局}", None),
    ("发展普惠托育服务", "[[每千人口拥有3岁以下婴幼儿托位数达到2.2个|每千人口拥有3岁以下婴幼儿托位数;>=;2.2;个]]", "<<s7|2021年7月启动>>", "{区卫健局}", "{+区发改局}、{+区住建局}、{+区教体局}"),
    Act(4, "妇女“两癌”防治", "妇女“两癌”防治"),
    ("开展免费筛查", "为35—64岁农村妇女免费提供宫颈癌筛查[[6000例|农村妇女宫颈癌免费筛查;>=;6000;例]]、乳腺癌筛查[[5500例|农村妇女乳腺癌免费筛查;>=;5500;例]]", "<<c10-31|2021年10月31日前>>", "{区妇联}", "{+区卫健局}、{+区财政局}"),
    ("加强宣传倡导", "利用“三八”节、母亲节等节点开展宣传，倡导适龄女性接种HPV疫苗", "<<o|持续开展>>", "{区妇联}", "{+区融媒体中心}"),
]


def build():
    reg, doc = Register(2021, DOCUMENT), Docx(split=9)
    doc.centre("青陵区健康青陵行动推进委员会文件", 60)
    doc.centre("青健推发〔2021〕9号", 32, False)
    doc.centre("关于印发《青陵区2021年妇幼健康促进行动任务清单》的通知", 44)
    doc.add("各镇人民政府、街道办事处，区直有关部门：")
    doc.add("为深入贯彻落实《健康青陵行动实施方案》（青政发〔2020〕5号），保障妇女儿童健康，现将《青陵区2021年妇幼健康促进行动任务清单》印发给你们，请对照清单抓好落实。")
    doc.add("请各主办单位于每季度最后一个月25日前将进展情况报区推进委员会办公室。")
    reg.obligations.append({"kind": "report", "who": ["各主办单位"], "what": "报送进展情况", "frequency": "quarterly",
                            "due": ["03-25", "06-25", "09-25", "12-25"], "report_to": "区推进委员会办公室", "raw": "请各主办单位于每季度最后一个月25日前将进展情况报区推进委员会办公室"})
    doc.right("青陵区健康青陵行动推进委员会")
    doc.right("2021年5月18日")
    doc.page_break()
    doc.add("附件")
    doc.centre(TITLE, 40)
    grid = spans(fill(reg, ("s", "m", "due", "lead", "coop"), ROWS), COLUMNS)
    rows, open_ = [[Cell(h, bold=True) for h in HEADS]], [0] * len(COLUMNS)
    for cells in grid:
        row = []
        for i, cell in enumerate(cells):
            if cell is None:
                row.append(Cell("", merge="continue"))
            else:
                row.append(Cell(cell[0], merge="restart" if cell[1] > 1 else ""))
        rows.append(row)
    doc.table([700, 1300, 1700, 3900, 1400, 1500, 2200], rows)
    doc.landscape = True
    return reg, doc


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "docx/04-organisers.docx"
    reg, doc = build()
    doc.write(path)
    reg.write(path)
