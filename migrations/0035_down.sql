-- 0035_down: instructions (批示) and rectifications (整改) go down to a linked county too.

-- the number there of the giver's last word (a move of duty_move) that was taken here; 0: none
ALTER TABLE duty_above ADD COLUMN word_id @INT@ NOT NULL DEFAULT 0;
