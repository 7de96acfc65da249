#!/usr/bin/python3
"""Check that every src/M/F.c has tests/unit/M/test_F.c, or a line with a reason in
tests/untested.txt; and that every test stands in its folder's meson.build."""
import re
import sys

import repo


def main():
    reasons = repo.allowed("tests/untested.txt")
    tests = set(repo.files("tests/unit/*/test_*.c"))
    problems = []
    sources = repo.files("src/*/*.c")
    for path in sources:
        _, module, name = path.split("/", 2)
        tested = f"tests/unit/{module}/test_{name}" in tests
        if not tested and path not in reasons:
            problems.append(f"{path} has no tests/unit/{module}/test_{name}, and no line in "
                            "tests/untested.txt says why")
        if tested and path in reasons:
            problems.append(f"tests/untested.txt: {path} has a test now")
    for path in reasons:
        if path not in sources:
            problems.append(f"tests/untested.txt: {path} is not there any more")
    for path in sorted(tests):
        folder, _, name = path.rpartition("/")
        build = f"{folder}/meson.build"
        words = re.findall(r"'([^']+)'", repo.read(build)) if (repo.ROOT / build).exists() else []
        if name[len("test_"):-len(".c")] not in words:
            problems.append(f"{path} does not stand in {build}")
    return repo.report("untested", problems)


if __name__ == "__main__":
    sys.exit(main())
