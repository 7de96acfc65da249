-- 0026_backfill: ledgers of a year under way, taken over with their own days.

-- kept: A ledger (台账) that was imported: its file is a blob named by its content.
CREATE TABLE backfill (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- the plan whose tasks it tells of
    document_id @INT@ NOT NULL,
    -- as the client called it, without folders and control characters, with the ending of its kind
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    size @INT@ NOT NULL,
    -- the year it tells of
    year @INT@ NOT NULL,
    -- the day on which the programme began to be run here, as stated with it
    begun_on TEXT NOT NULL,
    -- returns, rows of returns and drafts that it recorded; duty tasks that it moved; rows that were left out
    returns @INT@ NOT NULL,
    rows @INT@ NOT NULL,
    moved @INT@ NOT NULL,
    left_out @INT@ NOT NULL,
    made_at @INT@ NOT NULL,
    made_by @INT@ NOT NULL,
    made_name TEXT NOT NULL
) @STRICT@;
CREATE INDEX backfill_of_document ON backfill (tenant_id, document_id, id);

-- kept: Which row of which ledger said what is held of a duty task in a return.
CREATE TABLE backfill_row (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- 0: of the duty task itself (that it is in hand, done)
    obligation_id @INT@ NOT NULL,
    backfill_id @INT@ NOT NULL,
    -- from 1
    sheet @INT@ NOT NULL,
    row @INT@ NOT NULL,
    -- of report_row as it was written: another one says that somebody has changed it since; 0: of the duty task
    version @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, obligation_id)
) @STRICT@;
CREATE INDEX backfill_row_of ON backfill_row (tenant_id, backfill_id, duty_id);
