#!/usr/bin/python3
"""html/03-key-list: a page of divisions with the sheet of keys as a list beside the article."""
from html import escape
from pathlib import Path

from register import Register

TITLE = "桐墟市心理健康促进行动实施方案（2023—2025年）"
DOCUMENT = {"title": TITLE, "doc_no": "桐政办规〔2023〕8号", "issuer": "桐墟市人民政府办公室", "issued_on": "2023-07-12", "jurisdiction": "桐墟市",
            "basis": [{"title": "健康中国行动——儿童青少年心理健康行动方案（2019—2022年）", "doc_no": "国卫疾控发〔2019〕63号"}, {"title": "健康桐墟行动（2020—2030年）", "doc_no": None}]}


def build():
    reg = Register(2023, DOCUMENT, end_year=2025)
    out = []
    div = lambda t: out.append(f"<div class='p'>{escape(t)}</div>")
    def task(no, text, clause):
        t, c = reg.task(no, text, clause)
        out.append(f"<div class='p'><strong>（{no}）</strong>{escape(t)}<em>（{escape(c)}）</em></div>")
    div("各县（市、区）人民政府，市政府各部门、各直属机构：")
    div(f"《{TITLE}》已经市政府同意，现印发给你们，请认真组织实施。")
    out.append("<div class='sign'>桐墟市人民政府办公室<br/>2023年7月12日</div>")
    out.append(f"<h2>{TITLE}</h2>")
    div("为贯彻落实《健康中国行动——儿童青少年心理健康行动方案（2019—2022年）》（国卫疾控发〔2019〕63号）、《健康桐墟行动（2020—2030年）》，促进公众心理健康，制定本实施方案。")
    out.append("<h3>一、总体目标</h3>")
    reg.whole = True
    div(reg.say("[[到2025年，居民心理健康素养水平提升到30%|居民心理健康素养水平;>=;30;%;2025]]，[[每10万人口精神科执业（助理）医师达到4.8名|每10万人口精神科执业（助理）医师;>=;4.8;名;2025]]，[[失眠现患率上升趋势减缓|失眠现患率;t;;;2025]]。"))
    reg.whole = False
    reg.action(2, "社会心理服务")
    out.append("<h3>二、开展社会心理服务</h3>")
    task("一", "建设心理服务平台。依托综治中心、新时代文明实践中心设立心理咨询室，[[到2024年底，县级心理服务中心实现全覆盖|县级心理服务中心覆盖率;=;100;%;2024]]。", "责任单位：{市委政法委}、{市卫生健康委}、{市民政局}，<<c2024|2024年底前完成>>")
    task("二", "拓展热线服务。优化“12356”心理援助热线，[[接通率不低于90%|心理援助热线接通率;>=;90;%]]，对高危来电者提供干预随访。", "责任单位：{市卫生健康委}、{市行政审批服务局}，<<c2023-12|2023年12月底前完成>>")
    task("三", "培育社会组织。通过政府购买服务等方式扶持心理服务机构[[15家|扶持心理服务机构;>=;15;家]]，规范从业行为。", "责任单位：{市民政局}、{市财政局}、{市市场监管局}，<<c2025-06|2025年6月底前完成>>")
    reg.action(3, "重点人群心理关爱")
    out.append("<h3>三、实施重点人群心理关爱</h3>")
    task("一", "守护儿童青少年心理健康。[[每所中小学校至少配备1名专职心理健康教师|每所中小学校配备专职心理健康教师;>=;1;名]]，[[每学年面向全体学生开展1次心理测评|学生心理测评;>=;1;次/学年]]，建立“一生一策”档案。", "责任单位：{市教育局}、{团市委}、{市妇联}，<<c2024-08|2024年8月底前完成>>")
    task("二", "关心职业人群。用人单位把心理健康纳入职工健康管理，[[建成职工心灵驿站60个|建成职工心灵驿站;>=;60;个]]。", "责任单位：{市总工会}、{市人力资源社会保障局}、{市国资委}，<<c2025-10|2025年10月底前完成>>")
    task("三", "关爱孕产妇和老年人。孕产期保健常规开展抑郁筛查，[[筛查率达到85%|孕产妇抑郁筛查率;>=;85;%]]；对失能、空巢老年人开展定期探访。", "责任单位：{市卫生健康委}、{市民政局}、{各县（市、区）人民政府}，<<o|持续推进>>")
    reg.action(4, "精神卫生服务能力提升")
    out.append("<h3>四、推进精神卫生服务能力提升</h3>")
    task("一", "完善服务体系。市第四人民医院建成三级精神专科医院，[[二级以上综合医院精神（心理）科门诊开设率达到70%|二级以上综合医院精神（心理）科门诊开设率;>=;70;%]]。", "责任单位：{市卫生健康委}、{市发展改革委}、{市委编办}，<<c2025-12|2025年12月底前完成>>")
    task("二", "强化患者服务管理。[[严重精神障碍患者规范管理率稳定在90%以上|严重精神障碍患者规范管理率;>=;90;%]]，落实以奖代补政策，[[监护人补助标准不低于2400元/年|监护人补助标准;>=;2400;元/年]]。", "责任单位：{市委政法委}、{市公安局}、{市卫生健康委}、{市财政局}、{市残联}，<<f|每年>>")
    reg.tasks[-1]["dues"] = [{"kind": "ongoing", "date": None, "dates": None, "raw": "持续推进", "inferred": False}]
    s = out.pop()
    out.append(s.replace("每年）", "持续推进）"))
    reg.tasks[-1]["clause"] = reg.tasks[-1]["clause"].replace("每年\n", "持续推进\n")
    task("三", "发展社区康复。[[社区康复服务覆盖80%以上的县（市、区）|开展社区康复服务的县（市、区）占比;>=;80;%]]，推动居家患者接受康复服务。", "责任单位：{市民政局}、{市残联}，<<c2025|2025年底前完成>>")
    out.append("<h3>五、组织实施</h3>")
    div("各地各部门要建立健全党政领导、部门协同、社会参与的工作机制。市卫生健康委会同有关部门于每年1月15日前开展上年度实施情况评估，评估报告报市政府。")
    page = f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>桐墟市人民政府办公室关于印发{TITLE}的通知_政府信息公开</title>
