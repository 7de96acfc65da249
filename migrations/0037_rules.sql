-- 0037_rules: who set a rule when and why; lights that another rule leaves to be made anew; long lists by unit and by state.

-- kept: A change of a jurisdiction's rule.
CREATE TABLE duty_rule_change (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- light_days_ahead, dates_half_yearly, ...
    name TEXT NOT NULL,
    -- what held before, set or by default
    old_value TEXT NOT NULL,
    -- what holds behind it
    new_value TEXT NOT NULL,
    -- 1: taken back to the default
    back @INT@ NOT NULL,
    why TEXT NOT NULL,
    -- person; 0 for the operating-system account
    actor_id @INT@ NOT NULL,
    actor_name TEXT NOT NULL,
    at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX duty_rule_change_by_name ON duty_rule_change (tenant_id, name, id);

-- the first day whose lights are to be made anew because a rule was changed; null: none
ALTER TABLE duty_clock ADD COLUMN relight_from TEXT;
-- the duty task up to and with which that is done
ALTER TABLE duty_clock ADD COLUMN relight_after @INT@ NOT NULL DEFAULT 0;

CREATE INDEX obligation_by_unit ON obligation (tenant_id, unit_id, id);
-- by how far a thing has come: the order of DUTY_LIST by state
CREATE INDEX duty_by_rank ON duty (tenant_id, (CASE state WHEN 'raised' THEN 0 WHEN 'assigned' THEN 1 WHEN 'ordered' THEN 2 WHEN 'to_do' THEN 2 WHEN 'to_visit' THEN 2 WHEN 'counted' THEN 2 WHEN 'acknowledged' THEN 3 WHEN 'dispatched' THEN 4 WHEN 'in_hand' THEN 5 WHEN 'returned' THEN 6 WHEN 'extended' THEN 7 WHEN 'amended' THEN 8 WHEN 'carried_over' THEN 9 WHEN 'suspended' THEN 10 WHEN 'paused' THEN 10 WHEN 'completion_asked' THEN 11 WHEN 'closing_asked' THEN 11 WHEN 'reviewed' THEN 12 WHEN 'checked' THEN 12 WHEN 'laid_before' THEN 12 WHEN 'done' THEN 13 WHEN 'read' THEN 13 WHEN 'met' THEN 13 WHEN 'visited' THEN 13 WHEN 'struck_off' THEN 13 WHEN 'not_met' THEN 14 WHEN 'lost' THEN 14 WHEN 'withdrawn' THEN 14 WHEN 'archived' THEN 15 ELSE -1 END), id);
