#!/usr/bin/python3
"""Tests of tools/grammargen.py."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(tables):
    """(exit status, the .c, the .h, standard error) for {name: text}."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        paths = []
        for name, text in tables.items():
            paths.append(folder / f"{name}.tsv")
            paths[-1].write_text(text, encoding="utf-8")
        out = [folder / "out.c", folder / "out.h"]
        done = subprocess.run([sys.executable, ROOT / "tools/grammargen.py", *out, *paths],
                              capture_output=True, text=True)
        c, h = (p.read_text(encoding="utf-8") if p.exists() else "" for p in out)
        return done.returncode, c, h, done.stderr


class Grammargen(unittest.TestCase):
    def test_a_table_becomes_a_class_and_its_values(self):
        status, c, h, _ = run({"role": "# words\n牵头\tlead\n负责\tresponsible\n总牵头\tlead\n"})
        self.assertEqual(status, 0)
        self.assertIn("XJ_G_ROLE_LEAD = 1,", h)
        self.assertIn("XJ_G_ROLE_RESPONSIBLE = 2,", h)
        self.assertIn('{u"牵头", 2, 1},', c)
        self.assertIn("xj_g_role = {words_role, 3, 3,", c)

    def test_phrases_are_sorted_by_code_units(self):
        _, c, _, _ = run({"x": "负责\ta\n每年\ta\n牵头\ta\n"})
        self.assertLess(c.index("每年"), c.index("牵头"))
        self.assertLess(c.index("牵头"), c.index("负责"))

    def test_phrases_are_folded_as_documents_are(self):
        _, c, _, _ = run({"x": "各县（市、区）\ta\n２０\ta\n5～8\ta\n"})
        self.assertIn('u"各县(市、区)"', c)
        self.assertIn('u"20"', c)
        self.assertIn('u"5-8"', c)

    def test_mistakes_are_named_with_their_line(self):
        for text, words in (("牵头\n", "x.tsv:1"), ("# only\n", "empty"), ("牵头\tLead\n", "x.tsv:1"),
                            ("甲\ta\n乙\ta\n甲\tb\n", "x.tsv:3")):
            status, _, _, err = run({"x": text})
            self.assertEqual(status, 1)
            self.assertIn(words, err)

    def test_the_grammar_itself_is_sound(self):
        tables = {p.stem: p.read_text(encoding="utf-8")
                  for p in sorted((ROOT / "src/plan/grammar").glob("*.tsv"))}
        status, c, _, err = run(tables)
        self.assertEqual(status, 0, err)
        self.assertIn("xj_g_column", c)

    def test_every_table_is_built(self):
        build = (ROOT / "src/plan/meson.build").read_text(encoding="utf-8")
        for path in (ROOT / "src/plan/grammar").glob("*.tsv"):
            self.assertIn(f"'grammar/{path.name}'", build)


if __name__ == "__main__":
    unittest.main()
