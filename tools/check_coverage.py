#!/usr/bin/python3
"""Hold the coverage of a build (-Db_coverage=true, after its tests ran) to the floors of a layer.

usage: check_coverage.py [BUILD]        default build/coverage

Kernels have 95 % of their lines and 90 % of their branches covered, domains 90 % of lines, the rest
80 %.  What a source marks with GCOVR_EXCL_LINE or GCOVR_EXCL_START/STOP and a reason is left out.
"""
import json
import subprocess
import sys

import repo

KERNELS, DOMAINS = {"text", "stat"}, {"org", "plan"}


def floors(module):
    """(lines, branches or None) in per cent."""
    if module in KERNELS:
        return 95, 90
    return (90, None) if module in DOMAINS else (80, None)


def add_up(files):
    """{module: [covered lines, lines, covered branches, branches]} of gcovr's files."""
    sums = {}
    for entry in files:
        parts = entry["file"].split("/")
        if parts[0] != "src" or len(parts) < 3:
            continue
        row = sums.setdefault(parts[1], [0, 0, 0, 0])
        for line in entry["lines"]:
            if line.get("gcovr/noncode"):
                continue
            row[0] += line["count"] > 0
            row[1] += 1
            for branch in line.get("branches", []):
                row[2] += branch["count"] > 0
                row[3] += 1
    return sums


def judge(sums):
    for module, (lines, all_lines, branches, all_branches) in sorted(sums.items()):
        line_share = 100 * lines / max(1, all_lines)
        branch_share = 100 * branches / max(1, all_branches)
        line_floor, branch_floor = floors(module)
        print(f"{module:<8}{line_share:7.1f} % of {all_lines:>6} lines (floor {line_floor})"
              f"{branch_share:7.1f} % of {all_branches:>6} branches"
              + (f" (floor {branch_floor})" if branch_floor else ""))
        if line_share < line_floor:
            yield f"src/{module}: {line_share:.1f} % of its lines are covered, not {line_floor} %"
        if branch_floor and branch_share < branch_floor:
            yield f"src/{module}: {branch_share:.1f} % of its branches, not {branch_floor} %"


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build/coverage"
    done = subprocess.run(
        ["gcovr", "--root", ".", "--filter", "src/", "--exclude-throw-branches", "--json", "-",
         "--gcov-ignore-parse-errors", build],
        cwd=repo.ROOT, stdout=subprocess.PIPE, check=True)
    return repo.report("coverage", list(judge(add_up(json.loads(done.stdout)["files"]))))


if __name__ == "__main__":
    sys.exit(main())
