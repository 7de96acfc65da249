#!/usr/bin/python3
"""Change one thing in a plan and see that one thing changes in its register.

usage: mutate_plan.py --out DIR [--seed N] [--count K]
       mutate_plan.py --check XINGJIAN [--seed N] [--count K]

A small plan is made up from a seed, printed in one of five layouts, and mutated: a unit more,
another month, another figure, another operator.  Both models give the register that a reader would
write down, and their difference is all that may differ between the two compiled registers, apart
from the text and the places in it.

--out writes base-LAYOUT.txt, mut-NN.txt and mut-NN.json (the base's name and the changes, each a
path such as /tasks/2/3/deadline/date or /targets/2/3/0/value with its old and new value).  --check
compiles each pair with `XINGJIAN plan compile FILE --json`, prints what differs from the expected
changes, and ends with "mutations: N passed, N failed"; its status is 1 if any failed.
"""
import argparse
import calendar
import copy
import json
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

YEAR = 2024
OPERATORS = {"不低于": ">=", "不超过": "<=", "低于": "<", "超过": ">"}
COUNTS = {"不少于": ">=", "不超过": "<="}
MONTHS = range(5, 13)
UNITS = ["市卫生健康委", "市教育局", "市体育局", "市民政局", "市财政局", "市公安局", "市农业农村局",
         "市市场监管局", "市生态环境局", "市医保局", "市应急管理局", "市住房城乡建设局", "市水利局"]
ACTIONS = ["健康知识普及行动", "合理膳食行动", "全民健身行动", "控烟行动", "心理健康促进行动", "健康环境促进行动",
           "妇幼健康促进行动", "老年健康促进行动"]
NUMERALS = "一二三四五六七八"
# title, what is done, what is measured, unit of measure, a likely figure
ITEMS = [
    ("建好健康讲堂", "面向社区和园区安排课程", "全市居民健康素养水平", "%", 29),
    ("开展营养指导", "走访学校食堂和养老机构", "营养指导员持证上岗率", "%", 75),
    ("更新健身器材", "摸清使用年限和损坏情况", "更换健身器材", "套", 140),
    ("巩固无烟环境", "组织明察和群众评议", "无烟学校复核合格率", "%", 96),
    ("办好心理热线", "完善接听、转介和回访流程", "心理热线接通率", "%", 92),
    ("加强水质监测", "优化点位并公开结果", "检测饮用水水样", "份", 360),
    ("提升产科质量", "抽查病历和急救演练", "产后访视率", "%", 94),
    ("完善养老服务", "推动医疗机构与养老机构结对", "新增护理型床位", "张", 220),
    ("规范慢病随访", "统一随访表单和用药提醒", "高血压患者规范管理率", "%", 66),
    ("做好疫苗接种", "清点漏种儿童并预约补种", "儿童疫苗及时接种率", "%", 95),
    ("培训急救骨干", "在车站、景区和学校开班", "培训持证救护员", "名", 900),
    ("关爱困难职工", "核对名册并上门了解需求", "慰问困难职工", "人", 480),
]


@dataclass
class Target:
    indicator: str
    word: str
    value: float
    unit: str
    year: int = None

    def words(self):
        return OPERATORS if self.unit == "%" else COUNTS

    def printed(self):
        year = f"到{self.year}年，" if self.year else ""
        return f"{year}{self.indicator}{self.word}{self.value:g}{self.unit}"

    def register(self, action, task):
        return {"action": action, "task": task, "indicator": self.indicator,
                "op": self.words()[self.word], "value": self.value, "unit": self.unit,
                "year": self.year or YEAR, "year_inferred": self.year is None}


