-- 0031_change: units are told once a day what changed in their duty tasks.

-- what was noted and issued up to and with this id is told
ALTER TABLE duty_clock ADD COLUMN told_id @INT@ NOT NULL DEFAULT 0;
UPDATE duty_clock SET told_id = (SELECT coalesce(max(m.id), 0) FROM duty_move m WHERE m.tenant_id = duty_clock.tenant_id);
