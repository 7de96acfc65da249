#!/usr/bin/python3
"""Build with gcc's -fanalyzer in build/analyzer; fail on a finding that tools/analyzer.txt does not
explain.  A line there is "path:function:-Wanalyzer-kind  reason"."""
import os
import re
import shutil
import subprocess
import sys

import repo

BUILD = repo.ROOT / "build/analyzer"
FUNCTION = re.compile(r"In function [‘'](\w+)[’']")
FINDING = re.compile(r"^(?:\.\./)*(src/\S+?):\d+:\d+: warning: (.*) \[(-Wanalyzer-[\w-]+)\]")


def findings(text):
    """{path:function:kind: what gcc says}, in the order of TEXT."""
    found, function = {}, "?"
    for line in text.splitlines():
        match = FUNCTION.search(line)
        if match:
            function = match.group(1)
        match = FINDING.match(line)
        if match:
            found.setdefault(f"{match.group(1)}:{function}:{match.group(3)}", match.group(2))
    return found


def main():
    shutil.rmtree(BUILD, ignore_errors=True)
    env = dict(os.environ, CC="gcc", LC_ALL="C.UTF-8")
    subprocess.run(["/usr/bin/meson", "setup", "-Dbuildtype=debug", "-Dtests=false",
                    "-Dwerror=false", "-Dc_args=-fanalyzer", BUILD], cwd=repo.ROOT, env=env,
                   stdout=subprocess.DEVNULL, check=True)
    done = subprocess.run(["ninja", "-C", BUILD], env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    if done.returncode != 0:
        print(done.stdout[-4000:])
        return repo.report("analyzer", ["the build failed"])
    found, reasons = findings(done.stdout), repo.allowed("tools/analyzer.txt")
    problems = [f"{key}: {what}" for key, what in found.items() if key not in reasons]
    problems += [f"tools/analyzer.txt: '{key}' is not found any more"
                 for key in reasons if key not in found]
    return repo.report("analyzer", problems)


if __name__ == "__main__":
    sys.exit(main())
