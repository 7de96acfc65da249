-- 0027_county: a county that runs a jurisdiction of its own: its link with the city's, what was said over it, and what
-- the county made of the tasks that came down.  Each end has rows of its own; what crosses are messages.

-- kept: One end of a link between the jurisdiction of a city and that of one of its counties.
CREATE TABLE county_link (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- city: this jurisdiction gives tasks; county: it takes them
    side TEXT NOT NULL,
    -- the other end: its jurisdiction and its row there; null while nobody took the offer
    peer_tenant_id @INT@,
    peer_id @INT@,
    -- of the city: the unit that the county is here; of the county: its office, which answers
    unit_id @INT@ NOT NULL,
    -- of the county: the programme into which the tasks come
    programme_id @INT@,
    -- offered (the city waits), asked (the county waits), linked, ended
    state TEXT NOT NULL,
    -- SHA-256 of the code that the city hands over; null once it is used or withdrawn.  A code knows no jurisdiction
    code_hash @BLOB@ UNIQUE,
    -- the last moment at which it is taken
    code_until @INT@,
    offered_on TEXT,
    linked_on TEXT,
    -- the first day on which it is no more; may lie ahead while it is linked
    ends_on TEXT,
    -- city, county: who ended it
    ended_by TEXT,
    ended_name TEXT,
    end_why TEXT,
    -- numbers of the last message that this end gave out, and of the other end's that it worked in
    sent_seq @INT@ NOT NULL,
    taken_seq @INT@ NOT NULL,
    changed_at @INT@ NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX county_link_open ON county_link (tenant_id, id) WHERE state <> 'ended';

-- kept: What one end tells the other, in order; each is worked in once.
CREATE TABLE county_message (
    -- of the end that tells it
    tenant_id @INT@ NOT NULL,
    link_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- take, linked, end; tasks, verdicts (down); rows (up)
    kind TEXT NOT NULL,
    body @JSON@ NOT NULL,
    made_at @INT@ NOT NULL,
    -- when the other end had worked it in; null: it waits
    taken_at @INT@,
    PRIMARY KEY (tenant_id, link_id, seq)
) @STRICT@;
CREATE INDEX county_message_waiting ON county_message (tenant_id, link_id, seq) WHERE taken_at IS NULL;

-- kept: Of the city: what the county was told last of one of its tasks.
CREATE TABLE county_told (
    tenant_id @INT@ NOT NULL,
    link_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- SHA-256 of what was told
    hash @BLOB@ NOT NULL,
    -- 1: it is the county's; 0: it was taken back
    live @INT@ NOT NULL,
    told_at @INT@ NOT NULL,
    PRIMARY KEY (tenant_id, link_id, duty_id)
) @STRICT@;

-- kept: Of the city: a row of a county's return that the county's own jurisdiction sent.
CREATE TABLE county_row (
    tenant_id @INT@ NOT NULL,
    obligation_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    link_id @INT@ NOT NULL,
    -- the county's own return
    peer_obligation_id @INT@ NOT NULL,
    -- the day it was sent there, by whom, and when it came
    sent_on TEXT NOT NULL,
    sent_name TEXT NOT NULL,
    came_at @INT@ NOT NULL,
    -- accepted, returned: what the county was told of it; null: nothing since it came
    told TEXT,
    PRIMARY KEY (tenant_id, obligation_id, duty_id)
) @STRICT@;
CREATE INDEX county_row_untold ON county_row (tenant_id, link_id, obligation_id) WHERE told IS NULL;

-- kept: A duty task that came from above: the words and days of who gave it, always as they are there, and how it is
-- taken here.
CREATE TABLE duty_above (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    -- the link it came over, and the duty task at the other end
    link_id @INT@ NOT NULL,
    peer_duty_id @INT@ NOT NULL,
    -- how the one who gave it is called
    from_name TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- the document that ordered it there; empty: none
    document TEXT NOT NULL,
    doc_no TEXT NOT NULL,
    deadline_kind TEXT NOT NULL,
    -- 9999-12-31: none
    due TEXT NOT NULL,
    -- the days on which the return is due there: ["06-05"]; empty: no returns are asked
    dates @JSON@ NOT NULL,
    -- open (nobody said), as_is (照办), adapted (参照: own words and days)
    taken TEXT NOT NULL,
    -- how many days before those above the return is due here
    days_before @INT@ NOT NULL,
    taken_on TEXT,
    taken_name TEXT,
    -- 1: it is given still; 0: it was taken back, or the link ended
    live @INT@ NOT NULL,
    -- the day on which what stands above was changed last
    changed_on TEXT NOT NULL,
    PRIMARY KEY (tenant_id, duty_id)
) @STRICT@;
CREATE UNIQUE INDEX duty_above_by_peer ON duty_above (tenant_id, link_id, peer_duty_id);

-- kept: A target of a duty task that no plan held here ordered.
CREATE TABLE duty_target (
    tenant_id @INT@ NOT NULL,
    duty_id @INT@ NOT NULL,
    seq @INT@ NOT NULL,
    -- as the plan prints them; measure is empty where it prints none
    indicator TEXT NOT NULL,
    measure TEXT NOT NULL,
    goal TEXT NOT NULL,
    PRIMARY KEY (tenant_id, duty_id, seq)
) @STRICT@;
