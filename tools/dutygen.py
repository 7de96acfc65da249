#!/usr/bin/python3
"""Make C tables of the duty module's data, and pictures of its states.

usage: dutygen.py OUT.c OUT.h states.tsv rules.tsv holidays.tsv
       dutygen.py --svg states.tsv FOLDER

The heads of the three tables say what stands in them.  The pictures are FOLDER/states-KIND.svg.
A state or move that nothing reaches, a word twice, a rule outside its own limits is an error.
"""
import pathlib
import re
import sys
from html import escape

LIVES = {"live": "XJ_LIFE_LIVE", "held": "XJ_LIFE_HELD", "over": "XJ_LIFE_OVER"}
NEEDS = {"why": "XJ_NEED_WHY", "doc": "XJ_NEED_DOC", "day": "XJ_NEED_DAY", "other": "XJ_NEED_OTHER", "sign": "XJ_NEED_SIGN"}


def rows(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield f"{path.name}:{number}", line.split("\t")


def read_states(path):
    """{kind: (label, {state: (label, life)}, [(name, [from], to, label, [needs])])}"""
    kinds = {}
    for where, cells in rows(path):
        what, kind = cells[0], cells[1]
        if what == "kind" and len(cells) == 3:
            kinds[kind] = (cells[2], {}, [])
        elif what == "state" and len(cells) == 5 and kind in kinds and cells[4] in LIVES:
            if cells[2] in kinds[kind][1]:
                raise ValueError(f"{where}: the state stands there twice")
            kinds[kind][1][cells[2]] = (cells[3], cells[4])
        elif what == "move" and len(cells) == 7 and kind in kinds:
            states, moves = kinds[kind][1], kinds[kind][2]
            froms = cells[2].split(",")
            needs = [] if cells[6] == "-" else cells[6].split(",")
            stays = cells[4] == "="
            if not all(s in states for s in froms + [cells[4]][stays:]) or not all(n in NEEDS for n in needs):
                raise ValueError(f"{where}: a state or a need that there is not")
            if any(m[0] == cells[3] and (not stays or set(m[1]) & set(froms)) for m in moves):
                raise ValueError(f"{where}: the move stands there twice")
            moves.append((cells[3], froms, cells[4], cells[5], needs))
        else:
            raise ValueError(f"{where}: not a kind, a state or a move")
    for kind, (_, states, moves) in kinds.items():
        first = next(iter(states))
        reached = {first}
        for _ in states:
            reached |= {m[2] for m in moves if m[2] != "=" and reached & set(m[1])}
        if reached != set(states):
            raise ValueError(f"{path.name}: nothing leads to {sorted(set(states) - reached)} of {kind}")
    return kinds


def is_dates(text, most):
    found = text.split(",")
    return len(found) <= most and all(re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", d) for d in found)


def read_rules(path):
    """[(name, kind, default, least, most, words)]"""
    out = []
    for where, cells in rows(path):
        if len(cells) != 5:
            raise ValueError(f"{where}: expected five cells")
        name, kind, default, limits, _ = cells
        if kind == "int":
            least, most = (int(x) for x in limits.split("-"))
            good, words = least <= int(default) <= most, ""
        elif kind == "dates":
            least, most, words = 1, int(limits), ""
            good = is_dates(default, most)
        elif kind == "word":
            least, most, words = 0, 0, limits
            good = default in limits.split(",")
        elif kind == "day":
            least, most, words = 0, 0, ""
            good, default = default == "none" and limits == "-", ""
        else:
            good = False
        if not good:
            raise ValueError(f"{where}: the rule's default is outside its limits")
        out.append((name, kind, default, least, most, words))
    return out


def read_holidays(path):
    out = []
    for where, cells in rows(path):
        if len(cells) != 4 or cells[2] not in ("off", "work") or not all(
                re.fullmatch(r"\d{4}-\d\d-\d\d", c) for c in cells[:2]) or cells[1] < cells[0]:
            raise ValueError(f"{where}: expected first day, last day, off or work, name")
        out.append((cells[0], cells[1], cells[2] == "work", cells[3]))
    return sorted(out)


def generate(states, rules, holidays):
    head = "/* Made by tools/dutygen.py from the tables of src/duty; not to be edited. */"
    h = [head, "#pragma once", "", "typedef enum xj_rule {"]
    h += [f"    XJ_RULE_{name.upper()}," for name, *_ in rules]
    h += ["    XJ_RULE_COUNT", "} xj_rule;", ""]
    c = [head, '#include "duty/duty_priv.h"', ""]
    kinds, all_states, all_moves = [], [], []
    for kind, (label, ss, ms) in states.items():
        kinds.append(f'    {{"{kind}", "{label}", {len(all_states)}, {len(ss)}, {len(all_moves)}, {len(ms)}}},')
        all_states += [f'    {{"{s}", "{lab}", {LIVES[life]}}},' for s, (lab, life) in ss.items()]
        for name, froms, to, lab, needs in ms:
            bits = sum(1 << list(ss).index(s) for s in froms)
            end = -1 if to == "=" else list(ss).index(to)
            flags = " | ".join(NEEDS[n] for n in needs) or "0"
            all_moves.append(f'    {{"{name}", "{lab}", {bits}U, {end}, {flags}}},')
    c += ["const xj_state xj__states[] = {"] + all_states + ["};"]
    c += ["const xj_move xj__moves[] = {"] + all_moves + ["};"]
    c += ["const xj_state_kind xj__state_kinds[] = {"] + kinds + ["};"]
    c += [f"const size_t xj__state_kind_count = {len(states)};", "", "const xj_rule_def xj__rules[] = {"]
    c += [f'    {{"{n}", XJ_RULE_KIND_{k.upper()}, "{d}", {a}, {b}, "{w}"}},' for n, k, d, a, b, w in rules]
    c += ["};", "", "const xj__holiday xj__holidays[] = {"]
    c += [f'    {{"{a}", "{b}", {str(w).lower()}, "{n}"}},' for a, b, w, n in holidays]
    c += ["};", f"const size_t xj__holiday_count = {len(holidays)};", ""]
    return "\n".join(c), "\n".join(h)


def wrap(x, y, text, size, colour):
    return (f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="middle" '
            f'dominant-baseline="middle">{escape(text)}</text>')


def picture(label, states, moves):
    """The states in a column in their order; moves to the next one straight, others as arcs at the side,
    but for those from many states, which the list below has alone."""
    names = list(states)
    colour = {"live": "#e6f4ff", "held": "#fff7e6", "over": "#f6ffed"}
    box_w, box_h, gap, left = 120, 34, 30, 250
    y = {s: 60 + i * (box_h + gap) for i, s in enumerate(names)}
    arcs, sides = [], {"right": 0, "left": 0}
    for name, froms, to, lab, needs in moves:
        text = lab + ("（须说明理由）" if "why" in needs else "") + ("（须另一人）" if "other" in needs else "")
        first = True
        for src in froms if len(froms) <= 3 and to != "=" else []:
            y1, y2 = y[src] + box_h / 2, y[to] + box_h / 2
            if names.index(to) == names.index(src) + 1:
                arcs.append(f'<line x1="{left}" y1="{y[src] + box_h}" x2="{left}" y2="{y[to] - 2}" class="m"/>')
                if first:
                    arcs.append(f'<text x="{left + 6}" y="{y[src] + box_h + gap / 2 + 4}" font-size="11" '
                                f'fill="#555">{escape(text)}</text>')
                first = False
                continue
            side = "right" if y2 >= y1 else "left"
            if first:
                sides[side] += 1
            x = left + box_w / 2 if side == "right" else left - box_w / 2
            out = x + (30 + 16 * sides[side]) * (1 if side == "right" else -1)
            if src == to:
                arcs.append(f'<path d="M{x} {y1 - 8} C{out} {y1 - 14} {out} {y1 + 14} {x} {y1 + 8}" class="m"/>')
            else:
                arcs.append(f'<path d="M{x} {y1} C{out} {y1} {out} {y2} {x} {y2}" class="m"/>')
            first = False
    svg = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 HEIGHT" width="620" height="HEIGHT" '
           'font-family="sans-serif" role="img">', f"<title>{escape(label)}的状态</title>",
           '<defs><marker id="a" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
           '<path d="M0 0 L8 4 L0 8 z" fill="#8c8c8c"/></marker></defs>',
           '<style>.m{fill:none;stroke:#8c8c8c;marker-end:url(#a)}</style>',
           wrap(310, 28, f"{label}的状态", 16, "#000")]
    svg += arcs
    for s in names:
        lab, life = states[s]
        svg.append(f'<rect x="{left - box_w / 2}" y="{y[s]}" width="{box_w}" height="{box_h}" rx="6" '
                   f'fill="{colour[life]}" stroke="#595959"/>')
        svg.append(wrap(left, y[s] + box_h / 2, lab, 14, "#000"))
    at = 60 + len(names) * (box_h + gap) + 10
    for name, froms, to, lab, needs in moves:
        text = f"{lab}：{'、'.join(states[f][0] for f in froms)} " + ("时另记，状态不变" if to == "=" else f"→ {states[to][0]}")
        notes = [{"why": "须说明理由", "doc": "成果为文件的须填文号和日期", "day": "须有期限",
                  "other": "须另一人", "sign": "须由人作出"}[n] for n in needs]
        text += f"（{'，'.join(notes)}）" if notes else ""
        lines = [text[i:i + 46] for i in range(0, len(text), 46)]
        for line in lines:
            svg.append(f'<text x="20" y="{at}" font-size="12" fill="#333">{escape(line)}</text>')
            at += 18
    svg.append("</svg>")
    return ("\n".join(svg) + "\n").replace("HEIGHT", str(at + 10))


def pictures(path):
    """{file name: text}"""
    return {f"states-{kind}.svg": picture(*whole) for kind, whole in read_states(path).items()}


def main(args):
    try:
        if len(args) == 3 and args[0] == "--svg":
            for name, text in pictures(pathlib.Path(args[1])).items():
                (pathlib.Path(args[2]) / name).write_text(text, encoding="utf-8")
            return 0
        if len(args) != 5:
            print(__doc__, file=sys.stderr)
            return 2
        paths = [pathlib.Path(p) for p in args[2:]]
        c, h = generate(read_states(paths[0]), read_rules(paths[1]), read_holidays(paths[2]))
        pathlib.Path(args[0]).write_text(c, encoding="utf-8")
        pathlib.Path(args[1]).write_text(h, encoding="utf-8")
    except (OSError, ValueError) as err:
        print(f"dutygen: {err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
