#!/usr/bin/python3
"""pdf/04-browser-table: a landscape table as a browser prints it: narrow cells, cells merged downwards and set in the middle,
over two pages (needs chromium and fonts-noto-cjk)."""
from html import escape
from pathlib import Path

from register import Register
from tables import Act, fill, spans
from chromium import to_pdf

TITLE = "稷原市2025年“体重管理年”活动重点任务分工表"
DOCUMENT = {"title": TITLE, "doc_no": "稷健推委〔2025〕4号", "issuer": "健康稷原行动推进委员会", "issued_on": "2025-04-15", "jurisdiction": "稷原市",
            "basis": [{"title": "“体重管理年”活动实施方案", "doc_no": "国卫医急发〔2024〕21号"}]}
HEADS = ["任务类别", "序号", "工作任务", "具体措施", "牵头部门", "配合部门", "完成时间"]
ROWS = [
    Act(1, "体重管理科普", "体重管理科普"),
    ("组建科普队伍", "[[组建市级体重管理科普专家团队1支|组建市级体重管理科普专家团队;>=;1;支]]，编制科普材料", "{市卫健委}", "{+市科协}", "<<c5|2025年5月>>"),
    ("开展科普活动", "[[举办“称出健康”主题活动50场|举办“称出健康”主题活动;>=;50;场]]，公共场所投放体重秤", "{市卫健委}", "{+市委宣传部}、{+市广电台}", "<<c10|2025年10月>>"),
    Act(2, "合理膳食指导", "合理膳食指导"),
    ("推进营养健康食堂建设", "[[建成营养健康食堂（餐厅）30家|建成营养健康食堂（餐厅）;>=;30;家]]，推广低油低盐菜品", "{市市场监管局}", "{+市卫健委}、{+市商务局}", "<<c11|2025年11月>>"),
    ("改善学生膳食", "[[学校营养专（兼）职人员配备率达到80%|学校营养专（兼）职人员配备率;>=;80;%]]，减少含糖饮料供应", "{市教育局}", "{+市市场监管局}", "<<c9|2025年9月>>"),
    ("培训营养指导员", "[[培训营养指导员100名|培训营养指导员;>=;100;名]]", "{市卫健委}", "{+市人社局}", "<<c8|2025年8月>>"),
    Act(3, "科学运动促进", "科学运动促进"),
    ("完善健身设施", "[[新建健身步道36公里|新建健身步道;>=;36;公里]]，推动学校体育场馆向社会开放", "{市体育局}", "{+市自然资源局}、{+市教育局}", "<<c12|2025年12月>>"),
    ("推广运动处方", "[[二级以上医院设立运动处方门诊5个|二级以上医院设立运动处方门诊;>=;5;个]]", "{市体育局}", "{+市卫健委}", "<<s6|2025年6月启动>>"),
    ("组织减重训练营", "面向超重肥胖职工开展训练，[[参训人员1000人次|减重训练营参训人员;>=;1000;人次]]", "{市总工会}", "{+市体育局}", "<<c10|2025年10月>>"),
    Act(4, "体重管理服务", "体重管理服务"),
    ("开设体重管理门诊", "[[三级公立医院体重管理门诊设置率达到100%|三级公立医院体重管理门诊设置率;=;100;%]]", "{市卫健委}", "{+市中医药局}", "<<c6|2025年6月>>"),
    ("做好基层管理", "[[家庭医生团队对超重肥胖居民干预率不低于60%|超重肥胖居民干预率;>=;60;%]]", "{市卫健委}", "{+各县区}", "<<o|持续推进>>"),
]


def build():
    reg = Register(2025, DOCUMENT)
    rows = []
    for cells in spans(fill(reg, ("s", "m", "lead", "coop", "due"), ROWS), ["action", "n", "s", "m", "lead", "coop", "due"]):
        rows.append("<tr>" + "".join(f'<td{f" rowspan={c[1]}" if c[1] > 1 else ""}>{escape(c[0])}</td>' for c in cells if c) + "</tr>")
    html = f"""<meta charset=utf-8><style>@page{{size:A4 landscape;margin:18mm}}body{{font:14px/1.6 'Noto Serif CJK SC'}}h1{{font-size:22px;text-align:center;break-before:page}}h2{{text-align:center;font-size:24px}}.r{{text-align:right}}.c{{text-align:center}}p{{text-indent:2em}}
table{{border-collapse:collapse;width:100%;table-layout:fixed}}thead{{display:table-header-group}}td,th{{border:1px solid #000;padding:5px;font-size:17px}}tr{{break-inside:avoid}}</style>
<div class=c style="font-size:28px;color:red">健康稷原行动推进委员会文件</div><div class=c>稷健推委〔2025〕4号</div><h2>关于印发《{TITLE}》的通知</h2>
<div>各县区健康行动推进委员会，市推进委各成员单位：</div><p>根据《“体重管理年”活动实施方案》（国卫医急发〔2024〕21号），现将《{TITLE}》印发给你们，请抓好落实。</p>
<div class=r>健康稷原行动推进委员会</div><div class=r>2025年4月15日</div>
<h1>{TITLE}</h1><table><colgroup><col style="width:9%"><col style="width:5%"><col style="width:15%"><col style="width:31%"><col style="width:11%"><col style="width:16%"><col style="width:13%"></colgroup><thead><tr>{"".join(f"<th>{h}</th>" for h in HEADS)}</tr></thead><tbody>{"".join(rows)}</tbody></table>"""
    return reg, html


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "pdf/04-browser-table.pdf"
    reg, html = build()
    to_pdf(html, path)
    reg.write(path)
