#!/usr/bin/python3
"""html/01: a page saved from a district's site, declared as gb2312, its article among everything else."""
from html import escape
from pathlib import Path

from register import Register

TITLE = "云湖区2025年健康促进行动工作计划"
DOCUMENT = {
    "title": TITLE, "doc_no": "云湖政办发〔2025〕6号", "issuer": "云湖区人民政府办公室", "issued_on": "2025-03-04", "jurisdiction": "云湖区",
    "basis": [{"title": "健康云湖行动（2021—2030年）", "doc_no": "云湖政发〔2021〕11号"},
              {"title": "2025年健康云沂建设重点任务清单", "doc_no": None}]}
ACTIONS = [
    (1, "健康知识普及行动", "（一）深入开展健康知识普及行动。", [
        ("1.打造“健康云湖”直播间。邀请医院专家定期在线答疑，[[全年直播不少于36期|“健康云湖”直播;>=;36;期]]，回放内容分类归档供居民查询。",
         "（{!区卫生健康局}牵头，{+区融媒体中心}配合，<<c12|12月底前完成>>）"),
        ("2.推进健康教育进校园、进工地、进楼宇。为新就业群体、外来务工人员定制宣传内容，[[覆盖规模以上工地45个|健康教育覆盖规模以上工地;>=;45;个]]。",
         "（{区卫生健康局}、{区|教育体育局}、{区|住房城乡建设局}、{区总工会}按职责分工负责，<<c10|10月底前完成>>）")]),
    (2, "合理膳食行动", "（二）扎实推进合理膳食行动。", [
        ("1.引导外卖平台标注营养信息。选择连锁餐饮企业先行试点，在点餐页面提示油盐糖用量，营造健康消费氛围。",
         "（{区市场监管局}、{区|商务局}、{区|卫生健康局}按职责分工负责，<<s6|6月启动>>）"),
        ("2.建设社区营养健康小屋。配备体成分分析仪和食物模型，[[每个街道至少建成1个营养健康小屋|每个街道建成营养健康小屋;>=;1;个]]。",
         "（{区卫生健康局}、{各街道办事处}负责，<<c9|9月底前完成>>）")]),
    (3, "全民健身行动", "（三）广泛开展全民健身行动。", [
        ("1.完善环湖健身设施。沿云湖西岸增设驿站、照明和急救点，[[新建智慧健身驿站6座|新建智慧健身驿站;>=;6;座]]，[[人均体育场地面积达到2.9平方米|人均体育场地面积;>=;2.9;平方米]]。",
         "（{!区教育体育局}牵头，{区|城市管理局}、{区|财政局}、{区云湖景区管理服务中心}按职责分工负责，<<c11|11月底前完成>>）"),
        ("2.丰富群众赛事。举办环湖健步走、龙舟邀请赛和楼宇运动会，[[直接参与人数超过8000人|群众赛事直接参与人数;>;8000;人]]。",
         "（{区教育体育局}、{区总工会}、{团区委}等按职责分工负责，<<f|全年>>）")]),
    (4, "心理健康促进行动", "（四）持续实施心理健康促进行动。", [
        ("1.健全社区心理服务网络。整合社工、志愿者力量，[[街道心理服务站规范化率达到100%|街道心理服务站规范化率;=;100;%]]，每个站点公示值班安排。",
         "（{区委政法委}、{区|卫生健康局}、{区|民政局}按职责分工负责，<<c12|年底前完成>>）"),
        ("2.开展职业人群减压服务。面向公安民警、医务人员、网约车司机等群体提供团体辅导。",
         "（{区总工会}、{区|公安分局}、{区|交通运输局}负责，<<o|持续推进>>）")]),
    (5, "健康环境促进行动", "（五）全面推进健康环境促进行动。", [
        ("1.提升小区环境品质。①整治飞线充电和杂物堆放；②改造二次供水设施，[[改造二次供水泵房52座|改造二次供水泵房;>=;52;座]]；③规范设置垃圾分类投放点。",
         "（{区住房城乡建设局}、{区|城市管理局}、{区|水务局}、{区消防救援大队}按职责分工负责，<<c10|10月底前完成>>）"),
        ("2.创建卫生健康街区。对照省级标准补齐短板，力争[[创成省级卫生街道2个|创成省级卫生街道;>=;2;个;;exp]]。",
         "（{区爱卫办}、{各街道办事处}负责，<<c11|11月底前完成>>）")]),
    (6, "重大疾病防治行动", "（六）系统推进重大疾病防治行动。", [
        ("1.深化慢性病医防融合。推行“医院专科医生＋社区全科医生”团队签约，[[高血压患者基层规范管理服务率达到75%以上|高血压患者基层规范管理服务率;>=;75;%]]。",
         "（{区卫生健康局}、{区|医保分局}负责，<<c12|12月底前完成>>）"),
        ("2.完善传染病应急处置。制定多部门联动预案，[[全年开展应急演练不少于2次|传染病应急演练;>=;2;次]]，储备充足的防护物资。",
         "（{区疾控局}、{区|教育体育局}、{区|市场监管局}、{云沂火车站}按职责分工负责，<<c6|上半年完成>>）")]),
]
HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{title}_政府文件_云湖区人民政府</title>
<meta name="keywords" content="云湖区,政府文件,健康" />
<style type="text/css">.nav li{{float:left}} .zw p{{text-indent:2em}} .tip{{display:none}}</style>
<script type="text/javascript">var site="云湖区人民政府";document.write("<div>访问统计<\\/div>");</script>
</head><body>
<div class="top"><a href="#">无障碍阅读</a> | <a href="#">长者模式</a> | <a href="#">登录</a> <form><input type="text" value="请输入关键字" /><input type="button" value="搜索" /></form></div>
<div class="nav"><ul><li><a href="#">网站首页</a></li><li><a href="#">政务公开</a></li><li><a href="#">政务服务</a></li><li><a href="#">互动交流</a></li><li><a href="#">走进云湖</a></li></ul></div>
<div class="crumb">您当前的位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">政府文件</a> &gt; 正文</div>
<div class="left"><h3>栏目导航</h3><ul><li><a href="#">政府领导</a></li><li><a href="#">机构职能</a></li><li><a href="#">规划计划</a></li><li><a href="#">财政资金</a></li></ul>
<h3>热点文件</h3><ul><li><a href="#">云湖区2025年政府工作报告任务分解方案</a></li><li><a href="#">云湖区控烟行动2024年工作计划</a></li></ul></div>
"""
META = """<table class="xxgk" border="1"><tr><td>索 引 号</td><td>YHQ01-2025-00037</td><td>主题分类</td><td>卫生、体育</td></tr>
<tr><td>发文机关</td><td>云湖区人民政府办公室</td><td>成文日期</td><td>2025-03-04</td></tr>
<tr><td>文　　号</td><td>云湖政办发〔2025〕6号</td><td>发布日期</td><td>2025-03-10</td></tr></table>
"""
FOOT = """<p>（联系人：李堃；此件公开发布）</p>
</div><div class="tip">正在加载，请稍候……</div>
<div class="act"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">空间</a></div>
<div class="rel"><h4>相关解读</h4><ul><li><a href="#">一图读懂《{title}》</a></li><li><a href="#">区卫生健康局负责人答记者问</a></li></ul>
<p>上一篇：<a href="#">云湖区2025年重点民生实事责任清单</a></p><p>下一篇：<a href="#">云湖区关于调整养犬管理区域的通告</a></p></div></div>
<div class="foot"><p>主办：云湖区人民政府办公室　承办：云湖区数据服务中心</p><p>网站标识码：3700000099　备案号：松ICP备00000001号</p><p>建议使用1366×768分辨率浏览</p></div>
<script>/* 统计 */ (function(){{var s="负责，12月底前完成";}})();</script>
</body></html>
"""


def spans(text, step):
    """TEXT as a web editor leaves it: pieces in spans that cut words, entities for quotes."""
    out = []
    for at in range(0, len(text), step):
        piece = escape(text[at:at + step]).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("—", "&mdash;")
        font = ("仿宋_GB2312", "宋体")[at // step % 2]
        out.append(f'<span style="font-family:{font};font-size:16pt">{piece}</span>')
    return "".join(out)


def build():
    reg = Register(2025, DOCUMENT)
    body = [f'<div class="con"><h1>云湖区人民政府办公室<br/>关于印发{TITLE}的通知</h1>',
            '<div class="info">来源：云湖区人民政府办公室　浏览次数：<span id="hits">1024</span> 次　字号：[ <a>大</a> <a>中</a> <a>小</a> ]</div>', META,
            '<div class="zw" id="zoom"><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->',
            f"<p>{spans('各街道办事处，区政府各部门、各直属单位：', 9)}</p>",
            "<p>" + spans("为贯彻落实《健康云湖行动（2021—2030年）》（云湖政发〔2021〕11号）和《2025年健康云沂建设重点任务清单》，"
                          f"现将《{TITLE}》印发给你们，请结合实际认真实施。", 13) + "</p>",
            '<p style="text-align:right">云湖区人民政府办公室</p><p style="text-align:right">2025年3月4日&nbsp;&nbsp;&nbsp;&nbsp;</p>',
            f'<p align="center"><strong>{spans(TITLE, 5)}</strong></p>',
            "<p>&emsp;&emsp;<b>一、工作目标</b></p>"]
    goal = reg.say("坚持政府主导、社会协同、个人参与，[[到2025年底，全区居民健康素养水平达到34%|全区居民健康素养水平;>=;34;%;2025]]，健康服务更加可及。")
    body += [f"<p>&emsp;&emsp;{spans(goal, 11)}</p>", "<p>&emsp;&emsp;<b>二、重点任务</b></p>"]
    for no, name, heading, tasks in ACTIONS:
        reg.action(no, name)
        lines = [f"<strong>{spans(heading, 6)}</strong>"]
        for at, (text, clause) in enumerate(tasks, 1):
            printed, said = reg.task(str(at), text.split(".", 1)[1], clause)
            lines.append(spans(f"{at}.{printed}", 7 + at * no) + f'<span style="font-family:楷体">{said}</span>')
        body.append("<p>　　" + "<br />\n　　".join(lines) + "</p>")
    body.append("<p>&emsp;&emsp;<b>三、工作要求</b></p>")
    body.append(f"<p>&emsp;&emsp;{spans('各责任单位要细化措施、倒排工期，区政府督查室将适时开展督查，对推进不力的予以通报。', 10)}</p>")
    return reg, HEAD.format(title=TITLE) + "\n".join(body) + "\n" + FOOT.format(title=TITLE)


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "html/01-site-page.html"
    path.parent.mkdir(exist_ok=True)
    register, page = build()
    path.write_bytes(page.encode("gbk"))
    register.write(path)
