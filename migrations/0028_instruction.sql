-- 0028_instruction: what few may see, how an instruction (批示) ends, what findings are about.

-- kept: Units whose own people (with a post of the unit itself) see a restricted duty task, beside the persons of
-- duty_viewer.
CREATE TABLE duty_viewer_unit (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    unit_id @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, unit_id)
) @STRICT@;
CREATE INDEX duty_viewer_unit_by_unit ON duty_viewer_unit (tenant_id, unit_id, duty_id);
CREATE INDEX duty_viewer_by_person ON duty_viewer (tenant_id, person_id, duty_id);

-- kept: What a leader's instruction has beside its duty task: who gave it, what came of it, when the leader read that.
CREATE TABLE instruction (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- the leader's account, who sees it always and says 已阅 himself; null: the leader has none
    leader_id @INT@,
    -- what came of it, as it was reported or laid before the leader last; empty: nothing yet
    result TEXT NOT NULL,
    -- the day it was laid before the leader (呈阅); null: not yet, or more was asked for since
    laid_on TEXT,
    -- the day the leader read it (已阅); who entered that: the leader, or the office on the leader's behalf
    read_on TEXT,
    read_by @INT@,
    read_name TEXT,
    PRIMARY KEY (tenant_id, duty_id)
) @STRICT@;
CREATE INDEX instruction_by_leader ON instruction (tenant_id, leader_id, duty_id);

-- kept: The scan of what was written: a PDF or pictures, in the order they were added.  Its bytes are a blob.
CREATE TABLE duty_scan (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    duty_id @INT@ NOT NULL,
    name TEXT NOT NULL,
    -- by content: pdf, jpeg, png
    kind TEXT NOT NULL,
    -- of the blob
    hash TEXT NOT NULL,
    -- bytes of the blob
    size @INT@ NOT NULL,
    -- 1: its words were looked through for the mark of a classified paper; 0: it has none that can be read
    looked @INT@ NOT NULL,
    added_by @INT@ NOT NULL,
    added_name TEXT NOT NULL,
    added_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX duty_scan_by_duty ON duty_scan (tenant_id, duty_id, id);

-- Instructions that stand as tasks go through their own states from now on.
INSERT INTO instruction (tenant_id, duty_id, result, read_on)
SELECT tenant_id, id, '', CASE WHEN state IN ('done', 'archived') THEN state_on END
FROM duty WHERE origin = 'instruction' AND kind = 'task';
UPDATE duty_move SET to_state = 'read'
WHERE about = 'duty' AND to_state = 'done'
  AND about_id IN (SELECT d.id FROM duty d WHERE d.tenant_id = duty_move.tenant_id AND d.origin = 'instruction' AND d.kind = 'task');
UPDATE duty SET kind = 'instruction',
    state = CASE state WHEN 'raised' THEN 'assigned' WHEN 'reviewed' THEN 'completion_asked' WHEN 'done' THEN 'read'
                       WHEN 'amended' THEN 'in_hand' WHEN 'carried_over' THEN 'in_hand' ELSE state END
WHERE origin = 'instruction' AND kind = 'task';

-- What few may see is in no map, trend or list of a programme's lights: programme 0 is none.
UPDATE duty_light SET programme_id = 0
WHERE duty_id IN (SELECT d.id FROM duty d WHERE d.tenant_id = duty_light.tenant_id AND d.restricted = 1);
DELETE FROM obligation_row
WHERE duty_id IN (SELECT d.id FROM duty d WHERE d.tenant_id = obligation_row.tenant_id AND d.restricted = 1)
  AND obligation_id IN (SELECT o.id FROM obligation o WHERE o.tenant_id = obligation_row.tenant_id AND o.kind = 'decision');

-- the duty task that a finding is about, and the number of its action; null: none is named
ALTER TABLE finding ADD COLUMN about_id @INT@;
ALTER TABLE finding ADD COLUMN action_no @INT@;
CREATE INDEX finding_by_about ON finding (tenant_id, about_id, id);
CREATE INDEX finding_by_action ON finding (tenant_id, action_no, id);
