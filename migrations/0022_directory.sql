-- 0022_directory: what a spreadsheet of units and people says beside their names.

-- What the person is called at the own unit (副局长, 科员), as its staff list has it.
ALTER TABLE person ADD COLUMN job TEXT;
-- supervised: what is late is followed up; coordinated (a party body, customs, the railway): asked and reminded, never chased
ALTER TABLE unit ADD COLUMN standing TEXT NOT NULL DEFAULT 'supervised';
-- The first day of a body that is set up for a time; null: always.
ALTER TABLE unit ADD COLUMN starts_on TEXT;

UPDATE unit SET standing = 'coordinated'
WHERE kind = 'party' OR name LIKE '%海关' OR name LIKE '%铁路局' OR name LIKE '%车务段' OR name LIKE '%火车站' OR name LIKE '%机务段'
   OR name LIKE '%军分区' OR name LIKE '%武警%' OR name LIKE '%人大' OR name LIKE '%人大常委会' OR name LIKE '%政协'
   OR name LIKE '%法院' OR name LIKE '%检察院';
