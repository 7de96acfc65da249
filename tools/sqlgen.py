#!/usr/bin/python3
"""tools/sqlgen.py -- the statements and migrations as C.

    sqlgen.py SOURCE_ROOT OUT_H OUT_C [DEPFILE]

Reads SOURCE_ROOT/src/*/*.sql and SOURCE_ROOT/migrations/*.sql; writes the enum (OUT_H), the texts
(OUT_C) and what they depend on (DEPFILE: the files and their folders, so that a new file is seen).

A statement file:

    -- name: TASK_LIST              opens a statement (both databases)
    -- name: X @sqlite              ... of one database; the other must stand beside it
    -- scan: reason                 its plan may read a whole table
    -- filter: NAME = expression    of a list; "?" in it takes the value (condition MATCH)
    -- filter @pgsql: NAME = ...    of one database
    -- order: NAME = expression     an order of a list; never NULL
    -- key: expression              what breaks ties of an order (default "id")
    SELECT ... WHERE tenant_id = $1 {where} {order};

Lines that begin with "-- " and another word are remarks.  The marks stand above the statement's
text, in front of or behind its name.  A file named checks.sql holds consistency queries: each gives
no row where the data is sound.

A migration is plain SQL in the words of both databases, with the template words below; a line
"-- @sqlite" or "-- @pgsql" begins a part of one database, "-- @both" ends it.
"""
import hashlib
import os
import re
import sys

WORDS = {  # word: (SQLite, PostgreSQL)
    "@INT@": ("INTEGER", "BIGINT"),
    "@REAL@": ("REAL", "DOUBLE PRECISION"),
    "@KEY@": ("INTEGER PRIMARY KEY", "BIGINT NOT NULL, PRIMARY KEY (tenant_id, id)"),
    "@STRICT@": ("STRICT", ""),
    "@BLOB@": ("BLOB", "BYTEA"),
    "@JSON@": ("TEXT", "JSON"),
}
DBS = ("sqlite", "pgsql")
NAME = re.compile(r"-- name:\s*(\S+)(?:\s+@(\w+))?\s*$")
MARK = re.compile(r"-- (scan|filter|order|key)(?:\s+@(\w+))?:\s*(.*?)\s*$")


class Refused(Exception):
    pass


class Statement:
    def __init__(self, name, module, check, where):
        self.name, self.module, self.check, self.where = name, module, check, where
        self.file = where.rsplit(":", 1)[0]
        self.text = [None, None]
        self.scan = None
        self.key = ["id", "id"]
        self.filters, self.orders = {}, {}  # name: [sqlite, pgsql]


def bare(sql):
    """SQL with comments and literals blanked, of the same length."""
    pattern = r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
    return re.sub(pattern, lambda m: " " * len(m.group()), sql, flags=re.S)


def parameters(text, where):
    """The number of $n; refused unless they first appear in order (SQLite numbers them so)."""
    seen = 0
    code = bare(text)
    for m in re.finditer(r"\$(\d+)", code):
        n = int(m.group(1))
        if n > seen + 1 or n == 0:
            raise Refused(f"{where}: ${n} appears before ${seen + 1}")
        if n == seen + 1:
            mark = code.find("{where}")
            if 0 <= mark < m.start():
                raise Refused(f"{where}: ${n} first appears behind {{where}}")
            seen = n
    return seen


def per_db(mark_db, where):
    if mark_db is None:
        return (0, 1)
    if mark_db not in DBS:
        raise Refused(f"{where}: no database is called @{mark_db}")
    return (DBS.index(mark_db),)


def add_mark(statement, kind, db, rest, where):
    which = per_db(db, where)
    if kind == "scan":
        if rest == "":
            raise Refused(f"{where}: scan needs a reason")
        statement.scan = rest
        return
    if kind == "key":
        for i in which:
            statement.key[i] = rest
        return
    m = re.fullmatch(r"([a-z][a-z0-9_]*)\s*=\s*(.+)", rest)
    if m is None:
        raise Refused(f"{where}: expected \"{kind}: name = expression\"")
    table = statement.filters if kind == "filter" else statement.orders
    both = table.setdefault(m.group(1), [None, None])
    for i in which:
        if both[i] is not None and both[i] != m.group(2):
            raise Refused(f"{where}: {kind} {m.group(1)} stands there twice")
        both[i] = m.group(2)


