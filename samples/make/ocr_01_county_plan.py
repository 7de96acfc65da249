#!/usr/bin/python3
"""ocr/01: a county's plan as a recogniser leaves it: worn characters, blanks in words, broken lines."""
import random
import re
from pathlib import Path

from encodings_town import wide
from register import Register

TITLE = "墨河县健康行动2022年工作要点"
DOCUMENT = {
    "title": TITLE, "doc_no": "墨政办发〔2022〕14号", "issuer": "墨河县人民政府办公室", "issued_on": "2022-04-06", "jurisdiction": "墨河县",
    "basis": [{"title": "健康云沂行动（2020—2030年）", "doc_no": "云健委〔2020〕2号"}, {"title": "健康墨河行动实施意见", "doc_no": "墨政发〔2020〕31号"}]}
# (number, name, printed heading, [(text, clause)]); characters that the recogniser mistook are written as they stand in the file.
ACTIONS = [
    (1, "健康知识普及行动", "(ー)健康知识普及行动", [
        ("建立健康科普专家宣讲团,吸纳县乡村三级医务人员,[[宣讲团成员不少于40人|健康科普专家宣讲团成员;>=;40;人]],送健康知识到田间地头。", "({县卫生健康局}、{县|科协}负责,<<c5|5月底前完成>>)"),
        ("县电视台、村广播站开设健康栏目,传播“三减三健”知识,提高群众自我保健能力。", "({县委宣传部}、{县融媒体中心}、{县卫生健康局}按职责分工负责,<<o|长期坚持>>)"),
        ("组织居民健康素养监测,[[全县居民健康素养水平达到23%以上|全县居民健康素养水平;>=;23;%]],岀具分析报告。", "({县卫生健康局}负责,<<c11|11月底前完成>>)")]),
    (2, "合理膳食行动", "(二)合理膳食行动", [
        ("推进食品安全示范创建,农村集体聚餐落实备案制度,[[备案率达到95%|农村集体聚餐备案率;>=;95;%]],严防食物中毒。", "({县市场监管局}、{各乡镇}负责,<<c12|12月底前完成>>)"),
        ("开展学生营养健康监测,[[选取6所学校作为监测点|选取学生营养健康监测点学校;>=;6;所]],提岀改善建议。", "({!县教育体育局}牵头,{+县卫生健康局}配合,<<c10|1O月底前完成>>)")]),
    (3, "全民健身行动", "(三)全民健身行动", [
        ("实施体育惠民工程,[[建设乡镇多功能健身广场7处|建设乡镇多功能健身广场;>=;7;处]],[[更新农民体育健身器材260件|更新农民体育健身器材;>=;260;件]]。", "({县教育体育局}、{县财政局}、{各乡镇}按职责分工负责,<<c9|9月底前完成>>)"),
        ("组建全民健身志愿月艮务队伍,深入机关、企业开展健身指导。", "({县教育体育局}、{县总工会}、{团县委}等按职责分工负责,<<s6|6月启动>>)")]),
    (4, "健康环境促进行动", "(四)健康环境促进行动", [
        ("推进农村生活污水治理,[[完成38个行政村治理任务|完成生活污水治理的行政村;>=;38;个]],消除较大面积黑臭水体。", "({市生态环境局墨河分局}、{县农业农村局}、{县|水利局}按职责分工负责,<<c12|12月底前完成>>)"),
        ("提升饮水安全保障水平,[[农村自来水普及率提高到94%|农村自来水普及率;>=;94;%]],开展水质巡检。", "({县水利局}、{县|卫生健康局}负责,<<c11|11月底前完成>>)"),
        ("广泛开展爱国卫生月活动,清理卫生死角,做好病媒生物防制。", "({县爱卫会各成员单位}负责,<<c4|4月底前完成>>)")]),
    (5, "妇幼健康促进行动", "(五)妇幼健康促进行动", [
        ("加强危重孕产妇转运救治,[[孕产妇死亡率控制在14/10万以下|孕产妇死亡率;<=;14;/10万]],[[婴儿死亡率控制在5‰以内|婴儿死亡率;<=;5;‰]]。", "({县卫生健康局}负责,<<c12|12月底前完成>>)"),
        ("为农村妇女免费开展“两癌”检查,[[完成检查7500人|农村妇女“两癌”免费检查;>=;7500;人]],建立阳性病例随访台账。", "({县卫生健康局}、{县|财政局}、{县|妇联}负责,<<c10|10月底前完成>>)")]),
    (6, "慢性病防治行动", "(六)慢性病防治行动", [
        ("依托县人民医院组建慢病管理中心,推行“三高”门诊一站式服务,方便群众就近就医。", "({县卫生健康局}、{县人民医院}负责,<<c6|6月底前完成>>)"),
        ("规范慢性病患者随访,[[高血压患者规范管理率和糖尿病患者规范管理率均达到65%以上|高血压患者规范管理率;>=;65;%|糖尿病患者规范管理率;>=;65;%]]。", "({县卫生健康局}、{县|医保局}按职责分工负责,<<c12|12月底前完成>>)")]),
    (7, "地方病防治行动", "(七)地方病防治行动", [
        ("落实碘缺乏病监测,[[采集盐样300份|采集碘盐监测盐样;>=;300;份]],对非碘盐冲击问题及时处置。", "({县卫生健康局}、{县|市场监管局}负责,<<c8-20|8月中旬前完成>>)"),
        ("做好布病、狂犬病等人畜共患病防控,[[家犬免疫密度达到85%以上|家犬免疫密度;>=;85;%]]。", "({!县农业农村局}牵头,{县公安局}、{县|卫生健康局}按职责分工负责,<<o|持续推进>>)")]),
]
BLANK = 0.07


