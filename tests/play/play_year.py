#!/usr/bin/python3
"""The demo's year: played on both databases and seen from several days, it is whole and sound.

usage: play_year.py XINGJIAN XINGJIAN-PLAY

XJ_TEST_PGSQL names a PostgreSQL cluster; without it that half is skipped.
"""
import datetime
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TODAYS = ("2026-11-28", "2027-07-20")
ROLES = {"office", "leader", "liaison_a", "liaison_b", "officer", "section_head", "unit_head", "county_office",
         "expert", "evaluator", "inspector", "administrator"}
XINGJIAN, PLAY = sys.argv[1:3]

# What a city one year in must hold: a name, a question with $today and $first, the least answer.
ASKED = (
    ("18 actions", "SELECT count(DISTINCT action_no) FROM duty WHERE origin = 'plan'", 18),
    ("120 tasks", "SELECT count(*) FROM duty WHERE origin = 'plan'", 120),
    ("6 counties", "SELECT count(*) FROM area WHERE level = 'county'", 6),
    ("returns accepted", "SELECT count(*) FROM obligation WHERE kind = 'return' AND state = 'accepted'", 90),
    ("late returns", "SELECT count(*) FROM obligation WHERE kind = 'return' AND sent_on > due", 20),
    ("returns that wait for review", "SELECT count(*) FROM obligation WHERE kind = 'return' AND state = 'sent'", 1),
    ("returns that were never sent, or not in time",
     "SELECT count(*) FROM obligation WHERE kind = 'return' AND open = 1 AND due < $today", 1),
    ("returns signed in their unit", "SELECT count(*) FROM signing WHERE state = 'issued'", 1),
    ("requests to be answered", "SELECT count(*) FROM duty_request WHERE state = 'asked'", 1),
    ("rows sent back with a remark", "SELECT count(*) FROM report_remark", 5),
    ("rows fed by others", "SELECT count(*) FROM report_row WHERE given = 1", 60),
    ("rows entered for a unit", "SELECT count(*) FROM report_row WHERE on_behalf = 1", 4),
    ("rows without a change", "SELECT count(*) FROM report_row WHERE same = 1", 3),
    ("originals in Word files", "SELECT count(*) FROM evidence WHERE purpose = 'original'", 3),
    ("returns taken in from Word files",
     "SELECT count(DISTINCT r.obligation_id) FROM report_row r JOIN evidence e ON e.tenant_id = r.tenant_id "
     "AND e.obligation_id = r.obligation_id WHERE r.on_behalf = 1 AND r.text <> '' AND e.purpose = 'original' "
     "AND e.name LIKE '%.docx' AND e.came_by IS NOT NULL", 4),
    ("pictures that rows rest on", "SELECT count(*) FROM evidence WHERE purpose = 'evidence' AND kind = 'png'", 3),
    ("pictures of findings", "SELECT count(*) FROM finding_picture", 2),
    ("tasks that a notice added within the year",
     "SELECT count(*) FROM duty d JOIN plan_task t ON t.tenant_id = d.tenant_id AND t.id = d.plan_task_id "
     "WHERE t.title IN ('规范健康科普短视频', '增设夜间照明健身场地', '开设适老化挂号窗口')", 3),
    ("tasks that it took out", "SELECT count(*) FROM duty WHERE title = '推动食品企业减盐减糖' AND state = 'suspended'", 1),
    ("tasks that it put in other words",
     "SELECT count(*) FROM duty d JOIN duty_move m ON m.tenant_id = d.tenant_id AND m.about = 'duty' AND m.about_id = d.id "
     "WHERE d.title = '推行工间健身和楼宇健身角' AND m.move = 'amend'", 1),
    ("tasks done", "SELECT count(*) FROM duty WHERE kind = 'task' AND state = 'done'", 30),
    ("tasks with more time, or put off", "SELECT count(*) FROM duty_move WHERE move IN ('extend', 'suspend')", 3),
    ("instructions", "SELECT count(*) FROM duty WHERE origin = 'instruction' AND restricted = 1", 2),
    ("instructions that the leader has read", "SELECT count(*) FROM duty WHERE kind = 'instruction' AND state = 'read'", 1),
    ("orders signed", "SELECT count(*) FROM duty_order WHERE signed_name IS NOT NULL", 3),
    ("rectifications struck off", "SELECT count(*) FROM duty WHERE kind = 'rectification' AND state = 'struck_off'", 4),
    ("rectifications overdue",
     "SELECT count(*) FROM duty WHERE kind = 'rectification' AND state <> 'struck_off' AND due < $today", 1),
    ("circulars", "SELECT count(*) FROM circular WHERE state = 'published'", 1),
    ("notices not acknowledged", "SELECT count(*) FROM duty_receipt WHERE acknowledged_on IS NULL", 1),
    ("messages in inboxes", "SELECT count(*) FROM notice_delivery", 300),
    ("a link with a county's own jurisdiction", "SELECT count(*) FROM county_link WHERE state = 'linked'", 2),
    ("messages on their way to nobody", "SELECT count(*) = 0 FROM county_message WHERE taken_at IS NULL", 1),
    ("tasks of the city that the county takes as they are", "SELECT count(*) FROM duty_above WHERE taken = 'as_is'", 10),
    ("tasks that it adapts", "SELECT count(*) FROM duty_above WHERE taken = 'adapted'", 3),
    ("tasks that it has not decided on", "SELECT count(*) FROM duty_above WHERE taken = 'open'", 1),
    ("returns of the county that the city accepted",
     "SELECT count(DISTINCT c.obligation_id) FROM county_row c JOIN obligation o ON o.tenant_id = c.tenant_id "
     "AND o.id = c.obligation_id WHERE o.state = 'accepted'", 1),
    ("a return that the county has begun",
     "SELECT count(DISTINCT o.id) FROM obligation o JOIN duty_above a ON a.tenant_id = o.tenant_id "
     "JOIN report_row w ON w.tenant_id = o.tenant_id AND w.obligation_id = o.id AND w.duty_id = a.duty_id "
     "WHERE o.state = 'due' AND w.text <> ''", 1),
    ("red lights", "SELECT count(*) FROM duty_light WHERE light = 'red' AND from_on <= $today AND until_on > $today", 1),
    ("yellow lights", "SELECT count(*) FROM duty_light WHERE light = 'yellow' AND from_on <= $today AND until_on > $today", 1),
)
# What must not be there at all.
REFUSED = (
    ("a figure above its goal",
     "SELECT count(*) FROM report_figure f JOIN plan_target t ON t.tenant_id = f.tenant_id AND t.indicator = f.indicator "
     "AND t.op IN ('>=', '=') WHERE f.value > t.value"),
    ("a change outside the year",
     "SELECT count(*) FROM journal WHERE tenant_id > 0 AND (at < $from OR at > $to)"),
    ("a second task of one line",
     "SELECT count(*) FROM (SELECT line_id FROM duty WHERE origin = 'plan' GROUP BY line_id HAVING count(*) > 1) t"),
    ("a task that waits for a year behind the next",
     "SELECT count(*) FROM duty WHERE origin = 'plan' AND due < '9999' AND due > date($today, '+2 years')"),
    ("a county's row that others feed",
     "SELECT count(*) FROM report_row w JOIN obligation o ON o.tenant_id = w.tenant_id AND o.id = w.obligation_id "
     "JOIN duty_unit c ON c.tenant_id = w.tenant_id AND c.duty_id = w.duty_id AND c.unit_id = o.unit_id AND c.side = 'county' "
     "WHERE w.unit_id <> o.unit_id"),
    ("a place left open in a text", "SELECT count(*) FROM report_row WHERE text LIKE '%{%' OR difficulties LIKE '%{%'"),
)


