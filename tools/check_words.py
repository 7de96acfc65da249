#!/usr/bin/python3
"""Check that no tracked text holds what does not belong in the project: paths of one machine,
hosts of package registries, and marks of unfinished work."""
import re
import sys

import repo

# Written in pieces, so that this file does not find itself.
REFUSED = (
    ("a path of one machine", re.compile(r"/(?:wo" r"rk|ro" r"ot|fa" r"rm)/")),
    ("a path of one machine", re.compile(r"/home/[a-z]")),
    ("a package registry's host",
     re.compile(r"regis" r"try\.np" r"mj?|npm" r"mirror|deb\.deb" r"ian|files\.python" r"hosted|"
                r"py" r"pi\.org|proxy\.gol" r"ang|crates\." r"io", re.I)),
    ("unfinished work", re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")),
    ("a conflict mark", re.compile(r"^(?:<{7}|>{7}) ", re.M)),
)
SKIPPED_NAMES = ("LICENSE",)
BINARY = (".png", ".ico", ".jpg", ".gz", ".xlsx", ".docx", ".pdf", ".woff2", ".db", ".bin")


def find(text):
    """(line, what, the words) of each refused word in TEXT."""
    for what, pattern in REFUSED:
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, what, match.group(0)


def main():
    problems = []
    for path in repo.files("*"):
        if path in SKIPPED_NAMES or path.endswith(BINARY) or "/corpus/" in path:
            continue
        try:
            text = repo.read(path)
        except UnicodeDecodeError:
            if not path.startswith(("samples/", "tests/")):
                problems.append(f"{path}: is neither UTF-8 nor a known binary file")
            continue
        for line, what, words in find(text):
            problems.append(f"{path}:{line}: {what}: '{words}'")
    return repo.report("words", problems)


if __name__ == "__main__":
    sys.exit(main())
