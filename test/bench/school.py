"""A school of 1,200 pupils and 200 activities, made in the made-up organisation, and what it costs to work with."""
import datetime
import re
import socketserver
import sqlite3
import threading
import time

from hosts import Waypost, ask, post
from load import Failed, half_load, median, wrk

PUPILS, CLASSES, ACTIVITIES, HERE, GUESTS = 1200, 48, 200, 50, 5000

# Everybody in one cohort and a class; every pupil at each tenth activity, which has three items of a standard.
MADE = """
INSERT INTO academic_year (org, name, since, until) VALUES (:org, 'This year', :since, :until);
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :pupils - 1)
	INSERT INTO person (name, sort_name, lang, made_at) SELECT 'Pupil ' || i, 'Benchpupil', 'en', 1 FROM n;
INSERT INTO person_org (org, person, sort_fold, since) SELECT :org, id, 'pupil', 1 FROM person WHERE sort_name = 'Benchpupil';
INSERT INTO people_group (org, kind, name, since, year)
	SELECT :org, 'cohort', 'Everybody', :since, id FROM academic_year WHERE org = :org AND name = 'This year';
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :classes - 1)
	INSERT INTO people_group (org, kind, name, since, year) SELECT :org, 'class', 'Class ' || i, :since, y.id
	FROM n JOIN academic_year y ON y.org = :org AND y.name = 'This year';
INSERT INTO membership (org, people_group, person, since) SELECT :org, g.id, p.id, :since FROM person p
	JOIN people_group g ON g.org = :org AND (g.name = 'Everybody' OR (g.kind = 'class' AND g.id % :classes = p.id % :classes))
	WHERE p.sort_name = 'Benchpupil';
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :activities - 1)
	INSERT INTO activity (org, kind, mode, status, starts_wall, zone, starts_at, minutes, made_at, uuid)
	SELECT :org, 'visit', 'in_person', 'held', :day || 'T09:00', 'UTC', :at, 60, 1, 'bench-' || i FROM n;
INSERT INTO texts (org, owner_kind, owner, field, lang, rev, current, body, made_at)
	SELECT :org, 'activity', id, 'title', 'en', 1, 1, 'Visit ' || id, 1 FROM activity WHERE uuid LIKE 'bench-%';
INSERT INTO participation (org, activity, person, people_group, role, state, minutes, ground, attested_by, made_at)
	SELECT :org, a.id, p.id, g.id, 'participant', 'attended', 60, 'duty', p.id, 1 FROM activity a, person p
	JOIN membership m ON m.person = p.id JOIN people_group g ON g.id = m.people_group AND g.kind = 'class'
	WHERE a.uuid LIKE 'bench-%' AND p.sort_name = 'Benchpupil' AND a.id % 10 = p.id % 10;
INSERT INTO participation_item (participation, item, version)
	SELECT p.id, n.item, n.version FROM participation p JOIN activity a ON a.id = p.activity AND a.uuid LIKE 'bench-%'
	JOIN (SELECT item, version, row_number() OVER (ORDER BY item) AS k FROM standard_node
		WHERE version = (SELECT max(version) FROM standard_version v JOIN standard_node w ON w.version = v.id WHERE v.org = :org)) n
	ON n.k % 40 IN (a.id % 40, (a.id + 13) % 40, (a.id + 27) % 40);
"""


def filled(db, script, days):
    """An open connection to the database, with what `script` makes; its activities are so many days from today."""
    sql, today = sqlite3.connect(db[7:]), datetime.date.today()
    words = {"org": sql.execute("SELECT id FROM org WHERE slug = 'guild'").fetchone()[0],
             "pupils": PUPILS, "classes": CLASSES, "activities": ACTIVITIES, "invited": GUESTS,
             "since": (today - datetime.timedelta(90)).isoformat(), "until": (today + datetime.timedelta(90)).isoformat(),
             "day": (today + datetime.timedelta(days)).isoformat(), "at": int(time.time()) + days * 86400}
    for statement in script.split(";\n"):
        if statement.strip():
            sql.execute(statement, words)
    sql.commit()
    return sql


