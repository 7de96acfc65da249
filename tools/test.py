#!/usr/bin/python3
"""./test behind its packages: a table of steps, run a few at a time, their results added up.

usage: test.py [--quick | --long] [--list] [STEP...]

Without STEP all steps of the mode run; with STEPs those and what they need.  Each step is a command
with a log in build/test-logs/; how its tests are counted is said beside it.  A step whose needs
failed is not run and counts as one skipped test.  The last line is "N passed, N failed, N skipped".
"""
import argparse
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "test-logs"
PYTHON = "/usr/bin/python3"
JOBS = max(2, os.cpu_count() or 2)

QUICK, FULL, LONG = 0, 1, 2
PG = "tests/support/with-pg.sh"  # runs what follows with a private PostgreSQL


class Step:
    """One command of the run.

    count says how its tests are counted: "status" (the command is one test), "meson" (the junit
    file of the build folder), "lines" (its lines "N passed, N failed[, N skipped]" summed), "tap"
    (node:test's closing lines, summed), "unittest" (Python's), "vitest", "none" (a build: counts
    only when it fails).
    """

    def __init__(self, name, command, needs=(), count="status", level=FULL, timeout=600,
                 env=None, folder=None, only_if=None, why=""):
        self.name, self.command, self.needs, self.count = name, command, needs, count
        self.level, self.timeout, self.env, self.folder = level, timeout, env or {}, folder
        self.only_if, self.why = only_if, why
        self.state, self.result, self.note = "waiting", (0, 0, 0), ""
        self.seconds = self.cpu = 0.0  # on the clock, of the processors

    @property
    def log(self):
        return LOGS / f"{self.name}.log"


def sh(text):
    return ["/bin/sh", "-euc", text]


def meson(folder, compiler, *options, targets=""):
    """Configure once, build; ninja reconfigures by itself when a meson.build changed."""
    setup = " ".join(["/usr/bin/meson", "setup", *options, folder])
    return sh(f"[ -f {folder}/build.ninja ] || CC={compiler} {setup}\nninja -j{JOBS} -C {folder} {targets}")


def meson_test(name, folder, *options, **more):
    """A step that runs the tests of FOLDER with a private PostgreSQL beside them."""
    return Step(name, [PG, "/usr/bin/meson", "test", "-C", folder, "--no-rebuild",
                       "--print-errorlogs", "--logbase", name, "--num-processes", str(JOBS),
                       "--no-suite", "tools", *options],
                count="meson", folder=folder, **more)


def check(name, **more):
    return Step(name, [PYTHON, f"tools/check_{name}.py"], level=QUICK, **more)


def check_long(name, **more):
    return Step(name, [PYTHON, f"tools/check_{name}.py"], level=LONG, **more)


# -O1 compiles in half the time of -O2, and the tests wait for databases more than they compute; -g1
# (functions and lines) is what a sanitizer's report needs, and spares a third of what is left.
ASAN = ("-Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized "
        "-Doptimization=1 -Dc_args=-g1")


NODE = "tools/with-node"


def has(path):
    return lambda: (ROOT / path).exists()


def web(name, script, **more):
    return Step(f"web-{name}", sh(f"cd web && ../{NODE} npm run --silent {script}"),
                needs=("web-install",), level=QUICK, **more)


def api(database, wrap=(), **more):
    return Step(f"api-{database}", [*wrap, NODE, "node", "tests/api/run.mjs", database],
                needs=("build-asan", "api-install"), count="tap", timeout=900,
                env={"XJ_BINARY": str(ROOT / "build/asan/xingjian")}, **more)