@dataclass
class Task:
    title: str
    work: str
    targets: list
    units: list                 # (name, role)
    kind: str = "complete_by"
    month: int = 12
    year: int = None            # printed only where it is not the plan's
    open_ended: bool = False

    def body(self):
        return f"{self.title}。{self.work}，" + "，".join(t.printed() for t in self.targets) + "。"

    def due(self):
        if self.kind == "ongoing":
            return "持续推进"
        year = f"{self.year}年" if self.year else ""
        return f"{year}{self.month}月底前{'启动' if self.kind == 'start_by' else '完成'}"

    def of_role(self, role):
        return [name for name, r in self.units if r == role]

    def date(self):
        year = self.year or YEAR
        return f"{year}-{self.month:02d}-{calendar.monthrange(year, self.month)[1]:02d}"

    def register(self, action, no):
        ongoing = self.kind == "ongoing"
        several = len(self.units) > 1 and not self.of_role("lead")
        return {"action": action, "no": str(no), "open_ended": self.open_ended,
                "units": [{"name": n, "role": r, "inherited": False} for n, r in self.units],
                "lead_proposed": self.units[0][0] if several else None,
                "deadline": {"kind": self.kind, "date": None if ongoing else self.date(),
                             "dates": None, "inferred": False}}


@dataclass
class Plan:
    layout: str
    number: int
    day: int
    actions: list               # (name, lead, tasks)
    leads: list = field(default_factory=list)

    def register(self):
        inherits = self.layout == "annex"
        document = {"doc_no": f"云健委〔{YEAR}〕{self.number}号",
                    "issued_on": f"{YEAR}-03-{self.day:02d}"}
        out = {"document": document, "actions": [], "tasks": [], "targets": []}
        for no, (name, tasks) in enumerate(self.actions, 1):
            lead = [self.leads[no - 1]] if inherits else []
            out["actions"].append({"no": no, "name": name, "lead_units": lead})
            for i, task in enumerate(tasks, 1):
                entry = task.register(no, i)
                if inherits:
                    entry["units"] = [{"name": lead[0], "role": "lead", "inherited": True}]
                    entry["lead_proposed"] = None
                    entry["deadline"] = {"kind": "complete_by", "date": f"{YEAR}-12-31",
                                         "dates": None, "inferred": True}
                if self.layout == "table":
                    entry["lead_proposed"] = None
                out["tasks"].append(entry)
                out["targets"] += [t.register(no, str(i)) for t in task.targets]
        return out


# --- printing -----------------------------------------------------------------------------------

def shared_prefix(names):
    """市教育局、市体育局 as 市教育局、体育局: how a bracketed clause shortens a list."""
    return "、".join([names[0]] + [n[1:] for n in names[1:]])


def assignment(task, join):
    """The units of a clause in words, with their roles."""
    lead, others = task.of_role("lead"), [n for n, r in task.units if r != "lead"]
    etc = "等" if task.open_ended else ""
    if not lead:
        return f"{join(others)}{etc}按职责分工负责"
    helping = "配合" if task.of_role("cooperate") else "按职责分工负责"
    return f"{join(lead)}牵头，{join(others)}{etc}{helping}"


def print_clause(no, task):
    return [f"{no}.{task.body()}（{assignment(task, shared_prefix)}，{task.due()}）"]


def print_tail(no, task):
    return [f"{no}.{task.body()}责任单位：{assignment(task, '、'.join)}。完成时限：{task.due()}。"]


def print_lines(no, task):
    lines = [f"{no}.{task.body()}"]
    for role, label in (("lead", "牵头单位"), ("responsible", "责任单位"), ("cooperate", "配合单位")):
        names = task.of_role(role)
        if names:
            etc = "等" if task.open_ended and names[-1] == task.units[-1][0] else ""
            lines.append(f"{label}：{'、'.join(names)}{etc}")
    return lines + [f"完成时限：{task.due()}"]


def print_annex(no, task):
    return [f"{no}.{task.body()}"]


PRINTERS = {"clause": print_clause, "tail": print_tail, "lines": print_lines, "annex": print_annex}
LAYOUTS = ["clause", "lines", "table", "tail", "annex"]


