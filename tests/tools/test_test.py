"""./test adds up what its runners print, and never takes silence for success."""
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import test as driver  # noqa: E402


class Counting(unittest.TestCase):
    def test_lines_are_summed(self):
        self.assertEqual(driver.count_lines("x\n3 passed, 0 failed\nsql: 2 passed, 1 failed, "
                                            "4 skipped\n9 passed, 9 failed of it\n"), (5, 1, 4))

    def test_tap_of_node(self):
        text = "# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n"
        self.assertEqual(driver.count_tap(text + text), (6, 4, 4))

    def test_unittest(self):
        self.assertEqual(driver.count_unittest("Ran 7 tests in 1s\n\nOK (skipped=2)\n"), (5, 0, 2))
        self.assertEqual(driver.count_unittest(
            "Ran 7 tests in 1s\n\nFAILED (failures=1, errors=2)\n"), (4, 3, 0))

    def test_vitest(self):
        self.assertEqual(driver.count_vitest(
            " Test Files  2 passed (2)\n      Tests  1 failed | 12 passed | 3 skipped (16)\n"),
            (12, 1, 3))


class Judging(unittest.TestCase):
    def step(self, count, text="", **more):
        step = driver.Step("a", [], count=count, **more)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(setattr, driver, "LOGS", driver.LOGS)
        driver.LOGS = Path(folder.name)
        step.log.write_text(text)
        return step

    def test_an_exit_status_without_a_failed_test_is_a_failure(self):
        step = self.step("lines", "3 passed, 0 failed\n")
        self.assertEqual(driver.count_step(step, 0), (3, 0, 0))
        self.assertEqual(driver.count_step(step, 1), (3, 1, 0))

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(driver.count_step(self.step("tap", "nothing\n"), 0), (0, 1, 0))

    def test_results_that_cannot_be_read_are_a_failure(self):
        self.assertEqual(driver.count_step(self.step("meson", folder="build/none"), 0), (0, 1, 0))

    def test_a_program_that_fails_behind_passing_subtests_counts(self):
        step = self.step("meson")
        logs = driver.LOGS / "meson-logs"
        logs.mkdir()
        step.folder = logs.parent
        (logs / "a.junit.xml").write_text(
            '<testsuites><testsuite name="p.a"><testcase name="x"/><testcase name="y">'
            '<skipped/></testcase></testsuite></testsuites>')
        (logs / "a.json").write_text('{"result": "FAIL"}\n{"result": "OK"}\n')
        self.assertEqual(driver.count_step(step, 1), (1, 1, 1))


class Choosing(unittest.TestCase):
    def test_a_named_step_brings_what_it_needs(self):
        names = [s.name for s in driver.choose(driver.table(), driver.FULL, ["unit"])]
        self.assertEqual(names, ["build-asan", "unit"])

    def test_needs_are_in_the_table_and_not_of_a_rarer_mode(self):
        steps = {s.name: s for s in driver.table()}
        for step in steps.values():
            for need in step.needs:
                self.assertIn(need, steps)
                self.assertLessEqual(steps[need].level, step.level)


class Running(unittest.TestCase):
    def run_steps(self, *steps):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(setattr, driver, "LOGS", driver.LOGS)
        driver.LOGS = Path(folder.name)
        run = driver.Run(steps)
        run.finish = lambda step, state: (setattr(step, "state", state), run.lock.notify_all())
        run.all()
        return [step.state for step in steps]

    def test_what_needs_a_failed_step_is_left_out(self):
        self.assertEqual(self.run_steps(
            driver.Step("a", ["false"]), driver.Step("b", ["true"], needs=("a",)),
            driver.Step("c", ["true"], needs=("b",)), driver.Step("d", ["true"])),
            ["FAILED", "left out", "left out", "ok"])

    def test_what_cannot_run_here_is_skipped_with_its_dependents(self):
        self.assertEqual(self.run_steps(
            driver.Step("a", ["true"], only_if=lambda: False, why="not here"),
            driver.Step("b", ["true"], needs=("a",))), ["skipped", "skipped"])

    def test_a_step_that_does_not_end_is_ended(self):
        self.assertEqual(self.run_steps(driver.Step("a", ["sleep", "60"], timeout=0.2)), ["FAILED"])

    def test_what_failed_is_named_beside_the_totals(self):
        step = driver.Step("a", [sys.executable, "-c",
                                 "print(' 12/182 xingjian:duty / light   FAIL   0.1s\\nall is well')"])
        self.run_steps(step)
        self.assertEqual(driver.reasons(step), ["12/182 xingjian:duty / light   FAIL   0.1s"])


if __name__ == "__main__":
    unittest.main()
