#!/usr/bin/python3
"""Check that tools/score-plan is the scorer that the project is measured with: where
../shared/tools/score-plan exists, both are the same bytes."""
import sys

import repo


def main():
    ours, theirs = repo.ROOT / "tools/score-plan", repo.ROOT.parent / "shared/tools/score-plan"
    problems = []
    if theirs.exists() and theirs.read_bytes() != ours.read_bytes():
        problems.append("tools/score-plan differs from ../shared/tools/score-plan")
    return repo.report("scorer", problems)


if __name__ == "__main__":
    sys.exit(main())