def table_rows(plan):
    yield "序号\t工作任务\t具体措施\t牵头单位\t责任单位\t完成时限"
    number = 0
    for no, (name, tasks) in enumerate(plan.actions):
        yield f"{NUMERALS[no]}、{name}"
        for task in tasks:
            number += 1
            etc = "等" if task.open_ended else ""
            measure = task.body().split("。", 1)[1]
            others = [n for n, r in task.units if r != "lead"]
            yield "\t".join([str(number), task.title, measure, "、".join(task.of_role("lead")),
                             "、".join(others) + etc, task.due()])


def wrapped(paragraphs, width=28, page=24):
    """Lines of WIDTH characters with a page number after each PAGE lines, as out of a PDF."""
    lines = []
    for text in paragraphs:
        # No digit is parted from its neighbours, and no mark opens a line.
        line = ""
        for piece in re.findall(r"[\d.]+%?|.", "　　" + text):
            if len(line) + len(piece) > width and piece not in "，。、；：）》〕":
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    for at in range(0, len(lines), page):
        yield from lines[at:at + page]
        yield f"\n— {at // page + 1} —\n"


def printed(plan):
    title = f"健康云沂行动{YEAR}年工作方案"
    paragraphs = [f"为贯彻落实《健康云沂行动实施意见》（云政发〔2020〕14号），制定{title}。"]
    if plan.layout != "table":
        for no, (name, tasks) in enumerate(plan.actions):
            paragraphs.append(f"（{NUMERALS[no]}）{name}")
            for i, task in enumerate(tasks, 1):
                paragraphs += PRINTERS[plan.layout](i, task)
    if plan.layout == "annex":
        paragraphs += ["附件", "各专项行动牵头单位"]
        paragraphs += [f"{name}由{lead}牵头；" for (name, _), lead in zip(plan.actions, plan.leads)]
    head = ["健康云沂行动推进委员会文件", "", f"云健委〔{YEAR}〕{plan.number}号", "",
            f"关于印发{title}的通知", "", "各县（区）人民政府，市直各部门：",
            f"现将《{title}》印发给你们，请认真组织实施。", "", "健康云沂行动推进委员会",
            f"{YEAR}年3月{plan.day}日", "", title, ""]
    body = list(wrapped(paragraphs)) if plan.layout in ("clause", "annex") else paragraphs
    rows = [""] + list(table_rows(plan)) if plan.layout == "table" else []
    return "\n".join(head + body + rows) + "\n"


# --- making and mutating ------------------------------------------------------------------------

def make_task(rng, layout, item):
    title, work, indicator, unit, value = item
    year = rng.choice([None, YEAR, YEAR + 1]) if unit == "%" else None
    target = Target(indicator, "不超过", value + rng.randrange(4), unit, year)
    target.word = rng.choice(sorted(target.words()))
    names = rng.sample(UNITS, rng.randint(2, 4))
    if layout == "table":
        roles = ["lead"] + ["responsible"] * 3
    else:
        roles = rng.choice([["responsible"] * 4, ["lead"] + ["responsible"] * 3,
                            ["lead"] + ["cooperate"] * 3])
    task = Task(title, work, [target], list(zip(names, roles)), month=rng.choice(MONTHS))
    if rng.random() < 0.2:
        task.kind = "start_by"
    elif rng.random() < 0.2:
        task.year = YEAR + 1
    return task


def make_plan(seed, layout):
    rng = random.Random(f"{seed} {layout}")
    items, names = rng.sample(ITEMS, 9), sorted(rng.sample(ACTIONS, 3), key=ACTIONS.index)
    actions = [(name, [make_task(rng, layout, items.pop()) for _ in range(3)]) for name in names]
    return Plan(layout, rng.randint(2, 40), rng.randint(4, 28), actions, rng.sample(UNITS, 3))


def other(rng, choices, now):
    return rng.choice([c for c in choices if c != now])


