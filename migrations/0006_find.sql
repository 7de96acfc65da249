-- 0006_find: looking for units by the first letters of their names.

-- derived: the first letters of the name, each way to read it, one blank between two (szyy); "-" where it has none, empty
-- while it waits for the next start of the program
ALTER TABLE unit ADD COLUMN initials TEXT NOT NULL DEFAULT '';
CREATE INDEX unit_by_words ON unit (tenant_id, name, id, alias_of, initials);