def made(w):
    db = w.copy("school")
    sql = filled(db, MADE, -5)
    one = {"group": sql.execute("SELECT id FROM people_group WHERE name = 'Everybody'").fetchone()[0],
           "activity": sql.execute("SELECT max(id) FROM activity WHERE uuid LIKE 'bench-%'").fetchone()[0]}
    # one activity with fifty people
    sql.execute("DELETE FROM participation_item WHERE participation IN (SELECT id FROM participation WHERE activity = ?)",
                (one["activity"],))
    sql.execute("DELETE FROM participation WHERE activity = ? AND id NOT IN "
                "(SELECT id FROM participation WHERE activity = ? LIMIT ?)", (one["activity"], one["activity"], HERE))
    sql.commit()
    sql.close()
    return db, one


def school(w):
    db, one = made(w)
    server, cookie = Waypost(w.bench, db, "--cache", "0", workers=0), [w.cookie()]
    cookies = {"Cookie": cookie[0].split(": ", 1)[1]}
    for name, path, target in (("coverage of items by group, 1,200 learners, 200 activities", "/guild/activities/coverage", 50),
                               ("coverage grid of a group of 1,200 learners", "/guild/activities/coverage/%d" % one["group"], 50)):
        status, _, page = ask(server.port, path, headers=cookies)
        if status != 200 or (b"Everybody" not in page and b"Class 1" not in page):
            raise Failed("%s answered %d" % (path, status))
        took = median([wrk(server.url(path), 2, 1, cookie).p50 for _ in range(3)])
        yield name, took, "ms, the median", "%d ms" % target, took / target, "< %d ms" % target, took < target
    activity = "/guild/activities/%d" % one["activity"]
    sheet = ask(server.port, activity + "/attendance", headers=cookies)[2].decode()
    rows = re.findall(r'name="row" value="([^"]+)"', sheet)
    if len(rows) != HERE:
        raise Failed("the sheet has %d rows, not %d" % (len(rows), HERE))
    page = [wrk(server.url(activity + "/attendance"), 1, 8, cookie).rate for _ in range(3)]
    yield "attendance sheet of 50 participants", median(page), "/s", "1,000/s", median(page) / 1000, "", None
    def body(rows, minutes, once):
        return "once=%s&minutes=%d&" % (once, minutes) + "&".join("row=%s&here=%s" % (r, r) for r in rows)

    sent = [wrk(server.url(activity + "/attendance"), 1, 8, cookie, ("form", body(rows, 60, "%once%"))).rate for _ in range(3)]
    yield "attendance of 50 people sent again, nothing changed (POST)", median(sent), "/s", "100/s", median(sent) / 100, "", None
    took = []
    for turn in range(41):  # each corrects all fifty, whose rows are new ones each time; the first one is not counted
        rows = re.findall(r'name="row" value="([^"]+)"', ask(server.port, activity + "/attendance", headers=cookies)[2].decode())
        began = time.monotonic()
        status = ask(server.port, activity + "/attendance", "POST",
                     {**cookies, "Content-Type": "application/x-www-form-urlencoded"}, body(rows, 30 + turn, "turn%018d" % turn))[0]
        took.append(time.monotonic() - began)
        if status != 303:
            raise Failed("a sheet that corrects answered %d" % status)
    server.stop()
    with sqlite3.connect(db.split(":", 1)[1]) as sql:
        kept = sql.execute("SELECT count(*) FROM participation WHERE activity = ?", (one["activity"],)).fetchone()[0]
    if kept < 41 * HERE:
        raise Failed("%d rows are kept of 41 corrections of %d" % (kept, HERE))
    each = median(took[1:])
    yield "attendance of 50 people, each of them corrected (POST)", each * 1000, "ms, the median", "100 ms", each * 10, "", None


INVITED = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :invited - 1)
	INSERT INTO person (name, sort_name, lang, made_at) SELECT 'Guest ' || i, 'Benchguest', CASE i % 2 WHEN 0 THEN 'en' ELSE 'fr' END, 1 FROM n;
