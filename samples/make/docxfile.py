"""A small writer of Word files, for what the samples must show: automatic numbers, split runs,
tracked changes, footnotes, text boxes, merged cells, headers and footers with fields."""
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from zipfixed import write_zip

NS = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
      'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
      'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
      'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
      'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
      'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHO = 'w:author="云沂市推进办" w:date="2026-03-05T10:20:00Z"'
KINDS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
         "header1": "header", "footer1": "footer"}


def run(text, props=""):
    parts = []
    for piece in re.split(r"(\n|\t)", text):
        if piece == "\n":
            parts.append("<w:br/>")
        elif piece == "\t":
            parts.append("<w:tab/>")
        elif piece:
            parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(parts)}</w:r>"


def field(code, shown):
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} '
            f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


@dataclass
class Cell:
    """A cell of a table; MERGE is "", "restart" or "continue"."""
    text: str = ""
    span: int = 1
    merge: str = ""
    bold: bool = False


class Docx:
    def __init__(self, split=0):
        """SPLIT: runs are cut after about so many characters, inside words too."""
        self.body, self.notes, self.abstracts, self.nums, self.header, self.footer = [], [], [], [], "", ""
        self.styles, self.split, self.changes, self.columns, self.landscape = [], split, 0, 1, False
        self.font = "仿宋_GB2312"

    # ---- text ----------------------------------------------------------------------------------
    def _pieces(self, text, props):
        """Runs of TEXT as an editor leaves them after many corrections."""
        if not self.split:
            return run(text, props)
        out, at, width = [], 0, self.split
        while at < len(text):
            step = 2 + (at * 7 + len(text)) % width
            hint = '<w:rFonts w:hint="eastAsia"/>' if len(out) % 2 else ""
            out.append(run(text[at:at + step], hint + props))
            if len(out) % 5 == 0:
                out.append('<w:proofErr w:type="spellStart"/><w:proofErr w:type="spellEnd"/>')
            if len(out) % 13 == 0:
                out.append(f'<w:bookmarkStart w:id="{len(self.body)}" w:name="_Toc{len(self.body):08d}"/>'
                           f'<w:bookmarkEnd w:id="{len(self.body)}"/>')
            at += step
        return "".join(out)

    def runs(self, printed, props=""):
        """The runs of PRINTED with its marks ⟨+⟩ ⟨-⟩ ⟨^⟩ ⟨/⟩ turned into what they mean."""
        out = []
        for piece in re.split(r"(⟨[^⟩]*⟩)", printed):
            if not piece.startswith("⟨"):
                out.append(self._pieces(piece, props) if piece else "")
                continue
            kind, text = piece[1], piece[2:-1]
            self.changes += 1
            if kind == "+":
                out.append(f'<w:ins w:id="{900 + self.changes}" {WHO}>{run(text, props)}</w:ins>')
            elif kind == "-":
                gone = run(text, props).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
                out.append(f'<w:del w:id="{900 + self.changes}" {WHO}>{gone}</w:del>')
            elif kind == "^":
                self.notes.append(text)
                out.append('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                           f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>')
            else:
                out.append("<w:r><w:br/></w:r>")
        return "".join(out)

    def paragraph(self, content, style="", num=None, props="", after=""):
        inner = f'<w:pStyle w:val="{style}"/>' if style else ""
        if num:
            inner += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
        inner += props + (f"<w:rPr>{after}</w:rPr>" if after else "")
        return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{content}</w:p>"

    def add(self, printed, style="", num=None, props="", text_props=""):
        if not props and not style and not printed.endswith("："):
            props = '<w:ind w:firstLine="560"/>'
        self.body.append(self.paragraph(self.runs(printed, text_props), style, num, props))

    def centre(self, text, size=44, bold=True):
        self.add(text, props='<w:jc w:val="center"/>', text_props=f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>')

    def right(self, text):
        self.add(text, props='<w:jc w:val="right"/>')

    def blank(self):
        self.body.append("<w:p/>")

    def page_break(self):
        self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def text_box(self, lines):
        """A text box as Word writes it: the drawing, and the same once more for old programs."""
        inner = "".join(self.paragraph(run(t, f'<w:color w:val="FF0000"/><w:sz w:val="{s}"/>'), props='<w:jc w:val="center"/>')
                        for t, s in lines)
        box = f"<w:txbxContent>{inner}</w:txbxContent>"
        self.body.append(
            '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
            'distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            '<wp:extent cx="5600000" cy="1300000"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="文本框 1"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5600000" cy="1300000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f'<wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
            '<mc:Fallback><w:pict><v:shape id="_x0000_s1026" type="#_x0000_t202" style="width:440pt;height:102pt">'
            f'<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>')

    def columns_from_here(self, columns):
        """What stands above keeps one column; the rest of the document has COLUMNS."""
        self.body.append('<w:p><w:pPr><w:sectPr>' + self._furniture() + '<w:type w:val="continuous"/>' + self._page(1) + "</w:sectPr></w:pPr></w:p>")
        self.columns = columns

    # ---- lists ---------------------------------------------------------------------------------
    def abstract(self, *levels):
        """An abstract list; a level is (number format, text, style linked to it or "")."""
        key = len(self.abstracts)
        body = "".join(f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
                       f'{f"""<w:pStyle w:val="{style}"/>""" if style else ""}<w:suff w:val="nothing"/>'
                       f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:firstLine="560"/></w:pPr></w:lvl>' for i, (fmt, text, style) in enumerate(levels))
        self.abstracts.append(f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>')
        return key

    def number(self, abstract, restart=False):
        """A list of its own over ABSTRACT; RESTART begins it at 1 again."""
        key = len(self.nums) + 1
        over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
        self.nums.append(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{over}</w:num>')
        return key

    # ---- tables --------------------------------------------------------------------------------
    def table(self, widths, rows, head_rows=1, whole_rows=False):
        """ROWS of cells; the first HEAD_ROWS are repeated on each page; WHOLE_ROWS are not broken
        between pages."""
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        out = [f'<w:tbl><w:tblPr><w:tblStyle w:val="a5"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
               '<w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/>'
               '<w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/>'
               f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>']
        for at, row in enumerate(rows):
            head = ("<w:cantSplit/>" if whole_rows else "") + ("<w:tblHeader/>" if at < head_rows else "")
            head = f"<w:trPr>{head}</w:trPr>" if head else ""
            col, cells = 0, []
            for cell in row:
                width = sum(widths[col:col + cell.span])
                col += cell.span
                span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
                merge = {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(cell.merge, "")
                paras = "".join(self.paragraph(self.runs(p, ("<w:b/>" if cell.bold else "") + '<w:sz w:val="18"/>'))
                                for p in cell.text.split("\n"))
                cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{paras}</w:tc>')
            if col != len(widths):
                raise ValueError(f"a row of {col} columns in a table of {len(widths)}")
            out.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
        self.body.append("".join(out) + "</w:tbl>")

    # ---- file ----------------------------------------------------------------------------------
    def style(self, key, name, kind="paragraph", based="a", ppr="", rpr=""):
        self.styles.append(f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>'
                           f'{f"""<w:basedOn w:val="{based}"/>""" if based and kind == "paragraph" else ""}'
                           f'{f"<w:pPr>{ppr}</w:pPr>" if ppr else ""}{f"<w:rPr>{rpr}</w:rPr>" if rpr else ""}</w:style>')

    def _page(self, columns):
        size = ('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if self.landscape else '<w:pgSz w:w="11906" w:h="16838"/>')
        return (f'{size}<w:pgMar w:top="1440" w:right="1300" w:bottom="1440" w:left="1300" w:header="851" w:footer="992" w:gutter="0"/>'
                + (f'<w:cols w:num="{columns}" w:space="480"/>' if columns > 1 else ""))

    def _furniture(self):
        return "".join(f'<w:{k}Reference w:type="default" r:id="rId_{k}1"/>' for k in ("header", "footer") if getattr(self, k))

    def _parts(self):
        flow = '<w:type w:val="continuous"/>' if self.columns > 1 else ""
        section = f"<w:sectPr>{self._furniture()}{flow}{self._page(self.columns)}</w:sectPr>"
        parts = {"document": f"<w:document {NS}><w:body>{''.join(self.body)}{section}</w:body></w:document>"}
        fonts = f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="{self.font}" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>'
        base = ('<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
                '<w:style w:type="table" w:styleId="a5"><w:name w:val="Table Grid"/></w:style>')
        parts["styles"] = (f"<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>"
                           f"{base}{''.join(self.styles)}</w:styles>")
        parts["settings"] = f'<w:settings {NS}><w:zoom w:percent="100"/></w:settings>'
        if self.abstracts:
            parts["numbering"] = f"<w:numbering {NS}>{''.join(self.abstracts)}{''.join(self.nums)}</w:numbering>"
        if self.notes:
            notes = "".join(f'<w:footnote w:id="{i}">{self.paragraph(run(t))}</w:footnote>' for i, t in enumerate(self.notes, 1))
            marks = ('<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
                     '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>')
            parts["footnotes"] = f"<w:footnotes {NS}>{marks}{notes}</w:footnotes>"
        if self.header:
            parts["header1"] = f"<w:hdr {NS}>{self.header}</w:hdr>"
        if self.footer:
            parts["footer1"] = f"<w:ftr {NS}>{self.footer}</w:ftr>"
        return parts

    def write(self, path, extra=()):
        """Write the file; EXTRA holds further (name, bytes) of the archive."""
        parts = self._parts()
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{word}.{KINDS.get(n, "document.main")}+xml"/>' for n in parts)
        links = "".join(f'<Relationship Id="rId_{n}" Type="{RELS}/{KINDS[n]}" Target="{n}.xml"/>' for n in parts if n in KINDS)
        entries = [
            ("[Content_Types].xml", HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'),
            ("_rels/.rels", HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             f'<Relationship Id="rId1" Type="{RELS}/officeDocument" Target="word/document.xml"/></Relationships>'),
            ("word/_rels/document.xml.rels", HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             f"{links}</Relationships>"),
        ]
        entries += [(f"word/{name}.xml", HEAD + xml) for name, xml in parts.items()]
        write_zip(path, [*entries, *extra])
