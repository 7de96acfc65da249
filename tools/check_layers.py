#!/usr/bin/python3
"""Check the includes of src/ against src/LAYERS.

A file of a module may include the headers of its own module and of those that its line names; a
header *_priv.h is for its own folder (and that module's tests and the fuzz targets).  A line of LAYERS names only
modules above it, so there is no cycle.  Every folder of src/ stands in LAYERS and has a README.md.
"""
import re
import sys
from pathlib import PurePosixPath

import repo

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def parse(text):
    """({module: set of modules it may use}, problems) of a LAYERS text."""
    layers, problems = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        module, colon, used = line.partition(":")
        if not colon:
            problems.append(f"src/LAYERS:{number}: expected 'module: modules'")
            continue
        module = module.strip()
        for name in used.split():
            if name not in layers:
                problems.append(f"src/LAYERS:{number}: '{module}' uses '{name}', which does not "
                                "stand above it")
        layers[module] = set(used.split())
    return layers, problems


def check_file(path, text, layers):
    """The problems of the includes of one source at PATH (src/... or tests/...)."""
    parts = PurePosixPath(path).parts
    module = parts[1] if parts[0] == "src" else parts[2] if parts[:2] == ("tests", "unit") else None
    problems = []
    for name in INCLUDE.findall(text):
        folder, _, header = name.rpartition("/")
        owner = folder.split("/")[0]
        if (name.endswith("_priv.h") and owner != module and folder
                and parts[:2] != ("tests", "fuzz")):
            problems.append(f"{path}: '{name}' is private to {owner}/")
        if parts[0] != "src" or not folder:
            continue
        if owner not in layers:
            problems.append(f"{path}: '{name}' belongs to no module of src/LAYERS")
        elif owner != module and owner not in layers.get(module, ()):
            problems.append(f"{path}: {module}/ may not use '{name}' (src/LAYERS)")
    return problems


def main():
    layers, problems = parse(repo.read("src/LAYERS"))
    for path in repo.files("src/*.c", "src/*.h", "tests/*.c", "tests/*.h"):
        problems += check_file(path, repo.read(path), layers)
    for module in sorted({p.split("/")[1] for p in repo.files("src/*/*.c")}):
        if module not in layers:
            problems.append(f"src/{module}/ does not stand in src/LAYERS")
        if not (repo.ROOT / "src" / module / "README.md").is_file():
            problems.append(f"src/{module}/ has no README.md")
    return repo.report("layers", problems)


if __name__ == "__main__":
    sys.exit(main())