def new_unit(rng, task):
    return rng.choice([u for u in UNITS if u not in dict(task.units)])


def more_units(rng, task):
    role = task.units[-1][1]
    task.units.append((new_unit(rng, task), role))


def another_unit(rng, task):
    task.units[-1] = (new_unit(rng, task), task.units[-1][1])


def another_role(rng, task):
    """What helps becomes responsible, and the other way round; without a lead the first gets it."""
    if not task.of_role("lead"):
        task.units[0] = (task.units[0][0], "lead")
        return
    role = "responsible" if task.of_role("cooperate") else "cooperate"
    task.units = [(n, r if r == "lead" else role) for n, r in task.units]


def open_list(rng, task):
    task.open_ended = not task.open_ended


def another_month(rng, task):
    task.month = other(rng, MONTHS, task.month)


def another_year(rng, task):
    task.year = None if task.year else YEAR + 1


def another_kind(rng, task):
    task.kind = other(rng, ["complete_by", "start_by", "ongoing"], task.kind)


def another_figure(rng, task):
    target = task.targets[0]
    target.value += rng.choice([-3, -1, -0.5]) if target.unit == "%" else rng.choice([-20, 7, 100])


def another_operator(rng, task):
    target = task.targets[0]
    target.word = other(rng, sorted(target.words()), target.word)


def another_target_year(rng, task):
    task.targets[0].year = other(rng, [YEAR, YEAR + 1, YEAR + 2], task.targets[0].year)


TARGET_MUTATIONS = [another_figure, another_operator, another_target_year]
TASK_MUTATIONS = TARGET_MUTATIONS + [more_units, another_unit, another_role, open_list,
                                     another_month, another_year, another_kind]


def another_number(rng, plan):
    plan.number = other(rng, range(2, 41), plan.number)


def another_day(rng, plan):
    plan.day = other(rng, range(4, 29), plan.day)


def another_lead(rng, plan):
    at = rng.randrange(len(plan.leads))
    plan.leads[at] = other(rng, UNITS, plan.leads[at])


def mutate(rng, base):
    """A copy of BASE with one thing changed, and what was done to it."""
    plan = copy.deepcopy(base)
    choices = {"annex": TARGET_MUTATIONS + [another_lead],
               "table": [m for m in TASK_MUTATIONS if m is not another_role]}
    mutation = rng.choice(choices.get(plan.layout, TASK_MUTATIONS) + [another_number, another_day])
    if mutation in (another_number, another_day, another_lead):
        mutation(rng, plan)
    else:
        task = rng.choice(rng.choice(plan.actions)[1])
        mutation(rng, task)
    return mutation.__name__, plan


# --- comparing ----------------------------------------------------------------------------------

DOCUMENT = ("title", "doc_no", "issuer", "issued_on", "jurisdiction", "basis")
ACTION = ("name", "lead_units", "implementers")
TASK = ("open_ended", "lead_explicit", "lead_proposed", "strength", "cadence", "returns_due")
DEADLINE = ("kind", "date", "dates", "inferred")
TARGET = ("indicator", "op", "value", "max", "unit", "year", "year_inferred", "strength", "advisory")
OBLIGATION = ("kind", "who", "frequency", "due", "report_to")