def worn(text, rnd):
    """Blanks between characters, some figures full-width, some commas printed wide again."""
    text = re.sub(r"(?<=[一-龥])(?=[一-龥])", lambda m: " " if rnd.random() < BLANK else "", text)
    if rnd.random() < 0.12:
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return text if rnd.random() < 0.6 else text.replace(",", "，")


def broken(text, rnd):
    """Lines as long as the scan's, some of them cut short."""
    lines, width = [""], 29
    for piece in re.findall(r"[0-9０-９A-Za-z.%]+|.", text):
        if wide(lines[-1]) + wide(piece) > width and piece not in ",，。、；：)》”":
            lines.append("")
            width = 29 - rnd.choice((0, 0, 0, 1, 2, 9))
        lines[-1] += piece
    return lines


def build(seed=7):
    rnd, reg = random.Random(seed), Register(2022, DOCUMENT)
    paras = ["          墨河县人民政府办公室文件", "            墨政办发[2022}14号", "",
             f"      墨河县人民政府办公室\n  关于印发《{TITLE}》的通知", "各乡镇人民政府,县政府各部门:",
             "  为深入落实《健康云沂行动(2020—2030年)》(云健委[2020]2号)和《健康墨河行动实施意见》(墨政发[2020]31号),"
             f"现将《{TITLE}》印发给你们,请结合实际贯彻执行。", "                    墨河县人民政府办公室", "                      2022年4月6日", "",
             f"      {TITLE}", "  一、重点工作"]
    for no, name, heading, tasks in ACTIONS:
        reg.action(no, name)
        paras.append("  " + worn(heading, rnd))
        for at, task in enumerate(tasks, 1):
            paras.append(f"  {at}{rnd.choice('..．、')}" + worn("".join(reg.task(str(at), *task)), rnd))
    paras += ["  二、工作要求", "  各乡镇、各部门要把健康行动列入议事曰程,加强协作,形成工作合力,确保各项要求落到实处。"]
    lines = [line for p in paras for part in p.split("\n") for line in broken(part, rnd)]
    out = []
    for at in range(0, len(lines), 25):
        page = at // 25 + 1
        out += lines[at:at + 25] + ["", f"— {page} —" if page % 2 else f"一 {page} 一", ""]
    return reg, "\n".join(out) + "\n"


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[1] / "ocr/01-county-plan.txt"
    path.parent.mkdir(exist_ok=True)
    register, text = build()
    path.write_text(text, encoding="utf-8")
    register.write(path)
