-- What is kept of a card's code, so that its PIN can be renewed without it; null: a card made before.
ALTER TABLE signin ADD COLUMN card text;

-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'cards_print' FROM role o WHERE o.shipped IN ('registrar', 'teacher')
ON CONFLICT DO NOTHING;
