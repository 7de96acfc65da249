#!/usr/bin/python3
"""tools/tsvgen.py -- a table of words as a C array.

    tsvgen.py TABLE.tsv OUT_C HEADER TYPE NAME COLUMNS

A row has COLUMNS texts between tabs ("-" stands for none); rows that begin with # are remarks.
Writes `const TYPE NAMEs[]` and `const size_t NAMEn`: NAME is the stem, as `xj_org__rule`.
"""
import sys


def read(path, columns):
    rows = []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line == "" or line.startswith("#"):
                continue
            parts = line.split("\t")
            if len(parts) != columns or "" in parts:
                raise ValueError(f"{path}:{number}: expected {columns} texts between tabs")
            rows.append(tuple(parts))
    doubles = {row for row in rows if rows.count(row) > 1}
    if doubles:
        raise ValueError(f"{path}: stands there twice: {sorted(doubles)[0]}")
    return rows


def c_text(text):
    return "NULL" if text == "-" else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main(source, out, header, kind, name, columns):
    try:
        rows = read(source, int(columns))
    except ValueError as err:
        print(f"tsvgen: {err}", file=sys.stderr)
        return 1
    prefix, stem = name.rsplit("__", 1) if "__" in name else name.rsplit("_", 1)
    joint = "__" if "__" in name else "_"
    with open(out, "w", encoding="utf-8") as f:
        f.write(f"/* Made by tools/tsvgen.py; not to be edited. */\n#include \"{header}\"\n\n")
        f.write(f"const {kind} {name}s[] = {{\n")
        for row in rows:
            f.write("    {" + ", ".join(c_text(cell) for cell in row) + "},\n")
        f.write("};\n")
        f.write(f"const size_t {prefix}{joint}n{stem}s = {len(rows)};\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 7:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
