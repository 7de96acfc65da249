#!/usr/bin/python3
"""Hold each sample against its truth, reading the file by other means than those that made it.

usage: check.py [FOLDER...]      (default: the kinds of this folder; needs python3-docx, python3-openpyxl)

Checks that every title, start, end, unit, deadline, target and basis of a truth stands in what the
file shows, that tasks stand in the truth's order, and that deadlines and targets say what their
words say.  Of a picture only the latter.
"""
import calendar
import json
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1]
QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12}


def squeeze(text):
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
    return text.translate(str.maketrans("[]{}【】O", "〔〕〔〕〔〕0"))


# ---- what each kind shows -------------------------------------------------------------------------
def docx_text(path):
    import docx
    from docx.oxml.ns import qn
    text = []
    for node in docx.Document(str(path)).element.body.iter():
        outer = {a.tag.split("}")[1] for a in node.iterancestors()}
        if node.tag == qn("w:t") and not outer & {"del", "Fallback", "moveFrom"}:
            text.append(node.text or "")
        elif node.tag in (qn("w:p"), qn("w:br"), qn("w:tab"), qn("w:tc")):
            text.append("\n")
    return "".join(text)


def shown(cell):
    value, code = cell.value, cell.number_format
    if hasattr(value, "year"):
        return f"{value.year}年{value.month}月{value.day}日 {value.month}月{value.day}日 {value.year}年{value.month}月 {value:%Y/%-m/%-d %Y-%m-%d %Y.%-m.%-d}"
    if isinstance(value, (int, float)):
        value = value * 100 if "%" in code else value
        return f"{value:.10g}{'%' if '%' in code else ''} {value:,.10g}{''.join(re.findall('[≤≥<]', code))}"
    return str(value or "")


def xlsx_text(path):
    import warnings
    import openpyxl
    from openpyxl.styles.numbers import BUILTIN_FORMATS
    warnings.simplefilter("ignore")
    # The reader knows no dates under the formats that only Chinese programs have built in.
    BUILTIN_FORMATS.update({31: "yyyy-m-d", 57: "yyyy-m", 58: "m-d"})
    book = openpyxl.load_workbook(path, data_only=True)
    return "\n".join(shown(c) for ws in book if ws.sheet_state == "visible" for row in ws.iter_rows() for c in row)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.mute = [], 0

    def handle_starttag(self, tag, attrs):
        self.mute += tag in ("script", "style", "noscript")

    def handle_endtag(self, tag):
        self.mute -= tag in ("script", "style", "noscript")

    def handle_data(self, data):
        if not self.mute:
            self.text.append(data)


def html_text(path):
    data = path.read_bytes()
    page = Page()
    page.feed(data.decode("gb18030" if b"charset=gb" in data.lower() else "utf-8"))
    return "".join(page.text)


