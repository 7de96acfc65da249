#!/usr/bin/python3
"""Let each libFuzzer target run for some seconds.

usage: run.py [--seconds N | --total N] [--folder BUILD] [TARGET...]

Reads tests/fuzz/corpus/<name> and <name>.dict; what it finds goes to build/fuzz/<name>/ (libFuzzer
writes into the first folder it is given).  An input that breaks a property is named; it becomes a
file of the corpus in the commit that puts the matter right.
"""
import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(program, name, seconds, seed):
    here, scratch = ROOT / "tests/fuzz", ROOT / "build/fuzz" / name
    scratch.mkdir(parents=True, exist_ok=True)
    command = [program, f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=20",
               "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={scratch}/"]
    if (here / f"{name}.dict").exists():
        command.append(f"-dict={here / f'{name}.dict'}")
    command += [scratch / "corpus", here / "corpus" / name]
    (scratch / "corpus").mkdir(exist_ok=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True, errors="replace")
    runs = [line.split()[-1] for line in done.stdout.splitlines()
            if line.startswith("stat::number_of_executed_units")]
    print(f"{'ok' if done.returncode == 0 else 'not ok'} {name}: {runs[-1] if runs else '?'} runs",
          flush=True)
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-60:]))
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    time = parser.add_mutually_exclusive_group()
    time.add_argument("--seconds", type=int, default=10, help="for each target")
    time.add_argument("--total", type=int, help="for all of them together")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--folder", default="build/clang")
    parser.add_argument("target", nargs="*")
    args = parser.parse_args()
    programs = sorted(path for path in (ROOT / args.folder / "tests/fuzz").glob("fuzz_*")
                      if path.is_file())
    chosen = [path for path in programs
              if not args.target or path.name[len("fuzz_"):] in args.target]
    seconds = args.seconds if args.total is None else max(1, args.total // max(1, len(chosen)))
    passed = sum(run(path, path.name[len("fuzz_"):], seconds, args.seed) for path in chosen)
    print(f"{passed} passed, {len(chosen) - passed} failed, 0 skipped")
    return 0 if chosen and passed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
