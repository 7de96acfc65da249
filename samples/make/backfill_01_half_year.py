#!/usr/bin/python3
"""backfill/01: the ledger that an office kept of backfill/01-plan.txt until July: a cover, heads on two rows, actions merged
downwards, days as dates under several formats, as words and as bare numbers, shares in percent format."""
import datetime
from pathlib import Path

from xlsxfile import Value, Xlsx

TITLE = "健康泓州行动2026年度工作台账（截至6月底）"
TOP = ["专项行动", "序号", "任务内容", "完成时限", "责任单位", "进展情况", "", "完成情况", "", "", "报送日期", "存在的困难和问题", "下一步打算", "佐证材料文号", "联系人"]
BELOW = ["", "", "", "", "", "一季度", "二季度", "比例", "状态", "完成日期", "", "", "", "", ""]


def day(text, code="yyyy-mm-dd"):
    return Value(datetime.date.fromisoformat(text), code)


def share(value):
    return Value(value, "0%")


ROWS = [
    ("健康知识普及行动", 1, "举办健康大讲堂", "全年", "市卫生健康委", "开讲6场，听众540人", "开讲11场，累计17场", share(0.43), "推进中", "", day("2026-06-11", "date"), "基层点位排期紧", "三季度进企业", "", "王老师"),
    ("", 2, "健康科普专家库的组建", "4月底前", "市卫健委", "完成遴选，入库62人", "名单已在官网公布", share(1), "已完成", day("2026-04-22", "cn-date"), "6月11日", "", "", "泓卫函〔2026〕18号", "王老师"),
    ("合理膳食行动", 3, "中小学食堂营养指导员配备", "全年", "市教育局", "", "培训86人，上岗71人", share(0.55), "滞后", "", "2026.6.23", "民办学校编制不足", "下半年补训一期", "", ""),
    ("", 4, "减盐减油示范餐厅推广", "12月", "市市场监管局", "下发标准", "验收示范餐厅14家", share(0.47), "推进中", "", 46186, "", "", "", ""),
    ("全民健身行动", 5, "新建社区健身步道20公里", day("2026-10-31", "cn-date"), "市体育局", "完成选址", "开工12公里", share(0.4), "推进中", "", "6.12", "雨季影响施工", "8月底前全部开工", "", ""),
    ("", 6, "学校体育场地开放", "全年", "市教育局", "开放52所", "开放67所", share(0.8), "推进中", "", "2026/6/23", "", "", "", ""),
    ("控烟行动", 7, "公共场所控制吸烟办法修订", "6月底前", "市卫生健康委", "形成征求意见稿", "已印发", share(1), "已完成", "", "6月11日", "", "", "泓政办发〔2026〕21号", ""),
    ("", 8, "无烟党政机关建设", "全年", "市机关事务管理局", "", "建成率91%", share(0.91), "推进中", "", "6月10日", "", "", "", ""),
    ("", 9, "开展世界无烟日主题骑行活动", "5月", "市体育局", "", "5月31日举办，1200人参加", share(1), "已完成", day("2026-05-31", "cn-day"), "6月10日", "", "", "", ""),
]


def build():
    book = Xlsx()
    cover = book.sheet("封面")
    cover.wide("泓州市健康行动推进委员会办公室", 4)
    cover.wide(TITLE, 4)
    sheet = book.sheet("台账")
    sheet.wide(TITLE, len(TOP))
    sheet.wide("填报单位：健康泓州行动推进委员会办公室        填报日期：2026年7月3日", len(TOP))
    top = sheet.add(*TOP)
    sheet.add(*BELOW)
    for col, (head, below) in enumerate(zip(TOP, BELOW)):
        if head and not below:
            sheet.merge(top, col, down=2)
    sheet.merge(top, 5, across=2)
    sheet.merge(top, 7, across=3)
    begun = None
    for i, row in enumerate(ROWS):
        at = sheet.add(*row)
        if row[0]:
            begun = at
        if (i + 1 == len(ROWS) or ROWS[i + 1][0]) and at > begun:
            sheet.merge(begun, 0, down=at - begun + 1)
    return book


if __name__ == "__main__":
    build().write(Path(__file__).resolve().parents[1] / "backfill/01-half-year.xlsx")
