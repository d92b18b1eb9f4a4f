-- What calendars outside know an activity by, wherever its organisation moves.
ALTER TABLE activity ADD COLUMN uuid text NOT NULL DEFAULT '';
