#!/usr/bin/python3
"""Check the lengths of files and C functions.

A file has at most 1,200 lines, a function 120, or a line in tools/sizes.txt with the reason
("path" or "path:function").  Above the soft limits (600 and 60) they are listed, not refused.
"""
import re
import sys

import repo

FILE_SOFT, FILE_HARD, FUNCTION_SOFT, FUNCTION_HARD = 600, 1200, 60, 120
NAME = re.compile(r"^(\w+)\(")


def functions(text):
    """(name, lines of the body) of each function defined in TEXT; the format puts its name and
    both braces at the first column."""
    lines, name, start = text.splitlines(), None, None
    for number, line in enumerate(lines):
        match = NAME.match(line)
        if match:
            name = match.group(1)
        elif line == "{":
            start = number
        elif line == "}" and start is not None:
            if name is not None:
                yield name, number - start - 1
            name = start = None


def check(path, text, reasons):
    """(problems, remarks) of one file."""
    problems, remarks = [], []

    def judge(where, what, length, soft, hard):
        if length > hard and where not in reasons:
            problems.append(f"{where}: {what} of {length} lines; the limit is {hard}")
        elif length > soft:
            remarks.append(f"{where}: {what} of {length} lines {reasons.get(where, '')}".rstrip())

    judge(path, "file", len(text.splitlines()), FILE_SOFT, FILE_HARD)
    if path.endswith(".c"):
        for name, length in functions(text):
            judge(f"{path}:{name}", "function", length, FUNCTION_SOFT, FUNCTION_HARD)
    return problems, remarks


def main():
    reasons = repo.allowed("tools/sizes.txt")
    problems = []
    for path in repo.files("src/*.c", "src/*.h", "src/*.sql", "tests/*.c", "tests/*.h",
                           "tests/*.mjs", "tests/*.py", "tools/*.py", "bench/*", "web/src/*.ts",
                           "web/src/*.tsx"):
        wrong, remarks = check(path, repo.read(path), reasons)
        problems += wrong
        for remark in remarks:
            print(f"long: {remark}")
    for name in reasons:
        if not (repo.ROOT / name.split(":")[0]).exists():
            problems.append(f"tools/sizes.txt: '{name}' is not there any more")
    return repo.report("sizes", problems)


if __name__ == "__main__":
    sys.exit(main())
