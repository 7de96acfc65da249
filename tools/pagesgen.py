#!/usr/bin/python3
"""tools/pagesgen.py -- the built pages as parts of the program.

    pagesgen.py DIST OUT_C OUT_FOLDER DEPFILE

Lists the files of DIST (web/dist) in OUT_C, which takes them in by .incbin, with a compressed form
of each in OUT_FOLDER where that is smaller.  Where DIST does not exist, there is one page,
which says so.
"""
import gzip
import hashlib
import os
import sys

TYPES = {
    ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon", ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".map": None,
    ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm", ".webmanifest": "application/manifest+json",
    ".woff": "font/woff", ".woff2": "font/woff2",
}
PACKED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest"}

ABSENT = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>行健</title></head>
<body><h1>行健</h1>
<p>本程序未包含网页：构建时没有 web/dist。接口照常提供。</p>
<p lang="en">This program was built without its pages (there was no web/dist). The API works.</p>
</body></html>
"""


def files_of(dist):
    """(path, file) of each file of DIST, by path."""
    found = []
    for folder, _, names in os.walk(dist):
        for name in names:
            file = os.path.join(folder, name)
            found.append(("/" + os.path.relpath(file, dist).replace(os.sep, "/"), file))
    return sorted(found, key=lambda pair: pair[0].encode())


def c_text(text):
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def main(dist, out_c, folder, depfile):
    os.makedirs(folder, exist_ok=True)
    pages = files_of(dist)
    if not any(path == "/index.html" for path, _ in pages):
        absent = os.path.join(folder, "absent.html")
        with open(absent, "w", encoding="utf-8") as f:
            f.write(ABSENT)
        pages = [("/index.html", absent)]
    asm, rows, declared = [], [], []
    for path, file in pages:
        ending = os.path.splitext(path)[1]
        if ending not in TYPES:
            print(f"pagesgen: {path}: files of this kind are not known", file=sys.stderr)
            return 1
        if TYPES[ending] is None:
            continue
        with open(file, "rb") as f:
            data = f.read()
        parts = [file]
        if ending in PACKED:
            packed = gzip.compress(data, 9, mtime=0)
            if len(packed) < len(data):
                name = os.path.join(folder, hashlib.sha256(path.encode()).hexdigest()[:16] + ".gz")
                with open(name, "wb") as f:
                    f.write(packed)
                parts.append(name)
        number = len(rows)
        ends = []
        for kind, part in zip(("body", "gzip"), parts):
            label = f"xj_page_{number}_{kind}"
            quoted = os.path.abspath(part).replace("\\", "\\\\").replace('"', '\\"')
            # One statement a file: compilers bound the length of a literal.
            asm.append([".section .rodata", f".global {label}", f".global {label}_end",
                        f"{label}:", f".incbin \"{quoted}\"", f"{label}_end:", ".byte 0",
                        ".text"])
            declared.append(f"extern const unsigned char {label}[], {label}_end[];")
            ends += [label, f"{label}_end"]
        if len(parts) == 1:
            ends += [ends[1], ends[1]]
        lasting = "true" if path.startswith("/assets/") else "false"
        tag = hashlib.sha256(data).hexdigest()[:20]
        rows.append(f'    {{"{path}", "{TYPES[ending]}", "{tag}", {lasting}, ' +
                    ", ".join(ends) + "},")
    with open(out_c, "w", encoding="utf-8") as f:
        f.write('/* Made by tools/pagesgen.py from web/dist; not to be edited. */\n'
                '#include "app/pages.h"\n\n' +
                "".join("__asm__(" + "\n        ".join(c_text(line + "\n") for line in part) +
                        ");\n" for part in asm) +
                "\n" + "\n".join(declared) + "\n\nconst xj_page xj_pages[] = {\n" + "\n".join(rows) +
                f"\n}};\nconst size_t xj_npages = {len(rows)};\n")
    with open(depfile, "w", encoding="utf-8") as f:
        above = os.path.dirname(os.path.abspath(dist))
        seen = {above, *(d for d, _, _ in os.walk(dist)), *(file for _, file in files_of(dist))}
        f.write(f"{out_c}: " + " ".join(name.replace(" ", "\\ ") for name in sorted(seen)) + "\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
