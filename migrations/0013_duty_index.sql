-- 0013_duty_index: where a jurisdiction's rows are asked for by their ids, or by their duty task alone.

CREATE INDEX duty_by_id ON duty (tenant_id, id);
CREATE INDEX obligation_by_id ON obligation (tenant_id, id);
CREATE INDEX obligation_row_of_duty ON obligation_row (tenant_id, duty_id, obligation_id);
