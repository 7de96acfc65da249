#!/usr/bin/python3
"""Compile the small plans of tests/golden/plan and compare what was read with what stands beside them.

usage: plan_golden.py [--accept] XINGJIAN

NAME.json says what a reader finds in NAME.txt (.html, .docx, .xlsx): the document, actions, tasks with their
units, deadlines and texts, targets and obligations; or that it is no plan (not-….txt). --accept writes it anew; read the difference before
committing it.
"""
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "plan"


def unit(u):
    return f"{u['name']}:{u['role']}" + (":inherited" if u["inherited"] else "")


def task(t):
    due = t["deadline"]
    when = due["date"] or due["dates"] or ""
    out = {"at": f"{t['action']}.{t['no']}", "text": t["text"], "units": [unit(u) for u in t["units"]],
           "deadline": f"{due['kind']} {when}{' inferred' if due['inferred'] else ''}".strip()}
    if t["open_ended"]:
        out["open_ended"] = True
    return out


def target(t):
    value = "" if t["value"] is None else f" {t['value']:g}" + (f"-{t['max']:g}" if t["max"] else "")
    return f"{t['action']}.{t['task'] or '-'} {t['indicator']} {t['op']}{value} {t['unit'] or ''} {t['year']}"


def reading(register):
    """The fields of a register that a golden file holds."""
    head = {k: v for k, v in register["document"].items() if k != "source"}
    return {"document": head,
            "actions": [f"{a['no']} {a['name']}" + "".join(f" {u}" for u in a["lead_units"])
                        for a in register["actions"]],
            "tasks": [task(t) for t in register["tasks"]],
            "targets": [target(t) for t in register["targets"]],
            "obligations": [f"{o['kind']} {o['frequency']} {o['due']}" for o in register["obligations"]],
            "warnings": sorted({w["code"] for w in register["warnings"]})}


def refused(done):
    """The code of the error that the program gives for a file that it cannot compile."""
    return {"error": json.loads(done.stdout or done.stderr)["code"]}


def main(args):
    accept = "--accept" in args
    binary = [a for a in args if a != "--accept"]
    if len(binary) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    failed, files = 0, sorted(p for p in FOLDER.iterdir() if p.suffix != ".json")
    print(f"1..{len(files)}")
    for number, path in enumerate(files, 1):
        done = subprocess.run([binary[0], "plan", "compile", str(path), "--json"], capture_output=True, text=True)
        got = reading(json.loads(done.stdout)) if done.returncode == 0 else refused(done)
        golden = path.with_suffix(".json")
        if accept:
            golden.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        want = json.loads(golden.read_text(encoding="utf-8"))
        ok = got == want
        failed += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - {path.stem}")
        for key in want if not ok else ():
            if got.get(key) != want[key]:
                print(f"# {key}: expected {json.dumps(want[key], ensure_ascii=False)}")
                print(f"# {key}:      got {json.dumps(got.get(key), ensure_ascii=False)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
