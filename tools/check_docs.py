#!/usr/bin/python3
"""Check that generated documents are fresh and that links between our documents lead somewhere."""
import re
import sys
from pathlib import PurePosixPath

import gendocs
import repo

LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")


def dead_links(path, text, exists):
    """Relative links of the document at PATH that lead to no file."""
    for target in LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)):
        if re.match(r"[a-z]+:|#", target):
            continue
        plain = target.split("#")[0]
        parts = []
        for part in (PurePosixPath(path).parent / plain).parts:
            if part == "..":
                if not parts:
                    break
                parts.pop()
            elif part != ".":
                parts.append(part)
        if not exists("/".join(parts)):
            yield f"{path}: the link to '{target}' leads nowhere"


def main():
    problems = []
    for path, text in gendocs.documents().items():
        target = repo.ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            problems.append(f"{path} is not fresh: run tools/gendocs.py")
    for path in repo.files("*.md"):
        problems += dead_links(path, repo.read(path), lambda p: (repo.ROOT / p).exists())
    return repo.report("documents", problems)


if __name__ == "__main__":
    sys.exit(main())
