"""A plan written once, with marks: what is printed, and the truth that a careful reader finds.

Marks in a text:
  [[words|indicator;op;value;unit;year;flags|...]]  targets (no year: the plan's, inferred; ops
      >= <= = > <, + and - for a change, t for a trend, d for a state to be reached)
  {X} {!X} {+X}     a unit that is responsible, leads, cooperates; {市|民政局} prints 民政局 and
      means 市民政局
  <<code|words>>    a deadline: c6 c6-20 c2027-03 complete by, s7 start by, o ongoing, f full year,
      r06-15,12-15 recurring
  ⟨+x⟩ ⟨-x⟩ ⟨^x⟩ ⟨/⟩  inserted and deleted under change tracking, a footnote, a soft line break
"""
import calendar
import json
import re
from pathlib import Path

TARGET = re.compile(r"\[\[(.*?)\]\]", re.S)
UNIT = re.compile(r"\{(.*?)\}")
DEADLINE = re.compile(r"<<(.*?)\|(.*?)>>")
OPS = {"+": "increase_by", "-": "decrease_by", "t": "trend", "d": "done"}
CONTENT = (("s", "specific_task"), ("m", "measure"), ("w", "work_plan"))
ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperate"}


def clean(printed):
    """PRINTED as it is read: insertions accepted, deletions and footnotes left out."""
    return re.sub(r"⟨([+\-^/])([^⟩]*)⟩", lambda m: m[2] if m[1] == "+" else "", printed)


def joined(text):
    return re.sub(r"\s+", "", text)


def number(word):
    value = float(word)
    return int(value) if value == int(value) else value


def month_end(year, month):
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


