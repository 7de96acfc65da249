#!/usr/bin/python3
"""Start the release program as an operator would, use it a little, stop it.

usage: smoke.py [XINGJIAN]      default build/xingjian; ends with "N passed, N failed"
"""
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BINARY = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/xingjian").resolve()


class Server:
    def __init__(self, folder):
        self.env = dict(os.environ, XJ_DATA=str(Path(folder) / "data"), LC_ALL="C.UTF-8")
        self.cli("db", "migrate")
        self.cli("tenant", "add", "云沂市", "379900")
        self.cli("programme", "add", "云沂市", "健康云沂行动")
        self.password = json.loads(
            self.cli("user", "add", "云沂市", "clerk", "--generate", "--json"))["password"]
        self.process = subprocess.Popen([BINARY, "serve", "--port", "0"], env=self.env,
                                        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            row = json.loads(line)
            if row["event"] == "listening":
                self.port = int(row["url"].rpartition(":")[2])
                break
        else:
            raise AssertionError("the server ended without listening")

    def cli(self, *args):
        return subprocess.run([BINARY, *args], env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, check=True, text=True, timeout=60).stdout

    def get(self, path, method="GET", body=None, headers=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        link.request(method, path, body=body, headers=headers or {})
        reply = link.getresponse()
        data = reply.read()
        link.close()
        return reply, data


def test_health(server):
    reply, data = server.get("/api/v1/health")
    assert reply.status == 200 and json.loads(data)["status"] == "ok", data


def test_the_pages_are_in_the_program(server):
    reply, data = server.get("/")
    page = data.decode("utf-8")
    assert reply.status == 200 and "<div id=\"root\"" in page, page[:500]
    policy = dict(part.strip().split(" ", 1) for part in
                  reply.headers["content-security-policy"].split(";") if " " in part.strip())
    assert policy.get("script-src", policy["default-src"]) == "'self'", policy
    scripts = re.findall(r'src="(/[^"]+\.js)"', page)
    assert scripts, "the page names no script"
    for path in scripts:
        reply, data = server.get(path, headers={"Accept-Encoding": "gzip"})
        assert reply.status == 200 and reply.headers["content-encoding"] == "gzip", path
        assert data[:2] == b"\x1f\x8b", "not gzip"
    outside = re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page)
    assert not outside, f"the page names another server: {outside}"


def test_signing_in_and_out(server):
    body = json.dumps({"name": "clerk", "password": server.password})
    kind = {"Content-Type": "application/json"}
    reply, data = server.get("/api/v1/session", "POST", body, kind)
    assert reply.status == 200, data
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite" in cookie, cookie
    own = {"Cookie": cookie.split(";")[0]}
    reply, _ = server.get("/api/v1/session", headers=own)
    assert reply.status == 200
    reply, _ = server.get("/api/v1/session", "DELETE", headers=own)
    assert reply.status == 403, "a change without the session's token was taken"
    reply, _ = server.get("/api/v1/session", "DELETE",
                          headers=dict(own, **{"X-CSRF-Token": json.loads(data)["csrf"]}))
    assert reply.status == 204
    reply, _ = server.get("/api/v1/session", headers=own)
    assert reply.status == 401, "the session outlived its end"


def test_a_subcommand_beside_the_server(server):
    server.cli("tenant", "add", "云沂市东港区", "379901")
    names = [row["name"] for row in json.loads(server.cli("tenant", "list", "--json"))["items"]]
    assert names == ["云沂市", "云沂市东港区"], names


def test_stopping(server):
    server.process.send_signal(signal.SIGTERM)
    server.process.stderr.read()
    assert server.process.wait(timeout=30) == 0
    server.cli("db", "check")
    server.cli("journal", "verify")


TESTS = (test_health, test_the_pages_are_in_the_program, test_signing_in_and_out,
         test_a_subcommand_beside_the_server, test_stopping)


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix="xj-smoke-") as folder:
        server = Server(folder)
        try:
            for test in TESTS:
                try:
                    test(server)
                    print(f"ok {test.__name__}")
                except Exception:  # any failure is that test's
                    traceback.print_exc(file=sys.stdout)
                    print(f"not ok {test.__name__}")
                    failed += 1
        finally:
            if server.process.poll() is None:
                server.process.kill()
                server.process.wait()
    print(f"{len(TESTS) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
