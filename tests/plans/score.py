#!/usr/bin/python3
"""Measure the compiler against hand-read truths.

usage: score.py [--binary XINGJIAN] [--diff N] [--plans FOLDER] [--samples FOLDER] [NAME...]

FOLDER/truth/NAME.json is the truth of FOLDER/NAME.txt (default ../shared/plans: real plans, which
are not part of this repository); samples/KIND/NAME.truth.json that of the file NAME beside it.  For
each plan the table of tools/score-plan is printed, and each of its rows is one test against its
bar.  samples/broken/NAME.expect.json says how NAME ends: {"ok": true} or {"error": code}; each is imported,
and a test.  Where ../shared, or the reader of pictures, is missing, that counts as skipped.
"""
import argparse
import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


def load_scorer():
    loader = importlib.machinery.SourceFileLoader("score_plan", str(ROOT / "tools/score-plan"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def errors(m):
    return max(m.expected, m.produced) - m.right


def at_most(limit):
    return (lambda m: errors(m) <= limit), f"at most {limit} error{'' if limit == 1 else 's'}"


def at_least(floor):
    return (lambda m: m.f1() >= floor), f"F1 at least {floor}"


# The bars of plans that were read with care, and of layouts that nobody tuned for.  Files of other
# kinds than text have those of the register alone (a ledger's cover says less of its document), PDF
# and pictures those of what lies by position alone.
KNOWN = {
    "document": at_most(1), "actions": at_most(1), "tasks": at_most(1), "deadlines": at_most(1),
    "open_ended": at_most(1), "bounds": at_least(0.95), "units": at_least(0.99),
    "targets": at_least(0.95), "indicators": at_least(0.85), "obligations": at_least(0.7),
}
UNSEEN = {
    "document": at_least(0.8), "actions": at_least(0.97), "tasks": at_least(0.97),
    "deadlines": at_least(0.97), "units": at_least(0.97), "targets": at_least(0.85),
}
LAID_OUT = {measure: at_least(0.95) for measure in ("actions", "tasks", "deadlines", "units", "targets")}


def plans(args):
    """(name, text, truth, bars) of each plan to be measured."""
    for truth in sorted((args.plans / "truth").glob("*.json")):
        yield truth.stem, args.plans / f"{truth.stem}.txt", truth, KNOWN
    for truth in sorted(args.samples.glob("*/*.truth.json")):
        name = truth.name[:-len(".truth.json")]
        file, = (path for path in truth.parent.glob(f"{name}.*") if path.suffix != ".json")
        kind = truth.parent.name
        bars = (UNSEEN if kind == "text" else LAID_OUT if kind == "pdf" or file.suffix in PICTURES
                else {measure: bar for measure, bar in UNSEEN.items() if measure != "document"})
        yield f"{kind}/{name}", file, truth, bars


def ends_as_expected(binary, file, expected):
    """Whether importing FILE ends as EXPECTED says: {"ok": true}, or {"error": a code or some}."""
    with tempfile.TemporaryDirectory(prefix="xj-broken-") as folder:
        env = dict(os.environ, XJ_DATA=f"{folder}/data")
        for words in (("db", "migrate"), ("tenant", "add", "云沂市", "379900"),
                      ("programme", "add", "云沂市", "P")):
            subprocess.run([binary, *words], env=env, check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run(
            [binary, "plan", "import", file, "--tenant", "云沂市", "--programme", "P", "--json"],
            env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=120)
    if expected.get("ok"):
        return done.returncode == 0, f"exit status {done.returncode}"
    codes = expected["error"] if isinstance(expected["error"], list) else [expected["error"]]
    try:
        code = json.loads(done.stdout).get("code")
    except ValueError:
        code = f"no JSON: {done.stdout[-300:]!r}"
    return done.returncode != 0 and code in codes, code


def measure(scorer, binary, text, truth):
    done = subprocess.run([binary, "plan", "compile", text, "--json"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if done.returncode != 0:
        raise ValueError(f"exit status {done.returncode}: "
                         + done.stderr.decode("utf-8", "replace")[-2000:])
    return scorer.score(json.loads(truth.read_text(encoding="utf-8")), json.loads(done.stdout))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=ROOT / "build/xingjian")
    parser.add_argument("--diff", type=int, default=0, help="differences shown for each measure")
    parser.add_argument("--plans", type=Path, default=SHARED / "plans")
    parser.add_argument("--samples", type=Path, default=ROOT / "samples")
    parser.add_argument("name", nargs="*")
    args = parser.parse_args()

    scorer, passed, failed, skipped = load_scorer(), 0, [], 0
    if not (args.plans / "truth").is_dir():
        print(f"skipped: {args.plans} is not here, so only the samples are measured")
        skipped = 1
    for name, text, truth, bars in plans(args):
        if args.name and name not in args.name and name.rpartition("/")[2] not in args.name:
            continue
        if text.suffix in PICTURES and shutil.which("tesseract") is None:
            print(f"skipped: {name} is a picture, and tesseract is not installed")
            skipped += 1
            continue
        print(f"\n{name}")
        try:
            measures = measure(scorer, args.binary, text, truth)
        except (OSError, ValueError, KeyError, TypeError, subprocess.TimeoutExpired) as err:
            print(f"    could not be compiled: {err}")
            failed.append(f"{name}: could not be compiled")
            continue
        print(f"{'measure':<12}{'right':>6}{'expected':>9}{'produced':>9}{'precision':>10}"
              f"{'recall':>8}{'F1':>8}")
        for row in measures:
            holds, bar = bars.get(row.name, (None, ""))
            low = holds is not None and not holds(row)
            print(row.row() + (f"   BELOW: {bar}" if low else ""))
            for line in row.diffs[:args.diff]:
                print("   ", line)
            if low:
                failed.append(f"{name}: {row.name} {row.f1():.4f}, {errors(row)} errors ({bar})")
            elif holds is not None:
                passed += 1
    print()
    for expect in sorted((args.samples / "broken").glob("*.expect.json")):
        if args.name:
            continue
        good, how = ends_as_expected(args.binary, expect.with_suffix("").with_suffix(""),
                                     json.loads(expect.read_text(encoding="utf-8")))
        passed += good
        if not good:
            failed.append(f"broken/{expect.name}: {how}")
    for line in failed:
        print(f"not ok {line}")
    print(f"{passed} passed, {len(failed)} failed, {skipped} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
