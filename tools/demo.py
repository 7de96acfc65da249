#!/usr/bin/python3
"""./demo behind its packages and its build.

usage: demo [--once] [--fresh] [--port N] [FILE...]

Without FILEs, holds 泓州市 one year in (play/), with people of every role, and beside it the other
sample plans.  Compiles FILEs (or those), makes a jurisdiction for each place that they govern with a
programme and an account, imports and publishes them, and serves.  A second run finds what is there
and adds only what is new.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = ROOT / "build/xingjian"
PLAY = ROOT / "build/xingjian-play"
CITY, CITY_PLAN = "泓州市", ROOT / "samples/text/10-city-year.txt"
COUNTY = "桐溪县"  # a county of it that runs a jurisdiction of its own
CITY_PASSWORD = "jiankang-hongzhou"  # of people who do not exist, on a server that listens here alone
MEMORY = Path("/dev/shm")  # a year's thousands of commits need no disk before the last
REMARKS = "演示：提示未逐条核对 (demo: the warnings were not gone through one by one)"


class Failed(Exception):
    pass


class Demo:
    def __init__(self, folder):
        self.folder = folder
        self.env = dict(os.environ, XJ_DATA=str(folder / "data"), LC_ALL="C.UTF-8")
        self.accounts_file = folder / "accounts.json"

    def run(self, *args, may_fail=False):
        """A subcommand with --json; its last line parsed."""
        done = subprocess.run([BINARY, *args, "--json"], env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            if may_fail:
                return None
            raise Failed(f"xingjian {' '.join(map(str, args))}:\n{done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def accounts(self):
        """{jurisdiction: {name, password}} of the runs before."""
        if self.accounts_file.exists():
            return json.loads(self.accounts_file.read_text(encoding="utf-8"))
        return {}

    def keep_accounts(self, accounts):
        handle = os.open(self.accounts_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(accounts, file, ensure_ascii=False, indent=1)

    def play(self):
        """The city one year in, in a data folder that appears whole or not at all; False: it is there."""
        data = self.folder / "data"
        if data.exists():
            if any(row["name"] == CITY for row in self.run("tenant", "list")["items"]):
                return False
            raise Failed(f"{data} was made without {CITY}; --fresh makes it anew")
        with tempfile.TemporaryDirectory(
                prefix="xj-demo-", dir=MEMORY if os.access(MEMORY, os.W_OK) else self.folder) as made:
            env = dict(self.env, XJ_DATA=made + "/data")
            for words in ([BINARY, "db", "migrate"], [PLAY, ROOT / "play", CITY_PLAN, CITY_PASSWORD]):
                done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE, text=True)
                if done.returncode != 0:
                    raise Failed(f"{Path(words[0]).name}:\n{done.stderr.strip()}")
            part = self.folder / "data.part"
            shutil.rmtree(part, ignore_errors=True)
            shutil.move(made + "/data", part)
            part.rename(data)
        return True

    def prepare(self, places):
        """A jurisdiction, a programme and an account for each of PLACES."""
        self.run("db", "migrate")
        tenants = {row["name"] for row in self.run("tenant", "list")["items"]}
        accounts = self.accounts()
        for place in places:
            if place not in tenants:
                self.run("tenant", "add", place, f"demo-{len(tenants) + 1}")
                tenants.add(place)
            programmes = {row["name"] for row in self.run("programme", "list", place)["items"]}
            if programme_of(place) not in programmes:
                self.run("programme", "add", place, programme_of(place))
            if place not in accounts:
                name = f"demo{len(accounts) + 1}"
                people = {row["name"] for row in self.run("user", "list", place)["items"]}
                how = ("password", name) if name in people else ("add", place, name)
                made = self.run("user", *how, "--generate")
                accounts[place] = {"name": name, "password": made["password"]}
                self.keep_accounts(accounts)
        return {place: accounts[place] for place in places}

    def publish(self, place, path):
        """Import PATH and publish it; what to say of it."""
        made = self.run("plan", "import", path, "--tenant", place, "--programme",
                        programme_of(place))
        summary = made["version"]["summary"]
        if summary["state"] == "draft":
            self.run("plan", "publish", str(summary["id"]), "--tenant", place, "--remarks",
                     REMARKS)
        return summary["counts"], made["unchanged"]


def people_of(table):
    """(account, name, role, where the day begins) of the people that the demo shows."""
    for line in (ROOT / "play" / table).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            account, name, role, *_, begins = line.split("\t")
            yield account, name, role, begins


def programme_of(place):
    return f"健康{place}行动"


def compiled(path):
    done = subprocess.run([BINARY, "plan", "compile", path, "--json"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failed(f"{path}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def serve(demo, port, ready):
    """Start the server, call READY(url) when it listens, and wait; its exit status."""
    child = subprocess.Popen([BINARY, "serve", "--port", str(port)], env=demo.env,
                             stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             start_new_session=True)
    log = open(demo.folder / "server.log", "a", encoding="utf-8")
    url = None
    for line in child.stderr:
        log.write(line)
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if row.get("event") == "listening":
            url = row["url"]
            break
    if url is None:
        child.wait()
        raise Failed(f"the server did not start (port {port} in use? --port N); see {log.name}")

    def drain():
        for line in child.stderr:
            log.write(line)
            log.flush()

    threading.Thread(target=drain, daemon=True).start()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        if not ready(url):
            while child.poll() is None and not stop.wait(0.5):
                pass
    finally:
        child.terminate()
        status = child.wait()
    return status


def usual_port():
    """8080, or any free one where somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", 8080))
        except OSError:
            return 0
    return 8080


