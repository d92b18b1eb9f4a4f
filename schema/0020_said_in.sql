-- In which language people wrote what has no text per language.
ALTER TABLE activity_past ADD COLUMN why_lang text NOT NULL DEFAULT ''; -- empty: not known
ALTER TABLE place ADD COLUMN access_lang text NOT NULL DEFAULT '';
