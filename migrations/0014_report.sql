-- 0009_report: what units say in their returns, what it rests on, what came on paper.

-- kept: What a unit says of a duty task in a return (报送单): the returning unit's own row, and beside it those of the
-- units that feed it.
CREATE TABLE report_row (
    tenant_id @INT@ NOT NULL,
    obligation_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- who says it
    unit_id @INT@ NOT NULL,
    -- progress in words; empty where nothing was said yet
    text TEXT NOT NULL,
    -- of the whole task; null where nothing was said
    percent @INT@,
    difficulties TEXT NOT NULL,
    next_step TEXT NOT NULL,
    -- 1: nothing changed since the last return, whose words hold
    same @INT@ NOT NULL,
    -- of a unit that feeds another's return: 1 once it was handed over
    given @INT@ NOT NULL,
    -- 1: the office entered it for the unit (代录)
    on_behalf @INT@ NOT NULL,
    changed_by @INT@ NOT NULL,
    changed_name TEXT NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, obligation_id, duty_id, unit_id)
) @STRICT@;
CREATE INDEX report_row_by_duty ON report_row (tenant_id, duty_id, unit_id, obligation_id);

-- kept: A figure that a row gives for a target of its task.  Goals of several years for one indicator are one figure.
CREATE TABLE report_figure (
    tenant_id @INT@ NOT NULL,
    obligation_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    -- as the plan prints it
    indicator TEXT NOT NULL,
    -- of the value, as the plan prints it (人, 人次, %); empty where it prints none
    measure TEXT NOT NULL,
    value @REAL@ NOT NULL,
    -- period (本期), to_date (累计)
    span TEXT NOT NULL,
    PRIMARY KEY (tenant_id, obligation_id, duty_id, unit_id, indicator, measure)
) @STRICT@;

-- kept: What the office remarked on a row, at a place of its words.
CREATE TABLE report_remark (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    obligation_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- the words it is about; empty: the whole row
    quote TEXT NOT NULL,
    remark TEXT NOT NULL,
    person_id @INT@ NOT NULL,
    person_name TEXT NOT NULL,
    made_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX report_remark_by_row ON report_remark (tenant_id, obligation_id, duty_id, id);
