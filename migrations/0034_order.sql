-- 0034_order: lists of duty tasks by due day, action and state; obligations of a state, whatever their unit.

CREATE INDEX duty_by_due ON duty (tenant_id, due, id);
CREATE INDEX duty_by_action_no ON duty (tenant_id, action_no, id);
CREATE INDEX duty_by_state ON duty (tenant_id, state, id);
CREATE INDEX obligation_by_state ON obligation (tenant_id, state, due, id);
