#!/usr/bin/python3
"""tools/wordsgen.py -- the catalogue of sentences as C.

    wordsgen.py WORDS.tsv OUT_H OUT_C

A row is `key<TAB>Chinese<TAB>English`; `\\n` is a line break; rows that begin with # are remarks.
Keys are dotted words in ascending order, so that a reader finds them and the program can search.
Both texts must use the same places {1}, {2} ...
"""
import re
import sys


class Refused(Exception):
    pass


def read(path):
    rows = []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line == "" or line.startswith("#"):
                continue
            parts = line.split("\t")
            if len(parts) != 3 or "" in parts:
                raise Refused(f"{path}:{number}: expected key, Chinese, English between tabs")
            key, zh, en = parts
            if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)*", key):
                raise Refused(f"{path}:{number}: \"{key}\" is no key")
            if rows and rows[-1][0] >= key:
                raise Refused(f"{path}:{number}: \"{key}\" must stand before \"{rows[-1][0]}\"")
            if set(re.findall(r"\{\d\}", zh)) != set(re.findall(r"\{\d\}", en)):
                raise Refused(f"{path}:{number}: the places of \"{key}\" differ")
            rows.append((key, zh, en))
    return rows


def c_text(text):
    text = text.replace("\\n", "\n").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("??", "?\\?").replace("\n", "\\n") + '"'


def main(source, out_h, out_c):
    try:
        rows = read(source)
    except Refused as refused:
        print(f"wordsgen: {refused}", file=sys.stderr)
        return 1
    names = [re.sub(r"\W", "_", key) for key, _, _ in rows]
    with open(out_h, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/wordsgen.py from words/cli.tsv; not to be edited. */\n#pragma once\n\n")
        f.write("typedef enum xj_word {\n")
        for name in names:
            f.write(f"    XJ_W_{name},\n")
        f.write("    XJ_W_COUNT\n} xj_word;\n")
    with open(out_c, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/wordsgen.py from words/cli.tsv; not to be edited. */\n")
        f.write('#include "app/words.h"\n\nconst xj_words_row xj_words_rows[XJ_W_COUNT] = {\n')
        for name, (key, zh, en) in zip(names, rows):
            f.write(f"    [XJ_W_{name}] = {{{c_text(key)}, {c_text(zh)}, {c_text(en)}}},\n")
        f.write("};\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