INSERT INTO person_org (org, person, sort_fold, since) SELECT :org, id, 'zguest', 1 FROM person WHERE sort_name = 'Benchguest';
INSERT INTO contact (person, kind, value, value_fold, preferred, made_at)
	SELECT id, 'email', 'guest' || id || '@example.org', 'guest' || id || '@example.org', 1, 1 FROM person WHERE sort_name = 'Benchguest';
INSERT INTO people_group (org, kind, name, since) VALUES (:org, 'other', 'Invited', :since);
INSERT INTO membership (org, people_group, person, since) SELECT :org, g.id, p.id, :since FROM person p
	JOIN people_group g ON g.org = :org AND g.name = 'Invited' WHERE p.sort_name = 'Benchguest';
INSERT INTO activity (org, kind, mode, status, starts_wall, zone, starts_at, minutes, made_at, uuid)
	VALUES (:org, 'event', 'in_person', 'planned', :day || 'T09:00', 'UTC', :at, 60, 1, 'bench-invited');
INSERT INTO texts (org, owner_kind, owner, field, lang, rev, current, body, made_at)
	SELECT :org, 'activity', id, 'title', 'en', 1, 1, 'An evening for all', 1 FROM activity WHERE uuid = 'bench-invited';
INSERT INTO activity_group (org, activity, people_group) SELECT :org, a.id, g.id FROM activity a, people_group g
	WHERE a.uuid = 'bench-invited' AND g.org = :org AND g.name = 'Invited'
"""


class MailHost(socketserver.ThreadingTCPServer):
    """Takes every letter and forgets it; counts them."""
    allow_reuse_address = daemon_threads = True

    class Talk(socketserver.StreamRequestHandler):
        def say(self, words):
            self.wfile.write(words + b"\r\n")

        def handle(self):
            self.say(b"220 bench")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.say(b"354 go on")
                    while self.rfile.readline() not in (b".\r\n", b""):
                        pass
                    self.server.taken += 1
                self.say(b"221 bye" if word == b"QUIT" else b"250 ok")

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Talk)
        self.taken = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


def invitations(w):
    """5,000 people are asked by one button, and the letters go out, while pages are asked for at half load."""
    db, cookie = w.copy("invitations"), [w.cookie()]
    sql = filled(db, INVITED, 30)
    activity = sql.execute("SELECT id FROM activity WHERE uuid = 'bench-invited'").fetchone()[0]
    group = sql.execute("SELECT id FROM people_group WHERE name = 'Invited'").fetchone()[0]
    sql.close()
    mail = MailHost()
    server = Waypost(w.bench, db, "--cache", "0", "--smtp", "smtp://127.0.0.1:%d" % mail.server_address[1],
                     "--mail-from", "bench@example.org", workers=0)
    url = server.url("/guild/people")
    full = wrk(url, 1, 8, cookie).rate
    calm = half_load(url, cookie, full, 4)
    began = time.monotonic()
    status = post(server.port, "/guild/activities/%d/ask/group" % activity, {"group": group, "role": "participant", "once": "1" * 22},
                  {"Cookie": cookie[0].split(": ", 1)[1]})[0]
    asked = (time.monotonic() - began) * 1000
    if status != 303:
        raise Failed("asking the group answered %d" % status)
    under, waits = [], 0
    while mail.taken < GUESTS and waits < 40:
        under.append(half_load(url, cookie, full, 3))
        waits += 1
    took, taken = time.monotonic() - began, mail.taken
    server.stop()
    mail.shutdown()
    if taken < GUESTS:
        raise Failed("%d of %d letters came in %d s" % (taken, GUESTS, took))
    p99 = median([one.p99 for one in under])
    yield "the button that invites 5,000 people", asked, "ms", "100 ms", asked / 100, "", None
    yield "5,000 invitations to the mail host, pages asked for meanwhile", took, "s", "60 s", took / 60, "", None
    yield "signed-in page at half load: p99 in a calm minute", calm.p99, "ms", "5 ms", calm.p99 / 5, "", None
    yield "the same while 5,000 invitations go out", p99, "ms", "5 ms", p99 / 5, "< 5 ms", p99 < 5
