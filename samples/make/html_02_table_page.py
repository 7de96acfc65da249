#!/usr/bin/python3
"""html/02: a page with a task table of rowspan and colspan, heads on two rows, in UTF-8."""
from html import escape
from pathlib import Path

from register import Register
from tables import Act, fill, spans

TITLE = "云沂高新区2024年健康促进工作任务分解表"
DOCUMENT = {
    "title": TITLE, "doc_no": "云高管办字〔2024〕15号", "issuer": "云沂高新技术产业开发区管理委员会办公室", "issued_on": "2024-04-02",
    "jurisdiction": "云沂高新区", "basis": [{"title": "健康云沂建设2024年工作要点", "doc_no": "云政办字〔2024〕17号"}]}
COLUMNS = ["action", "n", "s", "m", "lead", "coop", "due"]
# s, m, lead, coop, due
ROWS = [
    Act(1, "健康知识普及行动", "一、健康知识普及行动"),
    ("建设园区健康驿站", "在产业园公共服务区设置自助检测设备，[[建成健康驿站5个|建成园区健康驿站;>=;5;个]]", "{区社会事业局}", "{区建设局}、{区招商服务中心}", "<<c9|9月底>>"),
    ("培育企业健康宣传员", "[[培训企业健康宣传员160名|培训企业健康宣传员;>=;160;名]]，建立微信群定期推送健康知识", None, "{区总工会}", "<<c7|7月底>>"),
    Act(2, "全民健身行动", "二、全民健身行动"),
    ("完善健身设施", "[[沿科创大道建设骑行道11.5公里|沿科创大道建设骑行道;>=;11.5;公里]]", "{区社会事业局}", "{区建设局}、{区财政局}", "<<c11|11月底>>"),
    (None, "厂区闲置空地改建笼式足球场、乒乓球台", None, None, "<<o|持续推进>>"),
    ("推广工间操", "[[规模以上企业工间操开展率达到60%|规模以上企业工间操开展率;>=;60;%]]", "{区总工会}", "{区社会事业局}、{各街道办事处}等", "<<c12|12月底>>"),
    Act(3, "心理健康促进行动", "三、心理健康促进行动"),
    ("关注职工心理健康", "为一线职工开展心理讲座和一对一咨询，[[服务职工2500人次以上|职工心理健康服务;>=;2500;人次]]", None, "{区社会事业局}", None),
    Act(4, "职业健康保护行动", "四、职业健康保护行动"),
    ("治理职业病危害", "开展噪声、有机溶剂专项检查，[[超标岗位整改率达到100%|职业病危害超标岗位整改率;=;100;%]]", "{区社会事业局}", "{区应急管理局}、{区生态环境分局}", "<<c10|10月底>>"),
    (None, "督促企业落实职业健康检查，[[接害劳动者在岗期间体检率不低于95%|接害劳动者在岗期间体检率;>=;95;%]]", None, None, None),
    ("创建健康企业", "[[新增市级健康企业3家|新增市级健康企业;>=;3;家]]", "{区社会事业局}、{区总工会}", "{区经济发展局}", "<<s5|5月启动>>"),
    Act(5, "健康环境促进行动", "五、健康环境促进行动"),
    ("加强园区环境治理", "整治工业异味和夜间施工噪声，[[信访投诉量同比下降20%|园区环境信访投诉量;-;20;%]]", "{区生态环境分局}", "{区综合执法局}、{区建设局}", "<<c12|12月底>>"),
    ("开展病媒生物防制", "春、秋两季组织统一消杀，清理积水和垃圾", "", "{区综合执法局}、{各街道办事处}", "<<c10-20|10月20日前>>"),
]
HEAD = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title} - 云沂高新区管委会</title>
<link rel="stylesheet" href="site.css"><script src="jquery.js"></script></head>
<body><header><a href="/">云沂高新区</a><nav><a href="#">首页</a><a href="#">新闻中心</a><a href="#">信息公开</a><a href="#">办事服务</a></nav></header>
<main><aside><h2>信息公开</h2><ul><li>公开指南</li><li>公开制度</li><li>法定主动公开内容</li></ul></aside>
<article><h1>{title}</h1><div class="meta"><span>发布时间：2024-04-08</span><span>来源：管委会办公室</span></div>
"""
FOOT = """<p>说明：未列明牵头单位的任务，由排序第一的单位牵头。</p></article></main>
<footer><p>版权所有：云沂高新技术产业开发区管理委员会</p><p>地址：云沂市科创大道1号</p><noscript>请启用脚本</noscript></footer>
<script>window.share({title:"健康"});</script></body></html>
"""


def build():
    reg = Register(2024, DOCUMENT)
    out = [HEAD.format(title=TITLE), "<p>云高管办字〔2024〕15号</p>", "<p>各街道办事处，管委会各部门：</p>",
           f"<p>现将《{TITLE}》印发给你们。本表依据《健康云沂建设2024年工作要点》（云政办字〔2024〕17号）编制，请按期完成各项任务。</p>",
           "<p class=r>云沂高新技术产业开发区管理委员会办公室</p><p class=r>2024年4月2日</p>",
           '<div class="wrap"><table border=1><caption>' + TITLE + "</caption><thead><tr><th rowspan=2>专项行动<th rowspan=2>序号<th rowspan=2>重点任务"
           "<th rowspan=2>工作举措<th colspan=2>责任分工<th rowspan=2>完成时限</tr><tr><th>牵头单位<th>配合单位</tr></thead><tbody>"]
    for cells in spans(fill(reg, ("s", "m", "lead", "coop", "due"), ROWS), COLUMNS):
        out.append("<tr>" + "".join(f'<td{f" rowspan={c[1]}" if c[1] > 1 else ""}>{escape(c[0])}</td>' for c in cells if c) + "</tr>")
    out.append(f"<tr><td colspan={len(COLUMNS)}>合计：{len(reg.actions)}个专项行动，{len(reg.tasks)}项举措</td></tr></tbody></table></div>")
    return reg, "\n".join(out) + "\n" + FOOT


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "html/02-table-page.html"
    path.parent.mkdir(exist_ok=True)
    register, page = build()
    path.write_text(page, encoding="utf-8")
    register.write(path)
