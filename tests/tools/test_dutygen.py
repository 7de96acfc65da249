#!/usr/bin/python3
"""Tests of tools/dutygen.py."""
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import dutygen  # noqa: E402

STATES = "kind\tk\t某事\nstate\tk\ta\t甲\tlive\nstate\tk\tb\t乙\tover\nmove\tk\ta\tgo\tb\t走\twhy\n"


def read(function, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "t.tsv"
        path.write_text(text, encoding="utf-8")
        return function(path)


class Order(unittest.TestCase):
    """What duty tasks are sorted by knows every state that they may be in, and one order only."""

    KINDS = {"task", "instruction", "rectification", "step", "quota", "follow_up"}

    def test_a_list_by_state_has_a_place_for_each(self):
        sql = (ROOT / "src/duty/duty.sql").read_text(encoding="utf-8")
        ranks = re.findall(r"CASE d\.state (WHEN .*?) END", sql)
        self.assertEqual(len(ranks), 2)
        self.assertEqual(ranks[0], ranks[1])
        known = set(re.findall(r"WHEN '(\w+)'", ranks[0]))
        with open(ROOT / "src/duty/states.tsv", encoding="utf-8") as lines:
            rows = [line.split("\t") for line in lines]
        states = {row[2] for row in rows if row[0] == "state" and row[1] in self.KINDS}
        self.assertEqual(states - known, set())

    def test_a_list_by_light_has_one_order(self):
        sql = (ROOT / "src/duty/duty.sql").read_text(encoding="utf-8")
        ranks = re.findall(r"CASE l\.light (WHEN .*?) END", sql)
        self.assertEqual(len(ranks), 2)
        self.assertEqual(ranks[0], ranks[1])


class Dutygen(unittest.TestCase):
    def test_the_tables_of_the_project_are_read(self):
        kinds = dutygen.read_states(ROOT / "src/duty/states.tsv")
        self.assertEqual(list(kinds), ["task", "instruction", "return", "signing", "request", "rectification", "step",
                          "quota", "follow_up", "ladder"])
        self.assertGreater(len(dutygen.read_rules(ROOT / "src/duty/rules.tsv")), 10)
        self.assertGreater(len(dutygen.read_holidays(ROOT / "src/duty/holidays.tsv")), 10)

    def test_a_move_becomes_a_row(self):
        c, h = dutygen.generate(read(dutygen.read_states, STATES), [("n", "int", "7", 0, 60, "")], [])
        self.assertIn('{"go", "走", 1U, 1, XJ_NEED_WHY},', c)
        self.assertIn("XJ_RULE_N,", h)

    def test_a_fact_beside_the_state_leads_nowhere(self):
        kinds = read(dutygen.read_states, STATES + "move\tk\tb\tgo\t=\t走\t-\n")
        c, _ = dutygen.generate(kinds, [("n", "int", "7", 0, 60, "")], [])
        self.assertIn('{"go", "走", 2U, -1, 0},', c)
        self.assertIn("走：乙 时另记，状态不变", dutygen.picture(*kinds["k"]))

    def test_what_makes_no_sense_is_refused(self):
        for text in (STATES.replace("\ta\tgo\tb\t", "\ta\tgo\tc\t"),  # no such state
                     STATES + "state\tk\tc\t丙\tlive\n",  # nothing leads there
                     STATES + "move\tk\tb\tgo\ta\t走\t-\n",  # twice
                     STATES + "move\tk\ta\tgo\t=\t走\t-\n",  # from the same state
                     STATES.replace("why", "luck")):
            with self.assertRaises(ValueError):
                read(dutygen.read_states, text)
        for text in ("n\tint\t70\t0-60\tx\n", "n\tdates\t13-01\t2\tx\n", "n\tword\tc\ta,b\tx\n"):
            with self.assertRaises(ValueError):
                read(dutygen.read_rules, text)
        with self.assertRaises(ValueError):
            read(dutygen.read_holidays, "2026-01-02\t2026-01-01\toff\tx\n")

    def test_a_picture_names_every_state_and_move(self):
        svg = dutygen.picture(*read(dutygen.read_states, STATES)["k"])
        for word in ("某事的状态", "甲", "乙", "走：甲 → 乙（须说明理由）"):
            self.assertIn(word, svg)


if __name__ == "__main__":
    unittest.main()
