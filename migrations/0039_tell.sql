-- 0039_tell: a day's messages are written in pieces; long lists of what is owed by the day.

-- up to which id the changes go that the day being told tells; null: no day was begun
ALTER TABLE duty_clock ADD COLUMN tell_to @INT@;

-- what is owed, by due day and by the day it was sent, of a whole jurisdiction: the orders of OBLIGATION_LIST
CREATE INDEX obligation_by_due ON obligation (tenant_id, due, id);
CREATE INDEX obligation_by_sent ON obligation (tenant_id, (coalesce(sent_on, '')), id);
