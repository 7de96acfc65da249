#!/usr/bin/python3
"""Check that each header of src/ and tests/support/ compiles alone, with both compilers, with the
flags that the build in FOLDER (default build/asan) uses."""
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys

import repo


def flags(folder):
    """Include paths and definitions of every C file of the build, each once."""
    seen = {}
    commands = json.loads((repo.ROOT / folder / "compile_commands.json").read_text())
    for entry in commands:
        words = shlex.split(entry["command"])
        for word in words:
            if word.startswith("-I"):
                seen["-I" + os.path.join(entry["directory"], word[2:])] = None
            elif word.startswith("-D") or word.startswith("-isystem"):
                seen[word] = None
    return list(seen)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "build/asan"
    common = ["-std=gnu17", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-x", "c",
              "-include", str(repo.ROOT / "src/base/banned.h"), *flags(folder), "-"]
    headers = [path for path in repo.files("src/*.h", "tests/support/*.h")
               if path != "src/base/banned.h" and (
                   not path.startswith("src/")
                   or (repo.ROOT / path).with_name("meson.build").exists())]
    pairs = [(compiler, path) for path in headers for compiler in ("gcc", "clang")]

    def compile_one(pair):
        compiler, path = pair
        # Twice: a header must also bear being included again.
        text = f'#include "{repo.ROOT / path}"\n' * 2
        done = subprocess.run([compiler, *common], input=text, cwd=repo.ROOT, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return [] if done.returncode == 0 else [f"{path} with {compiler}:\n{done.stdout}"]

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = [line for lines in pool.map(compile_one, pairs) for line in lines]
    return repo.report("headers", problems)


if __name__ == "__main__":
    sys.exit(main())
