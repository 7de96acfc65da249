#!/usr/bin/python3
"""broken/: files that must be refused, and some that only look so; NAME.expect.json says which.

The names of errors are those of src/base/errors.def.
"""
import json
import random
import struct
import zlib
from pathlib import Path

import docx_01_automatic_numbers as numbers
import encodings_town as town
from docxfile import NS, Docx, run
from register import Register
from zipfixed import write_zip

FOLDER = Path(__file__).resolve().parents[1] / "broken"
BOMB_BYTES = 300 << 20
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MARKED = [("县委办公室：", ""), ("现将《沂东县健康应急物资储备2024年工作方案》印发给你们，请遵照执行。", ""), ("2024年5月20日", ""),
          ("一、健康应急保障行动", ""), ("1.完善储备目录。更新药品和防护用品清单，做到账物相符。", "（{县卫生健康局}负责，<<c6|6月底前完成>>）"),
          ("2.开展轮换检查。对临期物资及时调换，保持合理库存。", "（{县卫生健康局}、{县应急管理局}负责，<<o|长期坚持>>）")]


def expect(path, error=None):
    body = {"error": error} if error else {"ok": True}
    path.with_name(f"{path.name}.expect.json").write_text(json.dumps(body) + "\n", encoding="utf-8")


def package(document):
    """The parts of a Word file around DOCUMENT, the bytes of its main part."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return [("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
             f'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'),
            ("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
             'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
            ("word/document.xml", document)]


def truncated():
    whole = FOLDER / "truncated.docx"
    numbers.build()[1].write(whole)
    whole.write_bytes(whole.read_bytes()[:8000])
    expect(whole, "bad_input")


def zip_bomb():
    head, tail = f"<w:document {NS}><w:body><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:body></w:document>"
    path = FOLDER / "zip-bomb.docx"
    write_zip(path, package(head.encode() + b"0" * BOMB_BYTES + tail.encode()))
    expect(path, "too_large")


def entity_bomb():
    names = "abcdefghij"
    entities = '<!ENTITY a "健康健康健康健康健康健康健康健康健康健康">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip(names, names[1:]))
    path = FOLDER / "entity-bomb.docx"
    write_zip(path, package('<?xml version="1.0" encoding="UTF-8"?>' f"<!DOCTYPE w:document [{entities}]><w:document {NS}><w:body><w:p><w:r><w:t>&j;"
                            "</w:t></w:r></w:p></w:body></w:document>"))
    expect(path, "bad_input")


def encrypted():
    """A compound file as Office writes for a password: the streams EncryptionInfo and EncryptedPackage."""
    free, last, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    rnd = random.Random(3)

    def entry(name, kind, start, size, left=free, right=free, child=free):
        text = name.encode("utf-16-le") + b"\0\0" if name else b""
        return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, left, right, child) + bytes(36)
                + struct.pack("<IQ", start, size))

    header = (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
              + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108)
    chain = [fat, last] + [*range(3, 10), last] + [*range(11, 18), last]
    table = struct.pack("<128I", *(chain + [free] * (128 - len(chain))))
    folder = (entry("Root Entry", 5, last, 0, child=1) + entry("EncryptionInfo", 2, 2, 4096, right=2)
              + entry("EncryptedPackage", 2, 10, 4096) + entry("", 0, 0, 0))
    path = FOLDER / "encrypted.docx"
    path.write_bytes(header + table + folder + struct.pack("<HHI", 4, 4, 0x40).ljust(4096, b"\0") + rnd.randbytes(4096))
    expect(path, "bad_input")


def picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    path = FOLDER / "picture.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 16) * 16, 9)) + chunk(b"IEND", b""))
    # The name promises Word: whether tesseract is installed or not, the wrong file was taken.
    expect(path, "unsupported_kind")


def empty():
    path = FOLDER / "empty.txt"
    path.write_bytes(b"")
    expect(path, "bad_input")


def marked_lines():
    """The plan that the classified papers hold."""
    reg = Register(2024, {"title": "", "doc_no": None, "issuer": "", "issued_on": "2024-05-20", "jurisdiction": "", "basis": []})
    return [reg.read(text + clause)[0] for text, clause in MARKED]


def marked_docx(name, before=(), header=""):
    doc = Docx()
    if header:
        doc.header = doc.paragraph(run(header))
    for line in before:
        doc.add(line, props='<w:jc w:val="left"/>')
    doc.centre("沂东县爱国卫生运动委员会文件", 48)
    doc.centre("关于印发沂东县健康应急物资储备2024年工作方案的通知", 36)
    for line in marked_lines():
        doc.add(line)
    path = FOLDER / name
    doc.write(path)
    expect(path, "classified")


def classified():
    marked_docx("classified.docx", ["000017", "机密★1年", "特急"])
    marked_docx("classified-header.docx", header="秘密★5年")
    path = FOLDER / "classified.txt"
    path.write_text("\n".join(["份号：000023", "机 密★1年                    特 急", "", "沂东县爱国卫生运动委员会文件".center(30), ""]
                              + ["　　" + line for line in marked_lines()]) + "\n", encoding="utf-8")
    expect(path, "classified")


def harmless():
    """A plan that speaks of secrets and bears no mark."""
    _, text = town.build()
    said = ("　　三、纪律要求\r\n　　对工作中知悉的秘密事项和个人健康信息要严格保护，不得通过互联网传输\r\n"
            "机密、绝密文件；涉及商业秘密的，按规定办理。\r\n")
    path = FOLDER / "harmless-mention.txt"
    path.write_bytes((text + said).encode("utf-8"))
    expect(path)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (truncated, zip_bomb, entity_bomb, encrypted, picture, empty, classified, harmless):
        make()
    for path in sorted(FOLDER.glob("*.expect.json")):
        made = path.with_name(path.name.removesuffix(".expect.json"))
        print(f"{made.name}: {made.stat().st_size} bytes, {path.read_text(encoding='utf-8').strip()}")
