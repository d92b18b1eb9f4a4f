-- Every request reads its organisation with its languages in their order: without a sort.
CREATE INDEX org_lang_in_order ON org_lang (org, position, lang);
