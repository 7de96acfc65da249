#!/usr/bin/python3
"""docx/02: a covering notice and a task table with merged cells."""
from pathlib import Path

from docxfile import Cell, Docx, field, run
from register import Register, obligation
from tables import HEAD, Act, fill, spans

TITLE = "健康云沂行动2021年度重点任务分工表"
LIAISON = "请各牵头单位确定联络员，名单于4月30日前报市爱卫办。"
PROGRESS = "各责任单位每年6月10日、12月10日前将任务进展书面报送市爱卫办。"
REVIEW = "市爱卫办每年组织一次综合评估，评估结果报市政府并适时向社会公布。"
DOCUMENT = {
    "title": TITLE, "doc_no": "云爱卫〔2021〕6号", "issuer": "云沂市爱国卫生运动委员会",
    "issued_on": "2021-04-19", "jurisdiction": "云沂市",
    "basis": [{"title": "关于推进健康云沂行动的实施意见", "doc_no": "云政发〔2020〕14号"},
              {"title": "健康松泽行动2021年工作要点", "doc_no": None}]}
OBLIGATIONS = [
    obligation("liaison_list", ["各牵头单位"], "报送联络员名单", "once", ["04-30"], "市爱卫办", LIAISON),
    obligation("half_yearly_progress_report", ["各责任单位"], "报送任务进展", "half_yearly", ["06-10", "12-10"], "市爱卫办", PROGRESS),
    obligation("annual_evaluation", ["市爱卫办"], "组织一次综合评估", "annual", [], "市政府", REVIEW),
]
COLUMNS = ["n", "action", "goal", "s", "m", "lead", "resp", "due"]
HEADS = ["序号", "专项行动", "年度目标", "重点任务", "工作措施", "牵头单位", "责任单位", "完成时限"]
WIDTHS = [600, 1500, 2000, 1900, 3400, 1500, 2300, 1100]
# s, m, lead, resp, due
ROWS = [
    "一、普及健康生活",
    Act(1, "健康知识普及行动", "1.健康知识普及行动", "[[居民健康素养水平达到24%|居民健康素养水平;>=;24;%]]"),
    ("建立健康科普队伍", "从二级以上医院、疾控机构遴选科普骨干，[[组建市级讲师团6个|组建市级讲师团;>=;6;个]]", "{市卫生健康委}", "{市卫生健康委}、{市科协}、{各县（区）}", "<<c6|6月底>>"),
    ("用好新闻媒体", "市属媒体开设健康专栏，[[每周刊播健康知识不少于2次|市属媒体刊播健康知识;>=;2;次/周]]", "{市委宣传部}", "{市委宣传部}、{市广播电视台}、{云沂日报社}", "<<f|全年>>"),
    (None, "清理整治虚假医疗广告和有害健康信息", None, None, None),
    Act(2, "合理膳食行动", "2.合理膳食行动", "[[成人肥胖增长率持续减缓|成人肥胖增长率;t;;]]"),
    ("推进餐饮场所营养健康", "在机关、学校、医院食堂开展示范创建，[[新增示范食堂20家|新增营养健康示范食堂;>=;20;家]]", "{市卫生健康委}", "{市市场监管局}、{市教育局}、{市机关事务服务中心}", "<<c10|10月底>>"),
    ("开展营养科普宣传", "以“5·20”学生营养日、全民营养周为节点开展主题宣传，发放控油壶、限盐勺", None, None, "<<c5|5月底>>"),
    Act(3, "全民健身行动", "3.全民健身行动", "[[经常参加体育锻炼人数比例达到37%以上|经常参加体育锻炼人数比例;>=;37;%]]"),
    ("完善公共体育设施", "[[新建多功能运动场50处|新建多功能运动场;>=;50;处]]，优先安排在设施薄弱的老城区和乡镇", "{市体育局}", "{市体育局}、{市自然资源和规划局}、{各县（区）}", "<<c11|11月底>>"),
    (None, "制定公共体育设施管护办法，落实管护责任单位", None, None, "<<c8|8月底>>"),
    ("培育体育社会组织", "推动体育协会向乡镇（街道）、村（社区）延伸", "", "{市体育局}、{市民政局}", "<<o|持续推进>>"),
    HEAD,
    "二、优化健康环境",
    Act(4, "控烟行动", "4.控烟行动", "[[15岁以上人群吸烟率下降到24%以下|15岁以上人群吸烟率;<=;24;%]]"),
    ("建设无烟机关", "[[全市无烟党政机关建成率达到70%|全市无烟党政机关建成率;>=;70;%]]，统一张贴禁烟标识，设立控烟监督员", "{市爱卫办}、{市机关事务服务中心}", "{市直各部门}、{各县（区）}", "<<c12|12月底>>"),
    (None, "组织暗访检查，对反弹单位通报批评", None, None, None),
    Act(5, "健康环境促进行动", "5.健康环境促进行动", "[[城市生活垃圾无害化处理率保持100%|城市生活垃圾无害化处理率;=;100;%]]"),
    ("开展饮用水监测", "[[完成城乡饮用水水样监测650份|完成城乡饮用水水样监测;>=;650;份]]，按季度公示结果", "{市卫生健康委}", "{市水利局}、{市生态环境局}、{市疾控中心}等", "<<c12|12月底>>"),
    ("治理扬尘和餐饮油烟", "建筑工地落实围挡、喷淋、冲洗等措施；餐饮单位安装油烟净化设施并定期清洗", "{市生态环境局}", "{市住房城乡建设局}、{市城市管理局}", None),
    "三、维护重点人群健康",
    Act(6, "妇幼健康促进行动", "6.妇幼健康促进行动", "[[孕产妇死亡率控制在12/10万以内，婴儿死亡率控制在5‰以内|孕产妇死亡率;<=;12;/10万|婴儿死亡率;<=;5;‰]]"),
    ("加强孕产妇管理", "落实高危孕产妇专案管理，[[孕产妇系统管理率达到92%以上|孕产妇系统管理率;>=;92;%]]", "{市卫生健康委}", "{市妇幼保健院}、{各县（区）}", "<<c12|12月底>>"),
    ("实施妇女“两癌”检查", "[[免费检查1.8万人|妇女“两癌”免费检查;>=;1.8;万人]]，对患病困难妇女给予救助", None, "{市妇联}、{市财政局}", "<<c10|10月底>>"),
    Act(7, "中小学健康促进行动", "7.中小学健康促进行动", "[[儿童青少年总体近视率较上年降低0.5个百分点以上|儿童青少年总体近视率;-;0.5;百分点]]"),
    ("改善教学环境", "更换不达标的课桌椅和灯具，[[完成1200间教室照明改造|教室照明改造;>=;1200;间]]", "{市教育局}", "{市教育局}、{市财政局}、{市市场监管局}", "<<c8|8月底>>"),
    (None, "对新改建教室开展采光照明抽检", None, "{市卫生健康委}、{市市场监管局}", "<<c9-15|9月15日前>>"),
    ("保障体育锻炼", "开齐开足体育课，组织阳光体育大课间", None, "{市体育局}、{团市委}", "<<o|长期坚持>>"),
    HEAD,
    Act(8, "老年健康促进行动", "8.老年健康促进行动", "[[65岁以上老年人城乡社区规范健康管理服务率达到65%|65岁以上老年人城乡社区规范健康管理服务率;>=;65;%]]"),
    ("开展健康体检", "为65岁以上老年人免费体检，结果一对一反馈", "{市卫生健康委}", "{市卫生健康委}、{各县（区）}", "<<c10|10月底>>"),
    ("推进医养结合", "[[建成医养结合示范机构4家|建成医养结合示范机构;>=;4;家]]，打通养老机构内设医务室医保结算", "{市卫生健康委}、{市民政局}", "{市医保局}", "<<c12|12月底>>"),
    "合计：8个专项行动、19条措施",
]


