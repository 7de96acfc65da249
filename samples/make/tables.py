"""Task tables written once, as rows of marked cells, for Word, Excel and web pages alike."""
from dataclasses import dataclass

HEAD = object()  # the heads once more, as printed again at the top of a page
CONTENT = ("s", "m", "w", "due", "lead", "resp", "coop", "value")


@dataclass
class Act:
    """The rows that follow belong to this action.  PRINTED stands in a row of its own (BAND) or in
    a merged cell of the column "action"; GOAL in one of the column "goal"."""
    no: int
    name: str
    printed: str
    goal: str = ""
    band: bool = False


def fill(reg, keys, rows, lead_column=True):
    """Give ROWS to the register REG.  A row is a tuple of marked cells, by KEYS; None means that
    the cell above is merged over it.  Returns ("band", text), ("head",) and ("cells", printed by
    key) in order, where None again means merged with the cell above."""
    out, last, action, count = [], {}, None, 0
    for row in rows:
        if row is HEAD:
            out.append(("head",))
        elif isinstance(row, str):
            out.append(("band", row))
        elif isinstance(row, Act):
            reg.action(row.no, row.name)
            goal = reg.say(row.goal) if row.goal else ""
            action = {"action": row.printed, "goal": goal}
            if row.band:
                out.append(("band", row.printed))
        else:
            count += 1
            given = dict(zip(keys, row, strict=True))
            kept = [k for k, v in given.items() if v is None]
            if kept and (not out or out[-1][0] != "cells"):
                raise ValueError(f"no row above to merge with: {row}")
            last = {k: last[k] if v is None else v for k, v in given.items()}
            printed = reg.row(" ".join(kept), lead_column, **{k: last[k] for k in CONTENT if k in last})
            cells = {k: None if k in kept else printed.get(k, v or "") for k, v in last.items()}
            if "value" in last:
                cells["unit"] = None if "value" in kept else printed.get("unit", "")
                cells["value"] = None if "value" in kept else printed.get("value", "")
            out.append(("cells", {"n": str(count), **action, **cells}))
            action = dict.fromkeys(action)
    return out


def spans(filled, columns):
    """The grid of FILLED: rows of (text, rows down) by COLUMNS, or a text for a row of one cell, or
    None for the heads; a covered cell is None."""
    grid = []
    for at, row in enumerate(filled):
        if row[0] == "head":
            grid.append(None)
        elif row[0] == "band":
            grid.append(row[1])
        else:
            cells = []
            for key in columns:
                down = 1
                while at + down < len(filled) and filled[at + down][0] == "cells" and filled[at + down][1].get(key, "") is None:
                    down += 1
                text = row[1].get(key, "")
                cells.append(None if text is None else (text, down))
            grid.append(cells)
    return grid
