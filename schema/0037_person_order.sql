-- A page of the list of people is one walk of an index that holds what decides who is on it.
DROP INDEX person_org_in_order;
CREATE INDEX person_org_in_order ON person_org (org, sort_fold, person, since, until);