def plain_text(path):
    data = path.read_bytes()
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\0", "utf-16-be")):
        if data.startswith(mark):
            return without_page_ends(data.decode(code))
    for code in ("utf-8", "gb18030", "utf-16-be"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return without_page_ends(text)
    raise ValueError(f"{path}: no encoding fits")


def pdf_text(path):
    return without_page_ends(subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout)


def without_page_ends(text):
    """TEXT without the lines that only number or name the page."""
    lines = [line for page in text.split("\f") for line in page.split("\n") if line.strip()]
    often = {line for line in lines if len(line) > 6 and lines.count(line) > 2}
    return "\n".join(line for line in lines if line not in often and not re.fullmatch(r"\s*[—\-一第·]*\s*\d+\s*(页，共 \d+ 页|[—\-一页·])?\s*", line))


READERS = {".docx": docx_text, ".xlsx": xlsx_text, ".html": html_text, ".htm": html_text, ".txt": plain_text, ".pdf": pdf_text,
           ".png": lambda path: None}


# ---- what words say -------------------------------------------------------------------------------
def end(year, month):
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def due(raw, year):
    """(kind, date) that RAW says, read by simple rules."""
    raw = raw.replace("O", "0").replace("l", "1")
    if re.search("每季度|每半年|每年|每月", raw):
        return "recurring", None
    if re.search("持续|长期|常态|常年", raw):
        return "ongoing", None
    if "全年" in raw:
        return "full_year", f"{year}-12-31"
    kind = "start_by" if "启动" in raw else "complete_by"
    stated = re.search(r"(20\d\d)", raw)
    year = int(stated[1]) if stated else year
    quarter = re.search("第?([一二三四])季度", raw)
    if "开学前" in raw:
        return kind, f"{year}-08-31"
    if "上半年" in raw:
        return kind, end(year, 6)
    if quarter:
        return kind, end(year, QUARTER[quarter[1]])
    day = re.search(r"(\d{1,2})月(\d{1,2})日", raw) or re.search(r"20\d\d[-/.](\d{1,2})[-/.](\d{1,2})", raw)
    if day:
        return kind, f"{year}-{int(day[1]):02d}-{int(day[2]):02d}"
    month = re.search(r"(\d{1,2})月(上旬|中旬)?", raw)
    if month:
        third = {"上旬": 10, "中旬": 20}.get(month[2])
        return kind, f"{year}-{int(month[1]):02d}-{third}" if third else end(year, int(month[1]))
    return kind, f"{year}-12-31"


def operator(raw):
    if re.search(r"(下降|降低)(了)?[\d.]+", raw):
        return "decrease_by"
    if re.search(r"(提高|增长|增加)[\d.]+个?(百分点|%)", raw):
        return "increase_by"
    if re.search("以内|不超过|不高于|控制在|下降到|降至|≤|24小时内", raw):
        return "<="
    if re.search("[^不]低于|<", raw):
        return "<"
    if re.search("(?<!不)(高于|超过)|>", raw):
        return ">"
    return "=" if re.search("全覆盖|全部|(?<![≥])100%$|(达到|保持|为)100%", raw) else ">="


# ---- checks ---------------------------------------------------------------------------------------
def judge(truth, text):
    """What of TRUTH does not fit TEXT, the file's visible words (or None)."""
    seen = squeeze(text or json.dumps(truth, ensure_ascii=False))
    year = int(re.search(r"20\d\d", truth["document"]["title"] + (truth["document"]["issued_on"] or ""))[0])
    wanted = [("document", truth["document"][k]) for k in ("title", "doc_no", "issuer")]
    wanted += [("basis", b[k]) for b in truth["document"]["basis"] for k in ("title", "doc_no")]
    wanted += [("obligation", o["raw"]) for o in truth.get("obligations", ())]
    wanted += [("action", a["name"]) for a in truth["actions"] if a["no"]]
    at = 0
    for task in truth["tasks"]:
        where = f"task {task['action']}.{task['no']}"
        cells = [task[k] for k in ("specific_task", "measure", "work_plan") if task.get(k)]
        wanted += [(where, w) for w in (cells or [task["start"], task["end"], task["title"]])]
        wanted += [(where, u["name"] if squeeze(u["name"]) in seen else re.sub("^[市县区](委|政府)?", "", u["name"])) for u in task["units"]]
        mark = squeeze(cells[-1] if cells else task["start"])
        found = seen.find(mark, at)
        if found < 0 and text:
            yield f"{where}: out of order: {mark}"
        at = max(at, found)
        if task["deadline"]["raw"]:
            wanted.append((where, task["deadline"]["raw"]))
            said = due(task["deadline"]["raw"], year)
            if said != (task["deadline"]["kind"], task["deadline"]["date"]):
                yield f"{where}: deadline {task['deadline']} against {said}"
    for goal in truth["targets"]:
        raw, value = goal["raw"], goal["value"]
        bare = raw[:-len(goal["unit"])] if goal["unit"] and squeeze(raw) not in seen else raw
        if squeeze(bare) not in seen and squeeze(re.sub("[≤≥<%]", "", bare)) not in seen:
            yield f"target not shown: {raw}"
        if value is None:
            continue
        figures = [float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*(?:\.\d+)?", raw)]
        words = re.search("[一二两三四五六七八九十百]", raw) or re.search("全覆盖|全部|均", raw)
        if value not in figures and not words:
            yield f"target {value} against {raw}"
        if operator(raw) != goal["op"]:
            yield f"target {goal['op']} against {operator(raw)}: {raw}"
    for where, words in wanted:
        if words and squeeze(words) not in seen:
            yield f"{where}: not shown: {words}"


def main():
    folders = [Path(a) for a in sys.argv[1:]] or [SAMPLES / k for k in ("docx", "xlsx", "html", "pdf", "encodings", "ocr")]
    bad = count = 0
    for folder in folders:
        for path in sorted(folder.glob("*.truth.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            name = path.name.removesuffix(".truth.json")
            source = next(p for p in sorted(folder.glob(f"{name}.*")) if p.suffix in READERS and not p.name.endswith(".truth.json"))
            count += 1
            for problem in judge(truth, READERS[source.suffix](source)):
                print(f"{source}: {problem}")
                bad += 1
    print(f"{count} samples, {bad} problems")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
