#!/usr/bin/python3
"""Files that are hard on a reader, through the release program: each ends as it must.

usage: hard.py [XINGJIAN]      default build/xingjian; ends with "N passed, N failed, N skipped"

Pages and rows beyond the limits, a giant picture, a Word file cut short at every twentieth, files
of 60 MB within all limits, and a file that changes while it is read.  A case that has not ended
after the program's own limits of time counts as failed.
"""
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/xingjian").resolve()
SECONDS = 150  # the reader gives up after 60; then the compiler has its turn
SIZE = 60 << 20


def compiled(path):
    """(exit status, the error's code or None, its words)"""
    done = subprocess.run([BINARY, "plan", "compile", path, "--json"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS)
    if done.returncode == 0:
        return 0, None, done.stdout
    answer = json.loads(done.stdout or done.stderr)
    return done.returncode, answer["code"], answer["message"]


def put(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method, compresslevel=1) as file:
        for part, text in parts:
            file.writestr(part, text)
    return path


def pdf(path, pages):
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(pages))
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)]
    bodies += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    out, places = bytearray(b"%PDF-1.4\n"), []
    for no, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (no, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    path.write_bytes(out)
    return path


def sheet(path, rows, comment=b""):
    cells = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (r, r, r)
                     for r in range(1, rows + 1))
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return put(path, [
        ("xl/workbook.xml", f'<workbook xmlns:r="{rel}"><sheets><sheet name="S" sheetId="1" '
         'r:id="a"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships><Relationship Id="a" Type="{rel}/worksheet" '
         'Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"),
        ("xl/media/image1.bin", comment)])


def picture(path, side):
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                     + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
    return path


PLAN = "一、健康知识普及行动\n1.开展健康科普宣传活动。（市卫生健康委负责，2024年6月底前完成）\n"


def document(lines):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>"


def main():
    results = []

    def case(name, path, code, words=""):
        try:
            _, got, message = compiled(path)
            good = got == code and words in str(message)
            note = f"{got}: {str(message)[:200]}"
        except subprocess.TimeoutExpired:
            good, note = False, f"did not end in {SECONDS} s"
        results.append(good)
        print(f"{'ok' if good else 'not ok'} {name}{'' if good else ': ' + note}", flush=True)

    with tempfile.TemporaryDirectory(prefix="xj-hard-") as name:
        folder, noise = Path(name), random.Random(1).randbytes(SIZE)
        case("a PDF of 1,000 pages", pdf(folder / "pages.pdf", 1000), "too_large")
        case("a sheet of 100,000 rows", sheet(folder / "rows.xlsx", 100000), "too_large")
        case("a picture of 20,000 × 20,000", picture(folder / "giant.png", 20000), "too_large")
        word = put(folder / "whole.docx", [
            ("word/document.xml", document(PLAN.split("\n") * 200)),
            ("word/media/image1.bin", noise[:20000])])
        case("a whole Word file", word, None)
        whole = word.read_bytes()
        for part in range(1, 20):
            cut = folder / f"cut{part}.docx"
            cut.write_bytes(whole[:len(whole) * part // 20])
            case(f"its first {part * 5} %", cut, "bad_input")
        case("a Word file of 60 MB", put(folder / "large.docx", [
            ("word/document.xml", document(PLAN.split("\n"))), ("word/media/image1.bin", noise)],
            zipfile.ZIP_STORED), None)
        large = sheet(folder / "large.xlsx", 10, noise)
        case("a spreadsheet of 60 MB that holds no plan", large, "no_plan")
        page = folder / "large.html"
        page.write_bytes(f"<html><body><p>{PLAN}</p><!--".replace("\n", "<br>").encode()
                         + b"x" * SIZE + b"--></body></html>")
        case("a page of 60 MB", page, None)
        (folder / "beyond.txt").write_bytes(b"x" * (64 << 20) + b"\n")
        case("a text beyond 64 MiB", folder / "beyond.txt", "too_large")

        # What can be read only once shows that a file is read once: one that changes meanwhile is
        # taken as it was, or is damaged, and never half one and half the other.
        pipe = folder / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(whole,))
        writer.start()
        case("a file that can be read only once", pipe, None)
        writer.join()

    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