def check(url):
    """That the pages and the API answer."""
    with urllib.request.urlopen(url + "/api/v1/health", timeout=30) as reply:
        health = json.load(reply)
    with urllib.request.urlopen(url + "/", timeout=30) as reply:
        page = reply.read().decode("utf-8")
    if health.get("status") != "ok" or 'id="root"' not in page:
        raise Failed("the server does not answer as it should")


def main():
    parser = argparse.ArgumentParser(prog="demo", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--once", action="store_true", help="check that the server answers, end")
    parser.add_argument("--fresh", action="store_true", help="forget the demo's database first")
    parser.add_argument("--port", type=int, help="default 8080, or any free one if it is taken")
    parser.add_argument("--from", dest="start", default=".", help=argparse.SUPPRESS)
    parser.add_argument("file", nargs="*")
    args = parser.parse_args()

    port = args.port if args.port is not None else 0 if args.once else usual_port()
    folder = Path(os.environ.get("XJ_DEMO_DIR") or ROOT / "build/demo").resolve()
    if args.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [Path(args.start, name) for name in args.file]
    city = not files
    files = files or sorted(set((ROOT / "samples/text").glob("*.txt")) - {CITY_PLAN})
    demo = Demo(folder)
    try:
        if city:
            print(f"{'played' if demo.play() else 'held':<10}{CITY}  one year", flush=True)
        plans = [(path, compiled(path)) for path in files]
        places = list(dict.fromkeys(
            register["document"]["jurisdiction"] or "演示市" for _, register in plans))
        accounts = demo.prepare(places)
        for path, register in plans:
            place = register["document"]["jurisdiction"] or "演示市"
            counts, unchanged = demo.publish(place, path)
            print(f"{'held' if unchanged else 'published':<10}{place}  "
                  f"{counts['tasks']:>4} tasks {counts['units']:>4} units "
                  f"{counts['targets']:>4} targets {counts['warnings']:>4} warnings  "
                  f"{register['document']['title']}", flush=True)

        def ready(url):
            check(url)
            print(f"\n  {url}/\n")
            if city:
                print(f"  {CITY}, password of all: {CITY_PASSWORD}")
                for account, name, role, begins in people_of("people.tsv"):
                    print(f"    {account:<10}{role:<15}{name}  {begins}")
                print(f"  {COUNTY}, linked with {CITY} (市县对接), the same password:")
                for account, name, role, begins in people_of("county.tsv"):
                    print(f"    {account:<15} {role:<15}{name}  {begins}")
                print()
            for place, account in accounts.items():
                print(f"  {account['name']:<8}{account['password']}  {place}")
            print("\nCtrl-C ends it." if not args.once else "\nThe server answers.", flush=True)
            return args.once

        status = serve(demo, port, ready)
    except Failed as failure:
        print(f"demo: {failure}", file=sys.stderr)
        return 1
    except OSError as failure:
        print(f"demo: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0 if status == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
