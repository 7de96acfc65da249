-- 0015_session_device: what a person tells his own sessions apart by.

-- As the browser named itself when it signed in, at most 300 characters; empty where it did not, and
-- for sessions older than this column.
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
-- Whence it signed in, as failures are counted; null for sessions older than this column.
ALTER TABLE session ADD COLUMN address TEXT;
