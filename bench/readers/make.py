#!/usr/bin/python3
"""bench/readers/make.py FOLDER -- the files that bench/readers/run reads, always the same bytes.

    pages.docx   200 printed pages (about 700 characters each) with a table on every tenth
    rows.xlsx    50,000 rows of 10 columns: shared strings, figures, dates
    pages.pdf    200 pages of Latin text, 45 lines each
    page.html    one line
"""
import sys
import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ITEM = "推进健康社区和健康单位建设，完善全民健身公共服务体系，开展合理膳食和控烟宣传，提高居民健康素养水平。"
DATE = 45000  # days since 1900


def write(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts:
            file.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text,
                          zipfile.ZIP_DEFLATED)


def runs(text):
    """TEXT as Word leaves it after some editing: cut into runs with properties of their own."""
    return "".join(f'<w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr><w:t>{text[i:i + 9]}'
                   "</w:t></w:r>" for i in range(0, len(text), 9))


def paragraph(text):
    return f'<w:p><w:pPr><w:spacing w:line="560"/><w:ind w:firstLine="640"/></w:pPr>{runs(text)}</w:p>'


def docx(path):
    body = []
    for page in range(200):
        body.append(paragraph(f"（{page + 1}）健康促进行动"))
        body += [paragraph(f"{k + 1}.{ITEM}（责任单位：市卫生健康委）") for k in range(10)]
        if page % 10 == 0:
            cell = "<w:tc>" + paragraph("市卫生健康委") + "</w:tc>"
            body.append("<w:tbl>" + f"<w:tr>{cell * 5}</w:tr>" * 20 + "</w:tbl>")
    write(path, [("word/document.xml",
                  f'<w:document xmlns:w="{W}"><w:body>{"".join(body)}</w:body></w:document>')])


def xlsx(path):
    strings = [f"{ITEM[:12]}{i}" for i in range(5000)]
    rows = []
    for r in range(1, 50001):
        cells = "".join(f'<c r="{"ABCDE"[c]}{r}" t="s"><v>{(r * 5 + c) % 5000}</v></c>'
                        for c in range(5))
        cells += "".join(f'<c r="{"FGH"[c]}{r}"><v>{r * (c + 1) / 4}</v></c>' for c in range(3))
        cells += "".join(f'<c r="{"IJ"[c]}{r}" s="1"><v>{DATE + r % 900}</v></c>' for c in range(2))
        rows.append(f'<row r="{r}">{cells}</row>')
    write(path, [
        ("xl/workbook.xml", f'<workbook xmlns:r="{REL}"><sheets><sheet name="Sheet1" sheetId="1" '
         'r:id="a"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(
            f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"/>'
            for key, kind, target in (("a", "worksheet", "worksheets/sheet1.xml"),
                                      ("s", "sharedStrings", "sharedStrings.xml"),
                                      ("t", "styles", "styles.xml"))) + "</Relationships>"),
        ("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
         "</styleSheet>"),
        ("xl/sharedStrings.xml",
         "<sst>" + "".join(f"<si><t>{s}</t></si>" for s in strings) + "</sst>"),
        ("xl/worksheets/sheet1.xml",
         f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>")])


def pdf(path, pages=200):
    out, places = bytearray(b"%PDF-1.4\n"), []

    def add(body):
        places.append(len(out))
        out.extend(b"%d 0 obj\n%s\nendobj\n" % (len(places), body))

    add(b"<</Type/Catalog/Pages 2 0 R>>")
    add(b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (pages, b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(pages))))
    add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for i in range(pages):
        lines = b"".join(b"1 0 0 1 70 %d Tm (%d. The office sums the returns of page %d, line %d, "
                         b"before the day they are due.) Tj " % (780 - 16 * k, k, i, k)
                         for k in range(45))
        text = b"BT /F1 11 Tf " + lines + b"ET"
        add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (5 + 2 * i))
        add(b"<</Length %d>>stream\n%s\nendstream" % (len(text), text))
    start = len(out)
    out.extend(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.extend(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.extend(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    path.write_bytes(out)


def main():
    folder = Path(sys.argv[1])
    docx(folder / "pages.docx")
    xlsx(folder / "rows.xlsx")
    pdf(folder / "pages.pdf")
    (folder / "page.html").write_text("<html><body><p>一、总则</p></body></html>", encoding="utf-8")


if __name__ == "__main__":
    main()
