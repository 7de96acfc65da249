-- 0036_above: how what came from above ended there, and files that go between a city and a linked county.

-- how it ended where it was given: finished (办结), suspended (中止), taken_back (收回); null: it is given still, or became
-- one's own, or ended before this was kept
ALTER TABLE duty_above ADD COLUMN ended TEXT;

-- order (what was given: the scan of an instruction, pictures of a finding), answer (what shows what was done)
ALTER TABLE duty_scan ADD COLUMN purpose TEXT NOT NULL DEFAULT 'order';
-- the link between city and county over which it came; 0: it was added here
ALTER TABLE duty_scan ADD COLUMN link_id @INT@ NOT NULL DEFAULT 0;

-- the same of a file of a return
ALTER TABLE evidence ADD COLUMN link_id @INT@ NOT NULL DEFAULT 0;
