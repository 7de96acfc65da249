-- 0020_evidence: files that returns rest on.

-- kept: A file that belongs to a return (报送单): evidence of a row, or the original that came by other ways.  Its bytes
-- are a blob named by their content; the same bytes are kept once however many rows name them.
CREATE TABLE evidence (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    obligation_id @INT@ NOT NULL,
    -- the row's duty task; 0: the whole return
    duty_id @INT@ NOT NULL,
    -- whose it is: the unit that returns, or one that feeds it
    unit_id @INT@ NOT NULL,
    -- evidence (of a row), original (what came on paper or by other ways)
    purpose TEXT NOT NULL,
    -- as the client called it, without folders and control characters, with the ending of its kind
    name TEXT NOT NULL,
    -- by content: docx, xlsx, pdf, ofd, office, sheet, text, jpeg, png, mp4
    kind TEXT NOT NULL,
    -- of the blob
    hash TEXT NOT NULL,
    -- bytes of the blob
    size @INT@ NOT NULL,
    -- 1: position and other particulars of the camera were taken out
    bare @INT@ NOT NULL,
    -- 1: its words were looked through for the mark of a classified paper; 0: it has none that can be read
    looked @INT@ NOT NULL,
    -- how an original came: oa, mail, chat, paper; empty: it was attached by the unit itself
    came_by TEXT NOT NULL,
    -- the day an original came
    came_on TEXT,
    -- 1: the office attached it for the unit (代录)
    on_behalf @INT@ NOT NULL,
    added_by @INT@ NOT NULL,
    added_name TEXT NOT NULL,
    added_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX evidence_by_return ON evidence (tenant_id, obligation_id, id);
CREATE INDEX evidence_by_purpose ON evidence (tenant_id, purpose, id);
