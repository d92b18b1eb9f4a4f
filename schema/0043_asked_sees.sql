-- Who is asked for an activity may see it, whoever else it is for: they know of it by the letter, and it stands among
-- their dates once they come.
DROP VIEW activity_reader;
DROP VIEW activity_person;
CREATE VIEW activity_person (activity, person, visibility, leads, named, comes, invited, asked) AS
SELECT a.id, p.id, a.visibility,
	CASE WHEN a.responsible IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM participation t WHERE t.activity = a.id AND t.superseded_at IS NULL
		AND t.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM participation t WHERE t.activity = a.id AND t.superseded_at IS NULL AND t.state IN ('expected', 'attended')
		AND t.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM activity_invited v WHERE v.activity = a.id
		AND v.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM activity_ask k WHERE k.activity = a.id AND k.state <> 'withdrawn'
		AND k.person IN (SELECT s.id FROM person s WHERE s.id = p.id OR s.same_as = p.id)) THEN 1 ELSE 0 END
FROM activity a
JOIN person p ON true;

-- Who reads an activity beside those who read all, and of what is public everybody: `inside` is who leads it, is named in
-- it, invited or asked; they see it if they lead it, are asked, or it is for the invited.
CREATE VIEW activity_reader (activity, person, inside, sees) AS
SELECT v.activity, v.person,
	CASE WHEN v.leads = 1 OR v.named = 1 OR v.invited = 1 OR v.asked = 1 THEN 1 ELSE 0 END,
	CASE WHEN v.leads = 1 OR v.asked = 1 OR (v.visibility = 'invited' AND (v.named = 1 OR v.invited = 1)) THEN 1 ELSE 0 END
FROM activity_person v;