def table():
    return [
        # The long way first: steps are taken in this order, as their needs allow.
        Step("build-asan", meson("build/asan", "gcc", ASAN), count="none", level=QUICK,
             timeout=1200),
        Step("web-install", ["tools/npm-ci", "web"], count="none", level=QUICK),
        check("format"),
        check("layers"),
        check("sizes"),
        check("untested"),
        check("words"),
        check("docs"),
        check("openapi"),
        check("scorer"),
        Step("tools", [PYTHON, "-m", "unittest", "discover", "-s", "tests/tools", "-v"],
             count="unittest", level=QUICK),
        check("headers", needs=("build-asan",)),
        meson_test("unit", "build/asan", "--no-suite", "faults", needs=("build-asan",),
                   level=QUICK, timeout=900),
        meson_test("faults", "build/asan", "--suite", "faults", needs=("build-asan",),
                   timeout=1200),
        Step("api-install", ["tools/npm-ci", "tests/api"], count="none", level=QUICK),
        api("sqlite", level=QUICK),
        Step("build-release", ["tools/build"], needs=("web-install",), count="none", timeout=1200),
        api("postgresql", [PG]),
        Step("plans", ["tests/plans/score.py"], needs=("build-release",), count="lines",
             only_if=has("src/plan/compile.c"), why="no compiler"),
        Step("hard", ["tests/plans/hard.py"], needs=("build-release",), count="lines"),
        Step("mutations", ["tools/mutate_plan.py", "--check", "build/xingjian", "--count", "60"],
             needs=("build-release",), count="lines", only_if=has("src/plan/compile.c"),
             why="no compiler"),
        Step("smoke", ["tests/smoke.py"], needs=("build-release",), count="lines"),
        # Twice: the second run finds all that the first one published.
        Step("demo", sh("tools/demo.py --once --fresh\n"
                        "tools/demo.py --once | tee build/test-logs/demo-again.txt\n"
                        "! grep '^published' build/test-logs/demo-again.txt"),
             needs=("build-release",), env={"XJ_DEMO_DIR": str(ROOT / "build/test-demo")}),
        # A page waits more than it works: two at a time fill the cores.
        Step("browser", sh(f"{NODE} node --test --test-reporter=tap --test-concurrency=2 "
                           "tests/e2e/*.test.mjs"),
             needs=("build-release", "web-install", "api-install"), count="tap", timeout=1080,
             env={"XJ_BINARY": str(ROOT / "build/xingjian")}),
        # The same with each request on a bad line: who reads before the page is there is found out.
        Step("browser-slow", sh(f"{NODE} node --test --test-reporter=tap --test-concurrency=4 "
                                "tests/e2e/*.test.mjs"),
             needs=("browser",), count="tap", timeout=3600, level=LONG,
             env={"XJ_BINARY": str(ROOT / "build/xingjian"), "XJ_SLOW": "1",
                  "XJ_ARTEFACTS": str(ROOT / "build/artefacts-slow")}),
        web("types", "types"),
        web("lint", "lint"),
        web("unit", "test", count="vitest"),
        # The tests are gcc's; what they test is compiled by both.  Clang takes six times as long to
        # optimize it as to compile it, and the fuzzers' short walk does not win that back.
        Step("build-clang", meson("build/clang", "clang", ASAN, "-Doptimization=0", "-Dfuzz=true",
                                  targets="xingjian play/xingjian-play fuzzers"),
             count="none", timeout=1200),
        # The same walk each time; fuzz-long looks for new ones.
        Step("fuzz", ["tests/fuzz/run.py", "--seconds", "3", "--seed", "1"],
             needs=("build-clang",), count="lines"),

        # What takes long, for ./test --long.
        Step("cppcheck", ["cppcheck", "-q", f"-j{JOBS}", "--enable=warning,portability,performance",
                          "--inline-suppr", "--error-exitcode=1", "--std=c11", "-Isrc",
                          "-Ibuild/asan/src", "-D__GNUC__",
                          "--suppressions-list=tools/cppcheck.txt", "src"],
             needs=("build-asan",), level=LONG),
        check_long("analyzer", timeout=3600),
        Step("build-tsan", meson("build/tsan", "gcc", "-Db_sanitize=thread", "-Db_lundef=false",
                                 "-Dbuildtype=debugoptimized"),
             count="none", level=LONG, timeout=1800),
        meson_test("tsan", "build/tsan", "--no-suite", "fuzz", "--no-suite", "faults",
                   "--timeout-multiplier", "5", needs=("build-tsan",), level=LONG, timeout=3600),
        Step("build-coverage", meson("build/coverage", "gcc", "-Db_coverage=true",
                                     "-Dbuildtype=debug"),
             count="none", level=LONG, timeout=1800),
        meson_test("coverage-unit", "build/coverage", "--no-suite", "faults",
                   needs=("build-coverage",), level=LONG, timeout=3600),
        check_long("coverage", needs=("coverage-unit",)),
        Step("build-plain", meson("build/plain", "gcc", "-Dbuildtype=debugoptimized"),
             count="none", level=LONG, timeout=1800),
        meson_test("valgrind", "build/plain", "--no-suite", "fuzz", "--no-suite", "faults",
                   "--timeout-multiplier", "20", "--wrap",
                   "valgrind -q --error-exitcode=9 --leak-check=full "
                   "--errors-for-leak-kinds=definite",
                   needs=("build-plain",), level=LONG, timeout=7200),
        meson_test("faults-long", "build/plain", "--suite", "faults", "--timeout-multiplier", "10",
                   needs=("build-plain",), level=LONG, timeout=7200, env={"XJ_LONG": "1"}),
        Step("fuzz-long", ["tests/fuzz/run.py", "--total", "1800"], needs=("build-clang",),
             count="lines", level=LONG, timeout=3600),
    ]


