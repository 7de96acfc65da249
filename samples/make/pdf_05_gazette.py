#!/usr/bin/python3
"""pdf/05-gazette: a gazette as a browser prints it: a notice in one column above two, running head, page numbers
(needs chromium and fonts-noto-cjk)."""
from html import escape
from pathlib import Path

from register import Register
from chromium import to_pdf

TITLE = "梧塘县2024年重大疾病防治行动工作安排"
DOCUMENT = {"title": TITLE, "doc_no": "梧健办发〔2024〕2号", "issuer": "健康梧塘行动推进办公室", "issued_on": "2024-03-08", "jurisdiction": "梧塘县",
            "basis": [{"title": "健康中国行动—癌症防治行动实施方案（2023—2030年）", "doc_no": "国卫医急发〔2023〕30号"}]}


def build():
    reg = Register(2024, DOCUMENT)
    out = []
    para = lambda t: out.append(f"<p>{escape(t)}</p>")
    def task(no, text, clause):
        t, c = reg.task(no, text, clause)
        para(f"{no}.{t}（{c}）")
    para("为落实《健康中国行动—癌症防治行动实施方案（2023—2030年）》（国卫医急发〔2023〕30号），做好全县重大疾病防治工作，现就2024年工作安排如下。")
    reg.action(1, "癌症防治行动")
    out.append("<h3>一、癌症防治行动</h3>")
    task("1", "扩大筛查覆盖。对40岁以上高风险人群开展上消化道癌、肺癌筛查，[[完成筛查4200人|癌症高风险人群筛查;>=;4200;人]]，[[早诊率达到60%以上|癌症早诊率;>=;60;%]]。", "{!县卫健局}牵头，{+县财政局}、{+县医保局}配合，<<c11|11月底前完成>>")
    task("2", "完善肿瘤登记。县医院设置登记专岗，病例报告[[及时率不低于95%|肿瘤病例报告及时率;>=;95;%]]。", "{县疾控中心}、{县人民医院}负责，<<c10|10月底前完成>>")
    task("3", "加强防癌宣传。以全国肿瘤防治宣传周为契机，开展健康讲座[[24场|防癌健康讲座;>=;24;场]]。", "{!县卫健局}牵头，{+县科协}、{+县红十字会}配合，<<c4-21|4月21日前完成>>")
    reg.action(2, "心脑血管疾病防治行动")
    out.append("<h3>二、心脑血管疾病防治行动</h3>")
    task("1", "推进胸痛、卒中中心建设。县人民医院通过省级卒中中心评审，[[急性心梗患者入院到球囊扩张时间缩短到80分钟以内|急性心梗患者入院到球囊扩张时间;<=;80;分钟]]。", "{!县卫健局}牵头，{+县人民医院}配合，<<c12|12月底前完成>>")
    task("2", "普及应急救护。在车站、广场等场所配备自动体外除颤器[[32台|公共场所配备自动体外除颤器;>=;32;台]]，[[培训救护员900名|培训救护员;>=;900;名]]。", "{!县红十字会}牵头，{+县交通运输局}、{+县城管局}、{+县教育局}配合，<<c9|9月底前完成>>")
    task("3", "规范高血压管理。[[基层高血压患者规范管理率达到70%|基层高血压患者规范管理率;>=;70;%]]，推行“三高共管”。", "{县卫健局}负责，<<o|长期坚持>>")
    reg.action(3, "慢性呼吸系统疾病防治行动")
    out.append("<h3>三、慢性呼吸系统疾病防治行动</h3>")
    task("1", "配置肺功能检查仪。[[乡镇卫生院肺功能检查仪配备率达到100%|乡镇卫生院肺功能检查仪配备率;=;100;%]]，培训操作人员。", "{!县卫健局}牵头，{+县财政局}配合，<<c6|6月底前完成>>")
    task("2", "开展慢阻肺高危人群筛查。[[40岁以上居民首诊测量肺功能率达到30%|40岁以上居民首诊测量肺功能率;>=;30;%]]。", "{县卫健局}、{各乡镇卫生院}负责，<<c11|11月底前完成>>")
    reg.action(4, "糖尿病防治行动")
    out.append("<h3>四、糖尿病防治行动</h3>")
    task("1", "做好并发症筛查。为在管糖尿病患者免费开展眼底、足部检查，[[筛查率不低于50%|糖尿病并发症筛查率;>=;50;%]]。", "{!县卫健局}牵头，{+县人民医院}、{+县中医院}配合，<<c10-31|10月31日前完成>>")
    task("2", "倡导健康体重。在机关、学校、企业发放控油壶、限盐勺[[5000套|发放控油壶、限盐勺;>=;5000;套]]。", "{!县爱卫办}牵头，{+县总工会}、{+县妇联}配合，<<c5|5月底前完成>>")
    out.append("<h3>五、工作要求</h3>")
    para("各单位要强化责任意识，密切协作配合，确保各项任务按期完成。")
    html = f"""<meta charset=utf-8><style>@page{{size:A4;margin:26mm 18mm 24mm;@top-right{{content:"梧塘县政务公报　2024年第3期";font-size:12px}}@bottom-center{{content:"— " counter(page) " —"}}}}body{{font:17px/1.8 'Noto Serif CJK SC'}}
.c{{text-align:center}}.r{{text-align:right}}
h1{{font-size:24px;text-align:center}}h3{{font-size:16px;margin:.4em 0}}p{{text-indent:2em;margin:0}}.cols{{column-count:2;column-gap:10mm}}</style>
<div class=c>健康梧塘行动推进办公室文件</div><div class=c>梧健办发〔2024〕2号</div>
<h1>关于印发《{TITLE}》的通知</h1><div>各乡镇人民政府，县直有关单位：</div><p>现将《{TITLE}》印发给你们，请认真贯彻执行。</p>
<div class=r>健康梧塘行动推进办公室</div><div class=r>2024年3月8日</div>
<h1>{TITLE}</h1><div class=cols>{"".join(out)}</div>"""
    return reg, html


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "pdf/05-gazette.pdf"
    reg, html = build()
    to_pdf(html, path)
    reg.write(path)
