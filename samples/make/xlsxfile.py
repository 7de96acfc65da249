"""A small writer of Excel files, for what the samples must show: merged cells, typed numbers and
dates of both date systems, number formats, shared strings with runs and phonetic marks, inline
strings, hidden sheets."""
import datetime
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from zipfixed import write_zip

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "0%": 9, "0.00%": 10, "date": 14, "cn-date": 31, "cn-month": 57, "cn-day": 58}


@dataclass
class Value:
    """A typed cell: a number, or a date, under a number format."""
    value: object
    format: str


@dataclass
class Formula:
    """A formula and the value that was stored with it."""
    formula: str
    value: object


@dataclass
class Rich:
    """A text in runs of different looks; with PHONETIC, a reading that is no part of it."""
    runs: list
    phonetic: str = ""


def column(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Sheet:
    def __init__(self, name, state="visible"):
        self.name, self.state, self.rows, self.merges, self.widths = name, state, [], [], []

    def add(self, *cells):
        self.rows.append(list(cells))
        return len(self.rows)

    def merge(self, row, col, down=1, across=1):
        """Merge cells from ROW (from 1) and COL (from 0)."""
        self.merges.append(f"{column(col)}{row}:{column(col + across - 1)}{row + down - 1}")

    def wide(self, text, across):
        self.merge(self.add(text), 0, across=across)


class Xlsx:
    def __init__(self, epoch_1904=False, inline=False):
        """INLINE: texts stand in the cells instead of the shared table."""
        self.epoch_1904, self.inline, self.sheets, self.strings, self.formats = epoch_1904, inline, [], {}, []

    def sheet(self, name, state="visible"):
        self.sheets.append(Sheet(name, state))
        return self.sheets[-1]

    def _serial(self, value):
        if isinstance(value, datetime.date):
            first = datetime.date(1904, 1, 1) if self.epoch_1904 else datetime.date(1899, 12, 30)
            return (value - first).days
        return value

    def _style(self, code):
        if code not in self.formats:
            self.formats.append(code)
        return self.formats.index(code) + 1

    def _text(self, text):
        if isinstance(text, Rich):
            runs = "".join(f'<r><rPr><sz val="11"/>{"<b/>" if i % 2 else ""}</rPr><t xml:space="preserve">{escape(t)}</t></r>'
                           for i, t in enumerate(text.runs))
            return runs + (f'<rPh sb="0" eb="2"><t>{escape(text.phonetic)}</t></rPh><phoneticPr fontId="0"/>' if text.phonetic else "")
        return f'<t xml:space="preserve">{escape(text)}</t>'

    def _cell(self, ref, cell):
        if cell is None or cell == "":
            return f'<c r="{ref}"/>'
        if isinstance(cell, Value):
            return f'<c r="{ref}" s="{self._style(cell.format)}"><v>{self._serial(cell.value)}</v></c>'
        if isinstance(cell, Formula):
            kind = ' t="str"' if isinstance(cell.value, str) else ""
            return f'<c r="{ref}"{kind}><f>{escape(cell.formula)}</f><v>{escape(str(cell.value))}</v></c>'
        if isinstance(cell, (int, float)):
            return f'<c r="{ref}"><v>{cell}</v></c>'
        text = self._text(cell)
        if self.inline:
            return f'<c r="{ref}" t="inlineStr"><is>{text}</is></c>'
        return f'<c r="{ref}" t="s"><v>{self.strings.setdefault(text, len(self.strings))}</v></c>'

    def _sheet(self, sheet):
        rows = "".join(f'<row r="{r}">' + "".join(self._cell(f"{column(c)}{r}", cell) for c, cell in enumerate(cells)) + "</row>"
                       for r, cells in enumerate(sheet.rows, 1))
        cols = "".join(f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(sheet.widths, 1))
        merges = "".join(f'<mergeCell ref="{m}"/>' for m in sheet.merges)
        return (f'<worksheet xmlns="{NS}">{f"<cols>{cols}</cols>" if cols else ""}<sheetData>{rows}</sheetData>'
                f'{f"""<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>""" if merges else ""}'
                '<headerFooter><oddFooter>&amp;C第 &amp;P 页</oddFooter></headerFooter></worksheet>')

    def _styles(self):
        custom, xfs = [], ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']
        for code in self.formats:
            key = BUILT_IN.get(code)
            if key is None:
                key = 176 + len(custom)
                custom.append(f"<numFmt numFmtId=\"{key}\" formatCode={quoteattr(code)}/>")
            xfs.append(f'<xf numFmtId="{key}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>')
        own = f'<numFmts count="{len(custom)}">{"".join(custom)}</numFmts>' if custom else ""
        return (f'<styleSheet xmlns="{NS}">{own}<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
                '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
                '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
                f'<cellXfs count="{len(xfs)}">{"".join(xfs)}</cellXfs>'
                '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>')

    def write(self, path, extra=()):
        """Write the file; EXTRA holds further (name, bytes) of the archive."""
        sheets = [self._sheet(s) for s in self.sheets]
        ids = range(1, len(sheets) + 1)
        book = "".join(f'<sheet name={quoteattr(s.name)} sheetId="{i}" {"" if s.state == "visible" else f"""state="{s.state}" """}r:id="rId{i}"/>'
                       for i, s in zip(ids, self.sheets))
        sml = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = [("styles", "styles", self._styles())]
        if self.strings:
            table = "".join(f"<si>{t}</si>" for t in self.strings)
            parts.append(("sharedStrings", "sharedStrings", f'<sst xmlns="{NS}" uniqueCount="{len(self.strings)}">{table}</sst>'))
        links = "".join(f'<Relationship Id="rId{i}" Type="{RELS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in ids)
        links += "".join(f'<Relationship Id="rId_{n}" Type="{RELS}/{k}" Target="{n}.xml"/>' for n, k, _ in parts)
        types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{sml}.worksheet+xml"/>' for i in ids)
        types += "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{sml}.{k}+xml"/>' for n, k, _ in parts)
        package = "http://schemas.openxmlformats.org/package/2006"
        entries = [
            ("[Content_Types].xml", f'{HEAD}<Types xmlns="{package}/content-types"><Default Extension="rels" '
             'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
             f'<Override PartName="/xl/workbook.xml" ContentType="{sml}.sheet.main+xml"/>{types}</Types>'),
            ("_rels/.rels", f'{HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{RELS}/officeDocument" '
             'Target="xl/workbook.xml"/></Relationships>'),
            ("xl/workbook.xml", f'{HEAD}<workbook xmlns="{NS}" xmlns:r="{RELS}"><workbookPr{" date1904=" + chr(34) + "1" + chr(34) if self.epoch_1904 else ""}/>'
             f"<sheets>{book}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", f'{HEAD}<Relationships xmlns="{package}/relationships">{links}</Relationships>'),
        ]
        entries += [(f"xl/{n}.xml", HEAD + xml) for n, _, xml in parts]
        entries += [(f"xl/worksheets/sheet{i}.xml", HEAD + xml) for i, xml in zip(ids, sheets)]
        write_zip(path, [*entries, *extra])


class Dates:
    """Deadlines that are real dates: the words that the program shows, and the typed cell."""

    SHOWN = {'yyyy"年"m"月"d"日";@': "{0.year}年{0.month}月{0.day}日", '[$-804]m"月"d"日"': "{0.month}月{0.day}日", "cn-date": "{0.year}年{0.month}月{0.day}日", "cn-month": "{0.year}年{0.month}月", "cn-day": "{0.month}月{0.day}日",
             "date": "{0.year}/{0.month}/{0.day}", "yyyy-mm-dd": "{0:%Y-%m-%d}", "yyyy.m.d": "{0.year}.{0.month}.{0.day}"}

    def __init__(self):
        self.typed = {}

    def __call__(self, day, code="cn-date"):
        """The marked deadline for DAY (ISO, a month where only the month is shown) under CODE."""
        value = datetime.date.fromisoformat(day if len(day) > 7 else f"{day}-01")
        shown = self.SHOWN[code].format(value)
        self.typed[shown] = Value(value, code)
        return f"<<c{day}|{shown}>>"


def typed_number(shown):
    """The typed cell that shows SHOWN: a count, a share, a bound in the number format; else text."""
    match = re.fullmatch(r"([≥≤<]?)([\d,]+)(\.\d+)?(%?)", shown)
    if not match:
        return shown
    bound, whole, part, percent = match.groups()
    value = float(whole.replace(",", "") + (part or ""))
    code = ("#,##0" if "," in whole else "0") + ("." + "0" * (len(part) - 1) if part else "") + percent
    value = round(value / 100, 6) if percent else value
    code = f'"{bound}"{code}' if bound else code
    value = int(value) if value == int(value) else value
    return value if code == "0" else Value(value, code)