# ---- counting ----

def count_meson(step):
    """Sub-tests from the junit file; a program that failed without a failed sub-test adds one.

    execute() removed the files of earlier runs, so there is one of each (a --wrap stands in its
    name).
    """
    logs = ROOT / step.folder / "meson-logs"
    junit, = logs.glob(f"{step.name}*.junit.xml")
    programs, = logs.glob(f"{step.name}*.json")
    passed = failed = skipped = 0
    failing = set()
    for suite in ElementTree.parse(junit).getroot().iter("testsuite"):
        for case in suite.iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
                failing.add(suite.get("name", ""))
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    wrong = 0
    with open(programs, encoding="utf-8") as lines:
        for line in lines:
            wrong += json.loads(line)["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")
    return passed, failed + max(0, wrong - len(failing)), skipped


def last_numbers(text, *patterns):
    """The last number that each pattern finds, 0 where it finds none."""
    return tuple(int((re.findall(p, text, re.M) or ["0"])[-1]) for p in patterns)


def sum_numbers(text, *patterns):
    return tuple(sum(map(int, re.findall(p, text, re.M))) for p in patterns)


def count_unittest(text):
    ran, = last_numbers(text, r"^Ran (\d+) tests?")
    failed, errors, skipped = last_numbers(text, r"failures=(\d+)", r"errors=(\d+)",
                                           r"skipped=(\d+)")
    return ran - failed - errors - skipped, failed + errors, skipped


