-- 0011_contact: how people are reached.

-- The telephone of the office.
ALTER TABLE person ADD COLUMN phone TEXT;
-- A number of one's own: shown to few, and each reading is journalled.
ALTER TABLE person ADD COLUMN mobile TEXT;