def read_statements(path, rel, module, statements):
    check = os.path.basename(path) == "checks.sql"
    marks, name, db, lines = [], None, None, []
    with open(path, encoding="utf-8") as f:
        source = f.read()
    for number, line in enumerate(source.split("\n"), 1):
        where = f"{rel}:{number}"
        if not lines:  # between statements
            m = NAME.match(line)
            if m:
                if name is not None:
                    raise Refused(f"{where}: {name} has no text")
                name, db = m.group(1), m.group(2)
                if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
                    raise Refused(f"{where}: a name is written in capitals")
                continue
            m = MARK.match(line)
            if m:
                marks.append((*m.groups(), where))
                continue
            if line.startswith("--") or line.strip() == "":
                continue
            if name is None:
                raise Refused(f"{where}: a text without a name")
        elif NAME.match(line):
            raise Refused(f"{where}: {name} does not end with a semicolon")
        lines.append(line)
        if not bare("\n".join(lines)).rstrip().endswith(";"):
            continue
        text = "\n".join(lines).rstrip()[:-1].rstrip()
        if re.search(r"@[A-Z]+@", text):
            raise Refused(f"{where}: template words are for migrations only")
        if ";" in bare(text):
            raise Refused(f"{where}: {name} holds two statements")
        statement = statements.get(name)
        if statement is None:
            statement = statements[name] = Statement(name, module, check, where)
        elif statement.module != module or db is None:
            raise Refused(f"{where}: {name} is already at {statement.where}")
        for i in per_db(db, where):
            if statement.text[i] is not None:
                raise Refused(f"{where}: {name} is already at {statement.where}")
            statement.text[i] = text
        for mark in marks:
            add_mark(statement, *mark)
        marks, name, db, lines = [], None, None, []
    if name is not None:
        raise Refused(f"{rel}: {name} does not end with a semicolon")
    if marks:
        raise Refused(f"{marks[0][3]}: a mark without a statement")


def finish(statement):
    """Check what can only be seen of the whole."""
    for i in (0, 1):
        if statement.text[i] is None:
            raise Refused(f"{statement.where}: {statement.name} has no @{DBS[i]}")
    counts = {parameters(text, f"{statement.where}: {statement.name}") for text in statement.text}
    if len(counts) != 1:
        raise Refused(f"{statement.where}: {statement.name} takes other parameters on each database")
    statement.params = counts.pop()
    for text in statement.text:
        marks = re.findall(r"\{\w+\}", bare(text))
        if marks not in ([], ["{where}", "{order}"]):
            raise Refused(f"{statement.where}: {statement.name} has the marks {marks}; a list has "
                          "{where} and then {order}, once each")
        if not marks and (statement.filters or statement.orders):
            raise Refused(f"{statement.where}: {statement.name} declares a filter or an order but "
                          "has no marks {where} and {order}")
    for table in (statement.filters, statement.orders):
        for name, both in table.items():
            for i in (0, 1):
                if both[i] is None:
                    raise Refused(f"{statement.where}: {name} of {statement.name} has no @{DBS[i]}")
                if both[i].count("?") > (1 if table is statement.filters else 0):
                    raise Refused(f"{statement.where}: {name} of {statement.name} has a \"?\" too many")


def read_migration(path, rel):
    with open(path, "rb") as f:
        raw = f.read()
    parts, which = ([], []), (0, 1)
    for number, line in enumerate(raw.decode("utf-8").split("\n"), 1):
        m = re.match(r"-- @(\w+)\s*$", line)
        if m:
            which = (0, 1) if m.group(1) == "both" else per_db(m.group(1), f"{rel}:{number}")
            continue
        if line.startswith("--") or line.strip() == "":
            continue
        line = re.sub(r"\s+-- .*$", "", line)
        for i in which:
            parts[i].append(line)
    texts = []
    for i in (0, 1):
        text = "\n".join(parts[i])
        for word, by_db in WORDS.items():
            text = text.replace(word, by_db[i])
        m = re.search(r"@[A-Za-z_]+@", text)
        if m:
            raise Refused(f"{rel}: no template word is called {m.group()}")
        texts.append(text)
    return texts, hashlib.sha256(raw).hexdigest()