def unmerged(rows):
    """ROWS for a table that merges nothing: what a merged cell holds is printed in each row, the
    action in a row of its own, without its goal."""
    out, last = [], ()
    for row in rows:
        if isinstance(row, tuple):
            last = row = tuple(b if a is None else a for a, b in zip(row, last or row))
        elif isinstance(row, Act):
            row = Act(row.no, row.name, row.printed, band=True)
        if row is not HEAD:
            out.append(row)
    return out


def build(merged=True):
    """The register and the document; without MERGED the table merges nothing downwards."""
    reg, doc = Register(2021, DOCUMENT, obligations=OBLIGATIONS), Docx(split=0)
    doc.landscape = True
    doc.header = doc.paragraph(run("内容以正式印发稿为准"), props='<w:jc w:val="left"/>')
    doc.footer = doc.paragraph(run("第 ") + field("PAGE", "1") + run(" 页，共 ") + field("NUMPAGES", "5") + run(" 页"), props='<w:jc w:val="right"/>')
    doc.centre("云沂市爱国卫生运动委员会文件", 52)
    doc.centre("云爱卫〔2021〕6号", 28, bold=False)
    doc.centre("云沂市爱国卫生运动委员会", 40)
    doc.centre(f"关于印发{TITLE}的通知", 40)
    for text in ("各县（区）爱国卫生运动委员会，市爱卫会各成员单位：",
                 "为落实市政府《关于推进健康云沂行动的实施意见》（云政发〔2020〕14号）和《健康松泽行动2021年工作要点》，"
                 f"现将《{TITLE}》印发给你们，并提出以下要求，请一并遵照执行。",
                 "一、落实责任分工。各单位要对照分工表细化举措，建立工作专班，确保件件有着落。" + LIAISON,
                 "二、按时报送进展。" + PROGRESS,
                 "三、加强评估通报。" + REVIEW):
        doc.add(text)
    doc.add(f"附件：{TITLE}")
    doc.right("云沂市爱国卫生运动委员会")
    doc.right("2021年4月19日")
    doc.page_break()
    doc.add("附件")
    doc.centre(TITLE, 36)
    kept = [i for i, key in enumerate(COLUMNS) if merged or key not in ("action", "goal")]
    columns = [COLUMNS[i] for i in kept]
    heads = [Cell(HEADS[i], bold=True) for i in kept]
    rows = [heads]
    filled = fill(reg, ("s", "m", "lead", "resp", "due"), ROWS if merged else unmerged(ROWS))
    for cells in spans(filled, columns):
        if cells is None:
            rows.append(heads)
        elif isinstance(cells, str):
            rows.append([Cell(cells, span=len(columns), bold=True)])
        else:
            rows.append([Cell("", merge="continue") if c is None else Cell(c[0], merge="restart" if c[1] > 1 else "") for c in cells])
    doc.table([WIDTHS[i] for i in kept], rows, whole_rows=not merged)
    doc.add("注：1.表中牵头单位为两个以上的，由排序在前的单位汇总情况。2.表中“市爱卫办”指市爱国卫生运动委员会办公室。")
    doc.add("云沂市爱国卫生运动委员会办公室          2021年4月21日印发")
    return reg, doc


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "docx/02-merged-table.docx"
    register, document = build()
    document.write(path)
    register.write(path)
