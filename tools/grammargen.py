#!/usr/bin/python3
"""Make C tables of the plan compiler's grammar.

usage: grammargen.py OUT.c OUT.h TABLE.tsv...

A table NAME.tsv has a phrase and a value on each line, with a tab between; '#' opens a comment. A
phrase may be written as it is printed: it is folded as text/chars.h folds a document. In the phrase
'…' stands for any words in between. NAME.tsv becomes the class xj_g_NAME and its values the enum
XJ_G_NAME_VALUE, numbered from 1 in the order of their first appearance. A phrase twice in one table, a
line without a value, or an empty table is an error.
"""
import pathlib
import re
import sys

BRACKETS = {"〔": "(", "【": "(", "[": "(", "{": "(", "〕": ")", "】": ")", "]": ")", "}": ")"}


def fold(text):
    """The form that text/chars.c gives to what stands in a table."""
    out = []
    for ch in text:
        cp = ord(ch)
        if ch in " \u3000":
            continue
        if ch in BRACKETS:
            ch = BRACKETS[ch]
        elif ch in "—–～~－":
            ch = "-"
        elif 0xFF01 <= cp <= 0xFF5D:
            ch = chr(cp - 0xFEE0)
            ch = BRACKETS.get(ch, ch)
        out.append(ch)
    return "".join(out)


def read_table(path):
    """[(phrase, value)] of a table, in order; ValueError for what is not one."""
    rows, seen = [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        parts = line.split("\t")
        if len(parts) != 2 or not parts[0] or not re.fullmatch(r"[a-z][a-z0-9_]*", parts[1]):
            raise ValueError(f"{path.name}:{number}: expected a phrase, a tab and a value")
        phrase = fold(parts[0])
        if phrase in seen:
            raise ValueError(f"{path.name}:{number}: '{parts[0]}' stands in line {seen[phrase]} too")
        seen[phrase] = number
        rows.append((phrase, parts[1]))
    if not rows:
        raise ValueError(f"{path.name}: the table is empty")
    return rows


def literal(phrase):
    """PHRASE as a C literal of 16-bit characters."""
    return 'u"' + "".join(c if c not in '"\\' else "\\" + c for c in phrase) + '"'


def bloom(phrases):
    """A bit for each first character, by its low 10 bits, as 16 words."""
    words = [0] * 16
    for p in phrases:
        words[ord(p[0]) >> 6 & 15] |= 1 << (ord(p[0]) & 63)
    return ", ".join(f"UINT64_C({w})" for w in words)


def generate(paths):
    """(text of the .c, text of the .h)"""
    c = ['/* Made by tools/grammargen.py from src/plan/grammar; not to be edited. */', '#include "grammar_tables.h"', ""]
    h = ["/* Made by tools/grammargen.py from src/plan/grammar; not to be edited. */", "#pragma once", "",
         '#include "plan/gram.h"', ""]
    for path in paths:
        name, rows = path.stem, read_table(path)
        values = list(dict.fromkeys(v for _, v in rows))
        if len(values) > 250:
            raise ValueError(f"{path.name}: too many values")
        h.append(f"enum xj_g_{name}_value {{")
        h += [f"    XJ_G_{name.upper()}_{v.upper()} = {i}," for i, v in enumerate(values, 1)]
        h += ["};", f"extern const xj_class xj_g_{name};",
              f"extern const char *const xj_g_{name}_names[{len(values) + 1}];", ""]
        c.append(f"static const xj_word words_{name}[] = {{")
        # by code units, so that words with one beginning stand together
        for phrase, value in sorted(rows, key=lambda r: r[0].encode("utf-16-be")):
            c.append(f"    {{{literal(phrase)}, {len(phrase)}, {values.index(value) + 1}}},")
        c.append("};")
        c.append(f"const xj_class xj_g_{name} = {{words_{name}, {len(rows)}, {max(len(p) for p, _ in rows)}, "
                 "{" + bloom([p for p, _ in rows]) + "}};")
        names = ", ".join(f'"{v}"' for v in values)
        c += [f"const char *const xj_g_{name}_names[{len(values) + 1}] = {{NULL, {names}}};", ""]
    return "\n".join(c), "\n".join(h)


def main(args):
    if len(args) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        c, h = generate([pathlib.Path(p) for p in sorted(args[2:])])
    except (OSError, ValueError) as err:
        print(f"grammargen: {err}", file=sys.stderr)
        return 1
    pathlib.Path(args[0]).write_text(c, encoding="utf-8")
    pathlib.Path(args[1]).write_text(h, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
