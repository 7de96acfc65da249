"""mutate_plan.py makes pairs that differ in one thing, and sees when a register does not follow."""
import contextlib
import hashlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import mutate_plan  # noqa: E402

SEED, COUNT = 7, 20
READER = """#!{python}
import hashlib, sys
text = open(sys.argv[3], encoding="utf-8").read()
print(open("{folder}/" + hashlib.sha256(text.encode("utf-8")).hexdigest(), encoding="utf-8").read())
"""


class Mutations(unittest.TestCase):
    def test_each_changes_the_text_and_the_register(self):
        for what, base, mutant in mutate_plan.mutants(SEED, 200):
            with self.subTest(what=what, layout=base.layout):
                self.assertNotEqual(mutate_plan.printed(base), mutate_plan.printed(mutant))
                self.assertTrue(mutate_plan.changes(base.register(), mutant.register()))

    def test_one_seed_gives_one_text(self):
        def texts():
            return [mutate_plan.printed(m) for _, _, m in mutate_plan.mutants(SEED, COUNT)]
        self.assertEqual(texts(), texts())

    def test_a_change_of_figure_is_one_change(self):
        for what, base, mutant in mutate_plan.mutants(SEED, 200):
            if what == "another_figure":
                changes = mutate_plan.changes(base.register(), mutant.register())
                self.assertEqual([c["path"].rsplit("/", 1)[1] for c in changes], ["value"])


class Check(unittest.TestCase):
    """check() against a compiler that answers what it was given for a text."""

    def run_check(self, answer):
        """Its status and last line, where ANSWER(base, mutant) is the register of the mutant."""
        with tempfile.TemporaryDirectory() as name:
            for _, base, mutant in mutate_plan.mutants(SEED, COUNT):
                self.store(name, base, base.register())
                self.store(name, mutant, answer(base, mutant))
            reader = Path(name, "reader")
            reader.write_text(READER.format(python=sys.executable, folder=name), encoding="utf-8")
            reader.chmod(0o755)
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                status = mutate_plan.check(str(reader), SEED, COUNT)
            return status, said.getvalue().splitlines()

    @staticmethod
    def store(folder, plan, register):
        key = hashlib.sha256(mutate_plan.printed(plan).encode("utf-8")).hexdigest()
        Path(folder, key).write_text(json.dumps(register), encoding="utf-8")

    def test_a_right_compiler_passes(self):
        status, lines = self.run_check(lambda base, mutant: mutant.register())
        self.assertEqual((status, lines), (0, [f"mutations: {COUNT} passed, 0 failed"]))

    def test_one_that_does_not_see_the_change_fails(self):
        status, lines = self.run_check(lambda base, mutant: base.register())
        self.assertEqual((status, lines[-1]), (1, f"mutations: 0 passed, {COUNT} failed"))

    def test_one_that_changes_more_fails(self):
        def answer(base, mutant):
            register = mutant.register()
            register["targets"][-1]["indicator"] += "（试行）"
            return register
        status, lines = self.run_check(answer)
        self.assertEqual(status, 1)
        self.assertTrue(any("extra /targets/" in line for line in lines))

    def test_one_that_makes_no_register_fails(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(mutate_plan.check("/bin/false", SEED, 5), 1)
        self.assertTrue(said.getvalue().endswith("mutations: 0 passed, 5 failed\n"))


if __name__ == "__main__":
    unittest.main()
