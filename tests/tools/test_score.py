"""tests/plans/score.py: a perfect register passes every bar, a broken one fails its own."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "01-numbered-clauses"


class Score(unittest.TestCase):
    def run_with(self, change):
        """Score with a program that prints the truth after CHANGE(truth) as its register."""
        truth = json.loads((ROOT / f"samples/text/{NAME}.truth.json").read_text(encoding="utf-8"))
        change(truth)
        with tempfile.TemporaryDirectory() as folder:
            register = Path(folder) / "register.json"
            register.write_text(json.dumps(truth), encoding="utf-8")
            program = Path(folder) / "xingjian"
            program.write_text(f"#!/bin/sh\ncat '{register}'\n")
            program.chmod(0o755)
            return subprocess.run(
                [sys.executable, ROOT / "tests/plans/score.py", "--binary", program, "--plans",
                 folder, NAME], stdout=subprocess.PIPE, text=True, check=False)

    def test_the_truth_passes(self):
        done = self.run_with(lambda truth: None)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("6 passed, 0 failed, 1 skipped", done.stdout)

    def test_lost_tasks_fail(self):
        done = self.run_with(lambda truth: truth["tasks"].__delitem__(slice(0, 10)))
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"not ok text/{NAME}: tasks", done.stdout)

    def test_a_wrong_document_fails(self):
        done = self.run_with(lambda truth: truth["document"].update(
            title="x", doc_no="y", issuer="z", issued_on=None))
        self.assertIn(f"not ok text/{NAME}: document", done.stdout)

    def test_something_else_than_a_register_fails(self):
        done = self.run_with(lambda truth: truth.clear())
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not be compiled", done.stdout)


if __name__ == "__main__":
    unittest.main()
