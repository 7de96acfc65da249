-- 0039_tell: a day's messages are written in pieces.

-- up to which id the changes go that the day being told tells; null: no day was begun
ALTER TABLE duty_clock ADD COLUMN tell_to @INT@;
