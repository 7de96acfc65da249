-- 0012_search: looking for documents by title, number, issuer and first letters.

-- derived: lines of the title, the number and the issuer in one form of brackets, width and case, then the first letters of
-- the title; empty while it waits for the next start of the program
ALTER TABLE document ADD COLUMN words TEXT NOT NULL DEFAULT '';