def count_lines(text):
    rows = re.findall(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", text, re.M)
    return tuple(sum(int(row[i] or 0) for row in rows) for i in range(3))


def count_tap(text):
    passed, failed, cancelled, skipped, todo = sum_numbers(
        text, *(rf"^# {word} (\d+)$" for word in ("pass", "fail", "cancelled", "skipped", "todo")))
    return passed, failed + cancelled, skipped + todo


def count_vitest(text):
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    line = (re.findall(r"^\s*Tests\s+(.*)$", plain, re.M) or [""])[-1]
    return last_numbers(line, r"(\d+) passed", r"(\d+) failed", r"(\d+) (?:skipped|todo)")


def count_step(step, status):
    """(passed, failed, skipped); a step that failed has a failure, one that counts ran something."""
    if step.count == "status":
        return (1, 0, 0) if status == 0 else (0, 1, 0)
    if step.count == "none":
        return (0, 0, 0) if status == 0 else (0, 1, 0)
    text = step.log.read_text(encoding="utf-8", errors="replace")
    try:
        if step.count == "meson":
            passed, failed, skipped = count_meson(step)
        else:
            counters = {"unittest": count_unittest, "lines": count_lines, "tap": count_tap,
                        "vitest": count_vitest}
            passed, failed, skipped = counters[step.count](text)
    except (OSError, ElementTree.ParseError, ValueError, KeyError) as err:
        step.note = f"the results could not be read: {err}"
        return 0, 1, 0
    if status != 0 and failed == 0:
        step.note = f"exit status {status} without a failed test"
        failed = 1
    if status == 0 and passed + failed + skipped == 0:
        step.note = "no test ran"
        failed = 1
    return passed, failed, skipped


# ---- running ----

class Run:
    def __init__(self, steps):
        self.steps = {step.name: step for step in steps}
        self.lock = threading.Condition()
        self.children = {}
        self.stopping = False

    def environment(self, step):
        env = dict(os.environ)
        env.setdefault("HOME", str(ROOT / "build" / "home"))
        Path(env["HOME"]).mkdir(parents=True, exist_ok=True)
        env.update({
            "LC_ALL": "C.UTF-8", "CI": "true", "NO_COLOR": "1",
            "ASAN_OPTIONS": "handle_segv=2:detect_leaks=1",
            "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
        })
        env.update(step.env)
        return env

    def execute(self, step):
        began = time.monotonic()
        if step.count == "meson":
            for old in (ROOT / step.folder / "meson-logs").glob(f"{step.name}*"):
                old.unlink()
        with open(step.log, "wb") as log:
            child = subprocess.Popen(step.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                                     stderr=subprocess.STDOUT, env=self.environment(step),
                                     start_new_session=True)
            with self.lock:
                self.children[step.name] = child
            status = self.wait(step, child)
            # Whatever a step left running in its own group ends with it.
            self.signal(child, signal.SIGKILL)
        step.seconds = time.monotonic() - began
        return status

    def wait(self, step, child):
        """The exit status of CHILD, after STEP's timeout 124; STEP gets the processor time."""
        limit = time.monotonic() + step.timeout
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid != 0:
                child.returncode = os.waitstatus_to_exitcode(status)
                step.cpu = used.ru_utime + used.ru_stime
                return child.returncode if not step.note else 124
            if time.monotonic() > limit and not step.note:
                step.note = f"not done after {step.timeout} s"
                self.signal(child, signal.SIGTERM)
            elif time.monotonic() > limit + 10:
                self.signal(child, signal.SIGKILL)
            time.sleep(0.05)

    @staticmethod
    def signal(child, what):
        try:
            os.killpg(child.pid, what)
        except ProcessLookupError:
            pass

    def finish(self, step, state):
        """Say how STEP ended; called with the lock held."""
        step.state = state
        self.children.pop(step.name, None)
        passed, failed, skipped = step.result
        counts = f"{passed} passed, {failed} failed, {skipped} skipped"
        line = f"{state:<8}{step.name:<16}{step.seconds:7.1f} s {step.cpu:7.1f} cpu-s  {counts}"
        print(line + (f"  ({step.note})" if step.note else ""), flush=True)
        self.lock.notify_all()

    def worker(self):
        while True:
            with self.lock:
                step = self.next_step()
                while step is None:
                    if self.stopping or not any(s.state in ("waiting", "running")
                                                for s in self.steps.values()):
                        return
                    self.lock.wait()
                    step = self.next_step()
                step.state = "running"
            status = self.execute(step)
            with self.lock:
                step.result = count_step(step, status)
                self.finish(step, "ok" if step.result[1] == 0 else "FAILED")

    def next_step(self):
        """The first step that can run now; steps that never can are ended on the way."""
        if self.stopping:
            return None
        for step in self.steps.values():
            if step.state != "waiting":
                continue
            missing = step.only_if is not None and not step.only_if()
            broken = [n for n in step.needs if self.steps[n].state in ("FAILED", "left out")]
            absent = [n for n in step.needs if self.steps[n].state == "skipped"]
            if missing or broken or absent:
                step.result = (0, 0, 1)
                step.note = step.why if missing else "needs " + ", ".join(broken + absent)
                self.finish(step, "left out" if broken else "skipped")
                continue
            if all(self.steps[n].state == "ok" for n in step.needs):
                return step
        return None

    def all(self):
        workers = [threading.Thread(target=self.worker, daemon=True) for _ in range(JOBS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            while worker.is_alive():
                worker.join(0.5)

    def stop(self):
        with self.lock:
            self.stopping = True
            children = list(self.children.values())
            self.lock.notify_all()
        for child in children:
            self.signal(child, signal.SIGTERM)
        limit = time.monotonic() + 20
        while any(child.returncode is None for child in children) and time.monotonic() < limit:
            time.sleep(0.1)
        for child in children:
            self.signal(child, signal.SIGKILL)


def tail(step, lines=60):
    """The end of a failed step's log, and what looks like the reason where that is further up."""
    text = step.log.read_text(encoding="utf-8", errors="replace").splitlines()
    pattern = re.compile(r"error:|^FAILED|^not ok|ERROR: (Address|Leak)|runtime error|^FAIL:|"
                         r"Assertion|AssertionError|✖|^# .*(failed|expected)")
    early = [line for line in text[:-lines] if pattern.search(line)][:30]
    return "\n".join(early + (["..."] if early else []) + text[-lines:])


def reasons(step, limit=20):
    """The lines of a failed step's log that name what failed, said again beside the totals: of a
    long output the middle is what gets lost first."""
    text = step.log.read_text(encoding="utf-8", errors="replace").splitlines()
    pattern = re.compile(r"^\s*\d+/\d+ .*\b(FAIL|TIMEOUT|ERROR|INTERRUPT)\b|^\s*not ok|^FAIL:|^ERROR:|"
                         r"^\s*✖|^FAILED|runtime error:|ERROR: \w+Sanitizer|^# (?!Subtest).*(?:failed|expected)|"
                         r"\.[cs]:\d+: error:")
    named = list(dict.fromkeys(line.strip()[:200] for line in text if pattern.search(line)))
    return named[:limit]


def choose(steps, level, names):
    """The steps of LEVEL, or those NAMED with all that they need."""
    if not names:
        return [step for step in steps if step.level <= level]
    known = {step.name: step for step in steps}
    wanted, queue = set(), list(names)
    while queue:
        name = queue.pop()
        if name not in known:
            sys.exit(f"test: there is no step '{name}'; ./test --list names them")
        if name not in wanted:
            wanted.add(name)
            queue += known[name].needs
    return [step for step in steps if step.name in wanted]


def main():
    parser = argparse.ArgumentParser(prog="test", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--quick", action="store_true", help="the part for every few minutes")
    mode.add_argument("--long", action="store_true", help="all, and what takes an hour")
    parser.add_argument("--list", action="store_true", help="name the steps")
    parser.add_argument("step", nargs="*")
    args = parser.parse_args()

    level = QUICK if args.quick else LONG if args.long else FULL
    if args.list:
        for step in table():
            print(f"{step.name:<16}{('quick', 'full', 'long')[step.level]:<8}"
                  f"needs: {' '.join(step.needs) or '-'}")
        return 0
    steps = choose(table(), level, args.step)
    for step in steps:  # outside what was chosen nothing is waited for
        step.needs = tuple(n for n in step.needs if n in {s.name for s in steps})
    LOGS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    run = Run(steps)
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        run.all()
    except KeyboardInterrupt:
        run.stop()
        print("stopped")
    for step in steps:
        if step.state == "FAILED":
            print(f"\n==== {step.name} failed {step.note}\n     {step.log}")
            if step.name != "plans":  # printed whole below
                print(tail(step))
    shown = [s for s in steps if s.name == "plans" and s.state in ("ok", "FAILED")]
    for step in shown:
        print(f"\n==== {step.name}\n" + step.log.read_text(encoding="utf-8", errors="replace"))
    failed_steps = [s.name for s in steps if s.state == "FAILED"]
    for step in steps:
        if step.state == "FAILED":
            print(f"\n{step.name}: {step.note or 'failed'}")
            print("\n".join("    " + line for line in reasons(step)))
    unfinished = sum(s.state in ("waiting", "running") for s in steps)
    totals = [sum(s.result[i] for s in steps) for i in range(3)]
    print(f"\n{len(steps)} steps in {time.monotonic() - began:.0f} s, "
          f"{sum(s.cpu for s in steps):.0f} cpu-s"
          + (f"; failed: {' '.join(failed_steps)}" if failed_steps else "")
          + (f"; {unfinished} not run" if unfinished else ""))
    totals[1] += unfinished
    print(f"{totals[0]} passed, {totals[1]} failed, {totals[2]} skipped", flush=True)
    return 0 if totals[1] == 0 and totals[0] > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