def c_text(text):
    if text is None:
        return "NULL"
    out = []
    for line in text.split("\n"):
        line = line.replace("\\", "\\\\").replace('"', '\\"').replace("??", "?\\?")
        out.append(line)
    return '"' + '\\n"\n    "'.join(out) + '"'


def c_named(kind, statement, table):
    if not table:
        return "NULL", []
    name = f"{kind}_{statement.name}"
    lines = [f"static const struct xj_named {name}[] = {{"]
    for key, both in table.items():
        lines.append(f"    {{{c_text(key)}, {{{c_text(both[0])}, {c_text(both[1])}}}}},")
    return name, lines + ["};"]


def write(path, text):
    """Write PATH unless it says TEXT already, so that nothing is rebuilt in vain."""
    try:
        with open(path, encoding="utf-8") as f:
            if f.read() == text:
                return
    except OSError:
        pass
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def generate(root):
    """(header, source, what was read) of the tree at ROOT."""
    statements, migrations, inputs = {}, [], []
    src = os.path.join(root, "src")
    inputs.append(src)
    for module in sorted(os.listdir(src)):
        folder = os.path.join(src, module)
        if not os.path.isdir(folder):
            continue
        inputs.append(folder)
        for name in sorted(os.listdir(folder)):
            if name.endswith(".sql"):
                path = os.path.join(folder, name)
                inputs.append(path)
                read_statements(path, f"src/{module}/{name}", module, statements)
    for statement in statements.values():
        finish(statement)

    folder = os.path.join(root, "migrations")
    inputs.append(folder)
    for name in sorted(os.listdir(folder)):
        m = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", name)
        if m is None:
            if name.endswith(".sql"):
                raise Refused(f"migrations/{name}: expected NNNN_what.sql")
            continue
        if int(m.group(1)) != len(migrations) + 1:
            raise Refused(f"migrations/{name}: the next number is {len(migrations) + 1:04d}")
        inputs.append(os.path.join(folder, name))
        texts, checksum = read_migration(os.path.join(folder, name), f"migrations/{name}")
        migrations.append((m.group(2), texts, checksum))

    names = sorted(statements)
    header = ["/* Made by tools/sqlgen.py from src/<module>/<module>.sql; not to be edited. */",
              "#pragma once", "", "enum xj_sql {"]
    header += [f"    SQL_{name}, /* {statements[name].file} */" for name in names]
    header += ["    SQL_COUNT", "};", ""]

    source = ["/* Made by tools/sqlgen.py from src/<module>/<module>.sql and migrations/. */",
              '#include "store/store_priv.h"', "",
              "/* ISO C promises only 4095 characters; both compilers take far more. */",
              '#pragma GCC diagnostic ignored "-Woverlength-strings"', ""]
    rows = []
    for name in names:
        s = statements[name]
        filters, lines = c_named("filters", s, s.filters)
        source += lines
        orders, lines = c_named("orders", s, s.orders)
        source += lines
        rows.append(f"""    [SQL_{name}] = {{
        .name = {c_text(name)},
        .module = {c_text(s.module)},
        .text = {{{c_text(s.text[0])},
            {c_text(s.text[1])}}},
        .scan = {c_text(s.scan)},
        .key = {{{c_text(s.key[0])}, {c_text(s.key[1])}}},
        .filters = {filters},
        .orders = {orders},
        .nfilters = {len(s.filters)},
        .norders = {len(s.orders)},
        .params = {s.params},
        .check = {"true" if s.check else "false"},
    }},""")
    source += ["const struct xj_statement xj_store__statements[SQL_COUNT] = {"] + rows + ["};", ""]
    source += ["const struct xj_migration xj_store__migrations[] = {"]
    for name, texts, checksum in migrations:
        source.append(f"    {{{c_text(name)}, {c_text(checksum)},\n"
                      f"     {{{c_text(texts[0])},\n      {c_text(texts[1])}}}}},")
    source += ["};", f"const int xj_store__migration_count = {len(migrations)};", ""]
    return "\n".join(header), "\n".join(source), inputs


def main(args):
    root, out_h, out_c = args[:3]
    try:
        header, source, inputs = generate(root)
    except Refused as refused:
        print(f"sqlgen: {refused}", file=sys.stderr)
        return 1
    write(out_h, header)
    write(out_c, source)
    if len(args) > 3:
        escaped = " ".join(path.replace(" ", "\\ ") for path in inputs)
        write(args[3], f"{out_h}: {escaped}\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
