#!/usr/bin/python3
"""What tools/sqlgen.py takes, what it makes of it, and what it refuses."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../tools"))
sys.dont_write_bytecode = True
import sqlgen  # noqa: E402


class SqlGen(unittest.TestCase):
    def made(self, sql, migration="CREATE TABLE t (id @INT@) @STRICT@;\n", name="note.sql",
             migration_name="0001_t.sql"):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, "src/note"))
            os.makedirs(os.path.join(root, "migrations"))
            with open(os.path.join(root, "src/note", name), "w") as f:
                f.write(sql)
            with open(os.path.join(root, "migrations", migration_name), "w") as f:
                f.write(migration)
            header, source, _ = sqlgen.generate(root)
            return header, source

    def refused(self, words, sql, **more):
        with self.assertRaises(sqlgen.Refused) as caught:
            self.made(sql, **more)
        self.assertIn(words, str(caught.exception))

    def test_one_text_serves_both(self):
        header, source = self.made("-- name: A_GET\nSELECT 1 WHERE 1 = $1 AND 2 = $2;\n")
        self.assertIn("SQL_A_GET, /* src/note/note.sql */", header)
        self.assertEqual(source.count("SELECT 1 WHERE 1 = $1 AND 2 = $2"), 2)
        self.assertIn(".params = 2", source)
        self.assertIn('.module = "note"', source)

    def test_variants(self):
        _, source = self.made("-- name: A @sqlite\nSELECT 1;\n-- name: A @pgsql\nSELECT 2;\n")
        self.assertLess(source.index("SELECT 1"), source.index("SELECT 2"))
        self.refused("A has no @pgsql", "-- name: A @sqlite\nSELECT 1;\n")
        self.refused("other parameters",
                     "-- name: A @sqlite\nSELECT $1;\n-- name: A @pgsql\nSELECT 1;\n")
        self.refused("no database is called @oracle", "-- name: A @oracle\nSELECT 1;\n")

    def test_parameters_first_appear_in_order(self):
        self.refused("$2 appears before $1", "-- name: A\nSELECT $2, $1;\n")
        self.refused("$3 appears before $2", "-- name: A\nSELECT $1, $3;\n")
        _, source = self.made("-- name: A\nSELECT $1, '$9', $2, $1 -- $8\n;\n")
        self.assertIn(".params = 2", source)

    def test_a_semicolon_in_a_literal_does_not_end_a_statement(self):
        _, source = self.made("-- name: A\nSELECT ';'\n, 2;\n")
        self.assertIn("SELECT ';'", source)
        self.refused("two statements", "-- name: A\nSELECT 1; SELECT 2;\n")

    def test_names(self):
        self.refused("already at", "-- name: A\nSELECT 1;\n-- name: A\nSELECT 1;\n")
        self.refused("without a name", "SELECT 1;\n")
        self.refused("has no text", "-- name: A\n-- name: B\nSELECT 1;\n")
        self.refused("capitals", "-- name: get\nSELECT 1;\n")
        self.refused("does not end", "-- name: A\nSELECT 1\n")
        self.refused("a mark without", "-- name: A\nSELECT 1;\n-- scan: why\n")

    LIST = ("-- name: L\n-- filter: unit = t.unit_id\n-- filter @sqlite: q = m MATCH ?\n"
            "-- filter @pgsql: q = v @@ ?\n-- order: due = t.due\n-- key: t.id\n"
            "SELECT id FROM t WHERE tenant_id = $1 {where} {order};\n")

    def test_lists(self):
        _, source = self.made(self.LIST)
        self.assertIn('{"q", {"m MATCH ?", "v @@ ?"}}', source)
        self.assertIn('{"due", {"t.due", "t.due"}}', source)
        self.assertIn('.key = {"t.id", "t.id"}', source)
        self.refused("marks", self.LIST.replace("{where}", ""))
        self.refused("no marks", self.LIST.replace("{where} {order}", ""))
        self.refused("too many", self.LIST.replace("= t.due", "= ?"))
        self.refused("q of L has no @pgsql",
                     self.LIST.replace("-- filter @pgsql: q = v @@ ?\n", ""))
        self.refused("behind {where}", self.LIST.replace("{where}", "{where} AND x = $2"))

    def test_checks_are_marked(self):
        _, source = self.made("-- name: CHECK_A\nSELECT 1;\n", name="checks.sql")
        self.assertIn(".check = true", source)

    def test_migrations(self):
        _, source = self.made(
            "-- name: A\nSELECT 1;\n",
            "-- about\nCREATE TABLE t (id @KEY@, b @BLOB@) @STRICT@; -- why\n"
            "-- @sqlite\nPRAGMA x;\n-- @pgsql\nSELECT y;\n-- @both\nSELECT z;\n")
        self.assertIn('"CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT;\\n"\n'
                      '    "PRAGMA x;\\n"\n    "SELECT z;"', source)
        self.assertIn('"CREATE TABLE t (id BIGINT NOT NULL, PRIMARY KEY (tenant_id, id), b BYTEA)'
                      ' ;\\n"\n    "SELECT y;\\n"\n    "SELECT z;"', source)
        self.refused("no template word is called @FOO@", "", migration="SELECT @FOO@;\n")
        self.refused("template words are for migrations",
                     "-- name: A\nSELECT @INT@;\n")
        self.refused("the next number is 0001", "", migration_name="0002_t.sql")
        self.refused("expected NNNN_what.sql", "", migration_name="1_t.sql")

    def test_text_survives_c(self):
        _, source = self.made("-- name: A\nSELECT '\\', \"a\";\n")
        self.assertIn("SELECT '\\\\', \\\"a\\\"", source)


if __name__ == "__main__":
    unittest.main()
