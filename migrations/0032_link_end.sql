-- 0032_link_end: what a link between a city and a county leaves behind when it ends: nothing of it is lost at either end.

-- the day on which the link ended over which the task came: from then on it is this jurisdiction's own; null: it did not
ALTER TABLE duty_above ADD COLUMN kept_on TEXT;
-- of the city: the day on which the link ended while the task was open: from then on its unit returns it here; null: not so
ALTER TABLE county_told ADD COLUMN left_on TEXT;
