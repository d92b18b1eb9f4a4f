-- A list of people asks for the roles of a page of them: the index alone answers, in order.

DROP INDEX person_role_by_person;
CREATE INDEX person_role_by_person ON person_role (person, org, since, role, until);