def flatten(register):
    """{path: value} of all that a register says, without the text and the places in it.

    A task is called by its place in its action, a target by its place in its task.
    """
    out, places, counted = {}, {}, {}

    def put(path, entry, keys):
        for key in keys:
            value = (entry or {}).get(key)
            out[f"{path}/{key}"] = value if value not in ([], False) else None

    def next_of(*key):
        counted[key] = counted.get(key, -1) + 1
        return counted[key]

    put("/document", register.get("document"), DOCUMENT)
    for action in register.get("actions", []):
        put(f"/actions/{action['no']}", action, ACTION)
    for task in register.get("tasks", []):
        place = next_of("task", task["action"]) + 1
        places.setdefault((task["action"], task["no"]), place)
        path = f"/tasks/{task['action']}/{place}"
        put(path, task, TASK)
        put(path + "/deadline", task.get("deadline"), DEADLINE)
        out[path + "/units"] = [[u["name"], u["role"], bool(u.get("inherited"))]
                                for u in task.get("units", [])]
        out[path + "/deliverables"] = [d.get("kind") for d in task.get("deliverables") or []]
    for target in register.get("targets", []):
        task = places.get((target["action"], target["task"]), "-")
        at = next_of("target", target["action"], task)
        put(f"/targets/{target['action']}/{task}/{at}", target, TARGET)
    for at, duty in enumerate(register.get("obligations") or []):
        put(f"/obligations/{at}", duty, OBLIGATION)
    out["/warnings"] = sorted(w.get("code") or "" for w in register.get("warnings") or [])
    return out


def changes(before, after):
    """The paths whose values differ between two registers, with both values."""
    old, new = flatten(before), flatten(after)
    return [{"path": path, "old": old.get(path), "new": new.get(path)}
            for path in sorted(old.keys() | new.keys()) if old.get(path) != new.get(path)]


def mutants(seed, count):
    """COUNT mutations in turn over the layouts: what was done, the base, the mutant."""
    rng = random.Random(seed)
    bases = {layout: make_plan(seed, layout) for layout in LAYOUTS}
    for index in range(count):
        base = bases[LAYOUTS[index % len(LAYOUTS)]]
        what, mutant = mutate(rng, base)
        yield what, base, mutant


def write(folder, seed, count):
    folder.mkdir(parents=True, exist_ok=True)
    for index, (what, base, mutant) in enumerate(mutants(seed, count)):
        name, base_name = f"mut-{index:02d}", f"base-{base.layout}.txt"
        (folder / base_name).write_text(printed(base), encoding="utf-8")
        (folder / f"{name}.txt").write_text(printed(mutant), encoding="utf-8")
        expected = {"base": base_name, "what": what,
                    "changes": changes(base.register(), mutant.register())}
        words = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(words, encoding="utf-8")


def compiled(binary, path):
    """The register that BINARY makes of the plan at PATH; RuntimeError where it makes none."""
    run = subprocess.run([binary, "plan", "compile", str(path), "--json"], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if run.returncode != 0:
        raise RuntimeError(f"{path.name}: status {run.returncode}: {run.stderr.strip()[-300:]}")
    return json.loads(run.stdout)


def difference(expected, made):
    """What the changes MADE have too few or too many, a line each."""
    for word, some, others in (("missing", expected, made), ("extra", made, expected)):
        for change in some:
            if change not in others:
                values = json.dumps([change["old"], change["new"]], ensure_ascii=False)
                yield f"{word} {change['path']}: {values}"


def check(binary, seed, count):
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder, registers = Path(name), {}
        write(folder, seed, count)
        for path in sorted(folder.glob("mut-*.json")):
            pair = json.loads(path.read_text(encoding="utf-8"))
            try:
                if pair["base"] not in registers:
                    registers[pair["base"]] = compiled(binary, folder / pair["base"])
                made = changes(registers[pair["base"]], compiled(binary, path.with_suffix(".txt")))
                wrong = list(difference(pair["changes"], made))
            except (RuntimeError, ValueError, KeyError, TypeError) as err:
                wrong = [f"{type(err).__name__}: {err}"]
            passed, failed = passed + (not wrong), failed + bool(wrong)
            for line in wrong:
                print(f"{path.stem} ({pair['base']}, {pair['what']}): {line}")
    print(f"mutations: {passed} passed, {failed} failed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--out", type=Path, metavar="DIR")
    task.add_argument("--check", metavar="XINGJIAN")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    args = parser.parse_args()
    if args.out:
        write(args.out, args.seed, args.count)
        return 0
    return check(args.check, args.seed, args.count)


if __name__ == "__main__":
    sys.exit(main())