<meta name="ArticleTitle" content="桐墟市人民政府办公室关于印发{TITLE}的通知"><meta name="PubDate" content="2023-07-18">
<style>.p{{text-indent:2em}}</style></head><body>
<header><nav><ul><li><a href="/">网站首页</a></li><li><a href="/xxgk">信息公开</a></li><li><a href="/fuwu">办事服务</a></li></ul></nav>
<form action="/s"><input placeholder="请输入关键字"><button>搜索</button></form></header>
<main><div class="meta"><ul><li>索引号：TX0020-2023-00077</li><li>主题分类：卫生、体育</li><li>发文机关：桐墟市人民政府办公室</li><li>成文日期：2023年7月12日</li><li>标　　题：桐墟市人民政府办公室关于印发{TITLE}的通知</li><li>发文字号：桐政办规〔2023〕8号</li><li>有 效 性：有效</li></ul></div>
<article><h1>桐墟市人民政府办公室关于印发{TITLE}的通知</h1>
{chr(10).join(out)}
</article>
<aside><h4>相关解读</h4><ul><li><a href="/jd/1">一图读懂：心理健康促进行动</a></li><li><a href="/jd/2">《{TITLE}》政策解读</a></li></ul></aside></main>
<footer><p>版权所有：桐墟市人民政府　技术支持：市数据局</p><p>地址：桐墟市行政中心　邮编：999999</p></footer></body></html>
"""
    return reg, page


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "html/03-key-list.html"
    reg, page = build()
    path.write_text(page, encoding="utf-8")
    reg.write(path)
