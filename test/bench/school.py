"""A school of 1,200 pupils and 200 activities, made in the made-up organisation, and what it costs to work with."""
import datetime
import re
import sqlite3

from hosts import Waypost, ask
from load import Failed, median, wrk

PUPILS, CLASSES, ACTIVITIES, HERE = 1200, 48, 200, 50

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


def made(w):
    db, today = w.copy("school"), datetime.date.today()
    sql = sqlite3.connect(db[7:])
    org = sql.execute("SELECT id FROM org WHERE slug = 'guild'").fetchone()[0]
    words = {"org": org, "pupils": PUPILS, "classes": CLASSES, "activities": ACTIVITIES,
             "since": (today - datetime.timedelta(90)).isoformat(), "until": (today + datetime.timedelta(90)).isoformat(),
             "day": (today - datetime.timedelta(5)).isoformat(),
             "at": int(datetime.datetime.now().timestamp()) - 5 * 86400}
    for statement in MADE.split(";\n"):
        if statement.strip():
            sql.execute(statement, words)
    sql.commit()
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
    yield "attendance sheet of 50 participants", median(page), "/s", "", 1, "", None
    form = "once=%once%&minutes=60&" + "&".join("row=%s&here=%s" % (r, r) for r in rows)
    sent = [wrk(server.url(activity + "/attendance"), 1, 8, cookie, ("form", form)).rate for _ in range(3)]
    yield "attendance of 50 people saved (POST)", median(sent), "/s", "", 1, "", None
    server.stop()
