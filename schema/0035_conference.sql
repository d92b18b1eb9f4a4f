-- Parent-teacher conference (an activity): times offered by teachers, booked by families; who interprets, and when.
CREATE TABLE conference_slot (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	teacher bigint NOT NULL REFERENCES person (id),
	starts_wall text NOT NULL, -- where the activity is
	starts_at bigint NOT NULL,
	ends_at bigint NOT NULL,
	room text NOT NULL DEFAULT '',
	child bigint REFERENCES person (id), -- null: free
	guardian bigint REFERENCES person (id),
	interpreter bigint REFERENCES person (id),
	booked_at bigint,
	how text CHECK (how IN ('link', 'page', 'telephone')),
	booked_by bigint REFERENCES person (id), -- who wrote it down for them
	rev bigint NOT NULL DEFAULT 1,
	CHECK (ends_at > starts_at),
	CHECK ((child IS NULL) = (guardian IS NULL))
);
CREATE UNIQUE INDEX conference_slot_once ON conference_slot (activity, teacher, starts_at);
CREATE UNIQUE INDEX conference_slot_child ON conference_slot (activity, child, starts_at) WHERE child IS NOT NULL;
CREATE INDEX conference_slot_by_teacher ON conference_slot (teacher, starts_at);
CREATE INDEX conference_slot_by_child ON conference_slot (child) WHERE child IS NOT NULL;
CREATE INDEX conference_slot_by_guardian ON conference_slot (guardian) WHERE guardian IS NOT NULL;
CREATE INDEX conference_slot_by_interpreter ON conference_slot (interpreter) WHERE interpreter IS NOT NULL;
CREATE INDEX conference_slot_by_booker ON conference_slot (booked_by) WHERE booked_by IS NOT NULL;
CREATE INDEX conference_slot_by_org ON conference_slot (org);

CREATE TABLE conference_interpreter (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	lang text NOT NULL,
	starts_at bigint NOT NULL,
	ends_at bigint NOT NULL,
	CHECK (ends_at > starts_at)
);
CREATE INDEX conference_interpreter_by_activity ON conference_interpreter (activity);
CREATE INDEX conference_interpreter_by_person ON conference_interpreter (person);
CREATE INDEX conference_interpreter_by_org ON conference_interpreter (org);