class Register:
    def __init__(self, year, document, end_year=None, office=None, default=None, obligations=()):
        self.year, self.document, self.end_year = year, document, end_year or year
        self.office, self.default, self.obligations = office, default, list(obligations)
        self.actions, self.tasks, self.targets = [], [], []

    # ---- marks ---------------------------------------------------------------------------------
    def _deadline(self, code, raw):
        due = {"kind": None, "date": None, "dates": None, "raw": raw, "inferred": False}
        kind, rest = code[0], code[1:]
        if kind in "cs":
            match = re.fullmatch(r"(?:(\d{4})-?)?(?:(\d{1,2})(?:-(\d{1,2}))?)?", rest)
            year, month = int(match[1] or self.year), int(match[2] or 12)
            due["kind"] = "complete_by" if kind == "c" else "start_by"
            due["date"] = f"{year}-{month:02d}-{int(match[3]):02d}" if match[3] else month_end(year, month)
        elif kind == "o":
            due["kind"] = "ongoing"
        elif kind == "f":
            due["kind"], due["date"] = "full_year", f"{self.year}-12-31"
        elif kind == "r":
            due["kind"], due["dates"] = "recurring", rest.split(",")
        else:
            raise ValueError(f"deadline code {code}")
        return due

    def _target(self, raw, spec):
        name, op, value, unit, year, flags = (spec.split(";") + [""] * 6)[:6]
        op = OPS.get(op, op)
        if op not in (">=", "<=", "=", ">", "<", *OPS.values()):
            raise ValueError(f"target {spec}")
        target = {"indicator": name or None, "op": op, "value": number(value) if value else None,
                  "unit": unit or None}
        if "max=" in flags:
            target["max"] = number(re.search(r"max=([\d.]+)", flags)[1])
        target["year"] = int(year) if year else self.end_year
        target["year_inferred"] = not year
        target["strength"] = ("expected" if "exp" in flags else
                              "encouraged" if "enc" in flags or "adv" in flags else "must")
        if "adv" in flags:
            target["advisory"] = True
        return {**target, "raw": clean(raw)}

    def read(self, marked):
        """(printed text, units, deadlines, targets) of MARKED."""
        units, dues, targets = [], [], []

        def take_due(match):
            dues.append(self._deadline(match[1], match[2]))
            return match[2]

        def take_unit(match):
            role = {"!": "lead", "+": "cooperate"}.get(match[1][0], "responsible")
            prefix, _, name = match[1].lstrip("!+").rpartition("|")
            units.append({"name": clean(prefix + name), "role": role, "inherited": False})
            return name

        def take_target(match):
            raw, *specs = match[1].split("|")
            targets.extend(self._target(raw, spec) for spec in specs)
            return raw

        printed = TARGET.sub(take_target, UNIT.sub(take_unit, DEADLINE.sub(take_due, marked)))
        if re.search(r"[{}|]|\[\[|\]\]|<<|>>", printed):
            raise ValueError(f"a mark is left in: {printed}")
        return printed, units, dues, targets

    def _keep(self, targets, task):
        action = self.actions[-1]["no"] if self.actions and not self.whole else 0
        self.targets += [{"action": action, "task": task, **target} for target in targets]

    # ---- prose ---------------------------------------------------------------------------------
    whole = False  # True while text belongs to the whole plan and to no action

    def action(self, no, name, lead=(), doers=()):
        self.actions.append({"no": no, "name": name, "lead_units": list(lead), "implementers": list(doers)})

    def say(self, marked):
        """A paragraph outside the tasks; its targets are the action's (or the plan's)."""
        printed, _, _, targets = self.read(marked)
        self._keep(targets, None)
        return printed

    def task(self, no, marked, clause=""):
        """Open the task numbered NO of the action at hand; (printed text, printed clause)."""
        self.tasks.append({"action": self.actions[-1]["no"], "no": no, "text": "", "clause": "",
                           "units": [], "text_units": [], "dues": [], "text_dues": []})
        return self.more(marked, clause)

    def more(self, marked, clause=""):
        """Words that carry on the last task; (printed text, printed clause)."""
        task = self.tasks[-1]
        printed, units, dues, targets = self.read(marked)
        task["text"] += clean(printed)
        task["text_units"] += units
        task["text_dues"] += dues
        self._keep(targets, task["no"])
        words, units, dues, targets = self.read(clause)
        if targets:
            raise ValueError(f"a target in a clause: {clause}")
        roles, said = {u["role"] for u in units}, clean(words)
        if ("牵头" in said) != ("lead" in roles) or bool(re.search("配合|协助|会同", said)) != ("cooperate" in roles):
            raise ValueError(f"the roles do not fit the words: {clause}")
        task["clause"] += said + "\n"
        task["units"] += units
        task["dues"] += dues
        return printed, words

    # ---- tables --------------------------------------------------------------------------------
    def row(self, kept="", lead_column=True, **cells):
        """One data row; returns the printed text by key.  Cells: s m w (specific task, measure,
        work plan), due, lead, resp, coop, value = (printed value, printed unit, spec or "").  KEPT names
        the cells that a merged cell of an earlier row covers: their units come from there, and
        their targets are counted there."""
        kept = kept.split()
        number_ = sum(t["action"] == self.actions[-1]["no"] for t in self.tasks) + 1
        task = {"action": self.actions[-1]["no"], "no": str(number_), "text": "", "row": True,
                "clause": "", "units": [], "text_units": [], "dues": [], "text_dues": []}
        self.tasks.append(task)
        printed = {}
        for key, field in CONTENT:
            task[field] = None
            if cells.get(key):
                printed[key], _, dues, targets = self.read(cells[key])
                task[field] = clean(printed[key])
                task["text"] += task[field]
                task["text_dues"] += dues
                if key not in kept:
                    self._keep(targets, task["no"])
        if cells.get("due"):
            printed["due"], _, task["dues"], _ = self.read(cells["due"])
        for key, role in ROLES.items():
            if not cells.get(key):
                continue
            printed[key], units, _, _ = self.read(cells[key])
            task["units"] += [{**u, "role": role, "inherited": key in kept} for u in units]
            task["open"] = task.get("open") or bool(re.search("等$|等(部门|单位)", printed[key]))
        if lead_column:
            task["lead_explicit"] = bool(cells.get("lead"))
            if not cells.get("lead") and task["units"]:
                task["units"][0]["role"] = "lead"
        if cells.get("value"):
            value, unit, spec = cells["value"]
            printed["value"], printed["unit"] = value, unit
            if spec and "value" not in kept:
                raw = value if value.endswith(unit) else value + unit
                self._keep([self._target(raw, spec)], task["no"])
        return printed

    # ---- truth ---------------------------------------------------------------------------------
    def _units(self, task):
        merged = {}
        for unit in task["units"] or task["text_units"]:
            if unit["name"] not in merged:
                merged[unit["name"]] = dict(unit)
            elif unit["role"] == "lead":
                merged[unit["name"]]["role"] = "lead"
        if merged or task.get("row"):
            return list(merged.values())
        action = next(a for a in self.actions if a["no"] == task["action"])
        if action["lead_units"]:
            return [{"name": n, "role": "lead", "inherited": True} for n in action["lead_units"]]
        if action["no"] == 0 and self.office:
            return [{"name": self.office, "role": "responsible", "inherited": True}]
        return []

    def _due(self, task):
        if task["dues"]:
            return task["dues"][-1]
        if task["text_dues"]:
            return max(task["text_dues"], key=lambda d: d["date"] or "")
        none = {"kind": "none", "date": None, "dates": None, "raw": None, "inferred": False}
        return {**none, "inferred": True, **self.default} if self.default else none

    def _truth(self, task):
        text, units = joined(task["text"]), self._units(task)
        first = next((task[f] for _, f in CONTENT if task.get(f)), text)
        out = {"action": task["action"], "no": task["no"], "title": joined(first).split("。")[0],
               "start": text[:12], "end": text[-12:]}
        if task.get("row"):
            out |= {field: task[field] and joined(task[field])[:20] for _, field in CONTENT}
        ends = r"等(?=按|部门|单位|有关|相关|负责|配合|协助|参与|，|。|；|、|）|\n|$)"
        out |= {"units": units, "open_ended": bool(task.get("open") or re.search(ends, task["clause"]))}
        if "lead_explicit" in task:
            out["lead_explicit"] = task["lead_explicit"]
        elif len(units) > 1 and not any(u["role"] == "lead" for u in units):
            out["lead_proposed"] = units[0]["name"]
        return out | {"deadline": self._due(task)}

    def truth(self):
        out = {"document": self.document, "actions": self.actions,
               "tasks": [self._truth(t) for t in self.tasks], "targets": self.targets}
        return out | ({"obligations": self.obligations} if self.obligations else {})

    def write(self, path):
        """The truth of the sample PATH, beside it."""
        path = Path(path)
        text = json.dumps(self.truth(), ensure_ascii=False, indent=1) + "\n"
        path.with_name(f"{path.stem}.truth.json").write_text(text, encoding="utf-8")
        print(f"{path.name}: {len(self.actions)} actions, {len(self.tasks)} tasks, "
              f"{len(self.targets)} targets, {path.stat().st_size} bytes")


def obligation(kind, who, what, frequency, due, report_to, raw):
    return {"kind": kind, "who": who, "what": what, "frequency": frequency, "due": due,
            "report_to": report_to, "raw": raw}