class Failed(Exception):
    pass


def run(env, *words, fails=False):
    done = subprocess.run([str(w) for w in words], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    if (done.returncode != 0) != fails:
        raise Failed(f"{words[0]} {words[1]}: exit status {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def played(folder, today, database=None):
    env = dict(os.environ, XJ_DATA=str(folder))
    if database:
        env["XJ_DATABASE"] = database
    run(env, XINGJIAN, "db", "migrate")
    run(env, PLAY, ROOT / "play", ROOT / "samples/text/10-city-year.txt", "a long password 7", today)
    run(env, XINGJIAN, "db", "check")
    run(env, XINGJIAN, "journal", "verify")
    return env


def check_held(folder, today):
    day = datetime.date.fromisoformat(today)
    zone = datetime.timezone(datetime.timedelta(hours=8))
    first = day - datetime.timedelta(days=365)
    instants = [int(datetime.datetime.combine(d, datetime.time(), zone).timestamp()) * 10**6
                for d in (first, day + datetime.timedelta(days=1))]
    values = {"today": today, "from": instants[0], "to": instants[1]}
    db = sqlite3.connect(f"file:{folder}/xingjian.db?mode=ro", uri=True)
    ask = lambda text: db.execute(text.replace("$", ":"), values).fetchone()[0]
    wrong = [f"{name}: {ask(text)}, not {least} or more" for name, text, least in ASKED if ask(text) < least]
    wrong += [f"{name}: {ask(text)}" for name, text in REFUSED if ask(text)]
    roles = {row[0] for row in db.execute("SELECT DISTINCT role FROM post")}
    wrong += [f"nobody is {role}" for role in sorted(ROLES - roles)]
    listed = {line.split("\t")[0] for line in (ROOT / "play/units.tsv").read_text("utf-8").splitlines() if line[0] != "#"}
    named = {row[0] for row in db.execute("SELECT name FROM unit")}
    wrong += [f"there is no {unit}" for unit in sorted(listed - named)] + ([] if len(listed) == 60 else ["not 60 units"])
    db.close()
    if wrong:
        raise Failed("; ".join(wrong))


def words_of(folder):
    db = sqlite3.connect(f"file:{folder}/xingjian.db?mode=ro", uri=True)
    return db.execute("SELECT text, difficulties, next_step, percent FROM report_row ORDER BY obligation_id, duty_id, unit_id").fetchall()


def test_day(today, base):
    env = played(base / today, today)
    check_held(base / today, today)
    return env


def test_again(base):
    env = dict(os.environ, XJ_DATA=str(base / TODAYS[0]))
    run(env, PLAY, ROOT / "play", ROOT / "samples/text/10-city-year.txt", "a long password 7", TODAYS[0], fails=True)
    played(base / "again", TODAYS[0])
    if words_of(base / "again") != words_of(base / TODAYS[0]):
        raise Failed("a second play wrote other words")


def test_pgsql(base):
    cluster = os.environ["XJ_TEST_PGSQL"]
    name = f"xj_play_{os.getpid()}"
    try:
        subprocess.run(["psql", "-q", cluster, "-c", f"CREATE DATABASE {name}"], check=True)
        played(base / "pg", TODAYS[0], cluster.replace("/postgres?", f"/{name}?"))
    finally:
        subprocess.run(["psql", "-q", cluster, "-c", f"DROP DATABASE IF EXISTS {name}"], check=False)


def main():
    tests = [(f"the year before {today}", lambda base, t=today: test_day(t, base)) for today in TODAYS]
    tests.append(("a second play changes nothing, and would say the same", test_again))
    tests.append(("on PostgreSQL", test_pgsql))
    print(f"1..{len(tests)}")
    failed = 0
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="xj-play-", dir=memory) as folder:
        for number, (name, test) in enumerate(tests, 1):
            if test is test_pgsql and not os.environ.get("XJ_TEST_PGSQL"):
                print(f"ok {number} # SKIP {name}: XJ_TEST_PGSQL is not set")
                continue
            try:
                test(Path(folder))
                print(f"ok {number} - {name}", flush=True)
            except (Failed, subprocess.SubprocessError) as failure:
                failed += 1
                print(f"not ok {number} - {name}\n# {failure}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
