-- 0023_summary: half-year summaries, annual monitoring and evaluation reports: drafted from what is held, kept in versions.

-- kept: A summary or report in writing.
CREATE TABLE summary (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- half_year, annual_monitoring_report, annual_evaluation_report
    kind TEXT NOT NULL,
    programme_id @INT@ NOT NULL,
    -- whose it is
    unit_id @INT@ NOT NULL,
    -- the action that it is about; NULL: all that the unit has part in
    action_no @INT@,
    -- what is fulfilled by sending it; NULL: nothing
    obligation_id @INT@,
    -- first and last day that it tells of
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    -- draft, sent
    state TEXT NOT NULL,
    sent_on TEXT,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX summary_by_id ON summary (tenant_id, id);
CREATE INDEX summary_by_unit ON summary (tenant_id, unit_id, id);

-- kept: A version of its text; none is changed.
CREATE TABLE summary_text (
    tenant_id @INT@ NOT NULL,
    summary_id @INT@ NOT NULL,
    -- 1, 2, ...: that of summary.version when it was written
    no @INT@ NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    person_name TEXT NOT NULL,
    made_at @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, summary_id, no)
) @STRICT@;

-- kept: What a sentence of the draft rests on, as it was then.
CREATE TABLE summary_basis (
    tenant_id @INT@ NOT NULL,
    summary_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- the number that stands behind the sentence: 〔3〕
    mark @INT@ NOT NULL,
    -- duty, return, return_row, figure, finding, move
    kind TEXT NOT NULL,
    -- of the duty task, the return, the finding; of a move: of its duty task
    about_id @INT@ NOT NULL,
    -- of a return row or figure: the duty task; else NULL
    duty_id @INT@,
    -- which of the sentence's counts it is one of: all, done, red, ...; empty: it is quoted
    counted TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (tenant_id, summary_id, seq)
) @STRICT@;
