#!/usr/bin/python3
"""Check every C file against .clang-format with clang-format 14 (--fix rewrites them)."""
import subprocess
import sys

import repo


def main():
    sources = repo.files("*.c", "*.h")
    how = ["-i"] if sys.argv[1:] == ["--fix"] else ["--dry-run", "-Werror"]
    problems = []
    if sources:
        done = subprocess.run(["clang-format-14", *how, *sources], cwd=repo.ROOT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            problems = [line for line in done.stdout.splitlines() if "error:" in line]
            problems = problems or [done.stdout.strip() or "clang-format failed"]
            problems.append("tools/check_format.py --fix puts this right")
    return repo.report("format", problems)


if __name__ == "__main__":
    sys.exit(main())
