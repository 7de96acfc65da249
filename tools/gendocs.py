#!/usr/bin/python3
"""Write the documents that are made from declarations:

    docs/errors.md    src/base/errors.def
    docs/settings.md  src/app/settings.def
    docs/schema.md    migrations/*.sql
    docs/manual/states-*.svg    src/duty/states.tsv

usage: gendocs.py [--check]      --check writes nothing and fails where one is not fresh
"""
import re
import sys

import dutygen
import repo

NOTE = "<!-- Made by tools/gendocs.py from {}; do not edit. -->\n"


def cell(text):
    return text.replace("|", "\\|")


def entries(text):
    """The arguments of each X(...) in a .def file, literals joined and unquoted."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for match in re.finditer(r"^X\((.*?)\)\s*$", bare, re.S | re.M):
        parts = re.findall(r'((?:"(?:[^"\\]|\\.)*"\s*)+)|([^,"\s][^,"]*)', match.group(1))
        yield ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)).replace('\\"', '"')
               if quoted else word.strip() for quoted, word in parts]


def errors():
    source = "src/base/errors.def"
    rows = [f"| `{wire}` | {status} | {cell(text)} | `XJ_E_{name}` |"
            for name, status, wire, text in entries(repo.read(source))]
    return "docs/errors.md", "\n".join([
        "# Error codes", "", NOTE.format(source),
        "A failed request is answered with `application/problem+json` (RFC 9457); its `code` is one of",
        "these. Codes are never renamed or reused.", "",
        "| code | HTTP status | default text | in C |", "| --- | --- | --- | --- |", *rows, ""])


def words(prefix):
    """{name: (Chinese, English)} of the sentences PREFIX.name in words/cli.tsv."""
    rows = (line.split("\t") for line in repo.read("words/cli.tsv").splitlines()
            if line.startswith(prefix + "."))
    return {row[0][len(prefix) + 1:]: (row[1], row[2]) for row in rows}


def settings():
    source = "src/app/settings.def"
    if not (repo.ROOT / source).exists():
        return None
    said, rows = words("setting"), []
    for name, kind, default, least, most, secret in entries(repo.read(source)):
        bounds = {"INT": f"{least} to {most}", "STR": f"{least} to {most} bytes",
                  "BOOL": "true, false"}[kind]
        shown = f"`{default}`" if default else "(empty)"
        if secret == "true":
            bounds += "; secret: never shown"
        chinese, english = said[name]
        rows.append(f"| `{name}` | {cell(chinese)}<br>{cell(english)} | {shown} | {bounds} |")
    return "docs/settings.md", "\n".join([
        "# Settings", "", NOTE.format(source),
        "A setting comes from its default, the settings file (`--config FILE`, lines `name = value`), the",
        "environment (`XJ_PORT`) and the flag (`--port`); the later wins.", "",
        "| name | meaning | default | values |", "| --- | --- | --- | --- |", *rows, ""])


TABLE = re.compile(r"((?:^--[^\n]*\n)*)^CREATE TABLE (\w+) \(\n(.*?)^\)", re.M | re.S)
ADDED = re.compile(r"((?:^--[^\n]*\n)+)^ALTER TABLE (\w+) ADD COLUMN (\w+) ([^;]+);", re.M)
INDEX = re.compile(r"^CREATE (UNIQUE )?INDEX (\w+)\s+ON (\w+) ([^;]*);", re.M)


def prose(comment):
    return " ".join(line.strip().lstrip("-").strip() for line in comment.splitlines()).strip()


def columns(body):
    """(name, type, meaning) of each column; a comment stands above it or behind it."""
    above = []
    for line in body.splitlines():
        line = line.strip()
        if line.startswith("--"):
            above.append(line[2:].strip())
            continue
        code, _, behind = line.partition("--")
        match = re.match(r"([a-z_]\w*)\s+(.+?),?\s*$", code.strip())
        if match and not re.match(r"(PRIMARY|UNIQUE|CHECK|FOREIGN|CONSTRAINT)\b", code.strip()):
            kind = re.sub(r"@(\w+)@", lambda m: m.group(1).lower(), match.group(2))
            yield match.group(1), kind, " ".join(above + [behind.strip()]).strip()
        above = []


def schema():
    out = ["# The database", "", NOTE.format("migrations/*.sql"),
           "The same tables stand on SQLite and PostgreSQL. *kept* tables hold what people gave, *derived*",
           "ones are rebuilt from them. `int` has 64 bits, instants are microseconds since 1970 UTC,",
           "booleans are 0 and 1.", ""]
    paths = repo.files("migrations/*.sql")
    added, indexes = {}, {}
    for path in paths:
        for unique, name, table, what in INDEX.findall(repo.read(path)):
            indexes.setdefault(table, []).append(
                f"`{name}`: {unique.lower()}{' '.join(what.split())}")
        for comment, table, name, kind in ADDED.findall(repo.read(path)):
            kind = re.sub(r"@(\w+)@", lambda m: m.group(1).lower(), kind)
            added.setdefault(table, []).append(
                f"| {name} | {kind} | {cell(prose(comment))} (`{path}`) |")
    for path in paths:
        text = repo.read(path)
        for comment, table, body in TABLE.findall(text):
            out += [f"## {table}", "", f"{prose(comment)} (`{path}`)", "",
                    "| column | type | meaning |", "| --- | --- | --- |"]
            out += [f"| {name} | {kind} | {cell(meaning)} |"
                    for name, kind, meaning in columns(body)]
            out += added.get(table, [])
            out += [""] + [f"- {line}" for line in indexes.get(table, [])]
            if table in indexes:
                out.append("")
    return ("docs/schema.md", "\n".join(out)) if paths else None


def pictures():
    """The states of duty tasks and obligations, drawn for the manual."""
    source = repo.ROOT / "src/duty/states.tsv"
    made = dutygen.pictures(source) if source.exists() else {}
    return {f"docs/manual/{name}": text for name, text in made.items()}


def documents():
    return {**dict(made for made in (errors(), settings(), schema()) if made), **pictures()}


def main():
    problems = []
    for path, text in documents().items():
        target = repo.ROOT / path
        if sys.argv[1:] == ["--check"]:
            if not target.exists() or target.read_text(encoding="utf-8") != text:
                problems.append(f"{path} is not fresh: run tools/gendocs.py")
        else:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return repo.report("documents", problems)


if __name__ == "__main__":
    sys.exit(main())
