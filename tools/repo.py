"""Which files are ours: shared by the checks in tools/."""
import fnmatch
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def files(*patterns):
    """Paths (relative to the root, sorted) that git knows or would add, matching any pattern.

    A pattern is matched against the whole path; '*' crosses folders.
    """
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8").split("\0")
    return sorted(path for path in set(listed)
                  if path and (ROOT / path).is_file()
                  and any(fnmatch.fnmatch(path, pattern) for pattern in patterns))


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def allowed(path):
    """The allow-list at PATH: {name: reason}, from lines "name  reason"; '#' opens a comment."""
    reasons = {}
    if (ROOT / path).exists():
        for number, line in enumerate(read(path).splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            name, _, reason = line.strip().partition(" ")
            if not reason.strip():
                sys.exit(f"{path}:{number}: '{name}' has no reason")
            reasons[name] = reason.strip()
    return reasons


def report(name, problems):
    """Print the PROBLEMS of the check NAME and give its exit status."""
    for problem in problems:
        print(f"error: {problem}")
    print(f"{name}: {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    return 1 if problems else 0
