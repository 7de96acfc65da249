-- 0021_document: what kind of document each is, documents that are no plan, and links that a person decides on.

-- What kind it is: a value of plan/grammar/documentkind.tsv, or other.  The rule reads it from the title.
-- It is made anew with the words, at the next start of the program.
UPDATE document SET kind = 'other', words = '';
-- 1 where a person chose the kind: the rule leaves it alone
ALTER TABLE document ADD COLUMN kind_by_hand @INT@ NOT NULL DEFAULT 0;
-- 1 for a document that is no plan: it is kept for its words and as a basis of others, and has no tasks
ALTER TABLE document ADD COLUMN basis @INT@ NOT NULL DEFAULT 0;
-- for If-Match: grows with each change of the head, the kind and the links
ALTER TABLE document ADD COLUMN version @INT@ NOT NULL DEFAULT 1;

-- kept: Files in which no plan was found, until a person keeps each as a document that is no plan, or throws it away.
-- Its id becomes that of the version; basis and parts hang on it from the beginning.
CREATE TABLE plan_aside (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    programme_id @INT@ NOT NULL,
    -- as of plan_version
    file_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    register_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    doc_no TEXT,
    issuer TEXT,
    issued_on TEXT,
    jurisdiction TEXT,
    head_at @JSON@ NOT NULL,
    set_at @INT@ NOT NULL,
    set_by @INT@ NOT NULL,
    set_name TEXT NOT NULL
) @STRICT@;
CREATE INDEX plan_aside_newest ON plan_aside (tenant_id, id);
CREATE INDEX plan_aside_by_file ON plan_aside (tenant_id, programme_id, file_hash);

-- kept: The text of a document that is no plan, in pieces of some paragraphs, for the search.
CREATE TABLE document_part (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- of plan_version, before that of plan_aside
    version_id @INT@ NOT NULL,
    text TEXT NOT NULL
) @STRICT@;
CREATE INDEX document_part_of_version ON document_part (tenant_id, version_id, id);

-- derived: The pairs of characters in the parts, as plan_text has them for tasks.
-- @sqlite
CREATE VIRTUAL TABLE document_text USING fts5(words, content='', detail=none, tokenize='ascii');
-- @pgsql
CREATE TABLE document_text (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX document_text_words ON document_text USING gin (words);
-- @both

-- kept: What a person says about how two documents hang together; what is read from their words is not stored.
CREATE TABLE document_link (
    tenant_id @INT@ NOT NULL,
    -- the later document
    from_id @INT@ NOT NULL,
    -- the one that it carries out, is based on, amends or replaces
    to_id @INT@ NOT NULL,
    -- carries_out, based_on, amends, replaces
    relation TEXT NOT NULL,
    -- confirmed; rejected: what the words seem to say is wrong
    state TEXT NOT NULL,
    decided_at @INT@ NOT NULL,
    decided_by @INT@ NOT NULL,
    decided_name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, from_id, to_id)
) @STRICT@;
