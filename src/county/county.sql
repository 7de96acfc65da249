-- The statements of links between a city and the jurisdictions of its counties.

-- ---- links ----

-- name: COUNTY_OFFER
INSERT INTO county_link (tenant_id, id, side, unit_id, state, code_hash, code_until, offered_on, sent_seq, taken_seq,
                         changed_at, version)
VALUES ($1, $2, 'city', $3, 'offered', $4, $5, $6, 0, 0, $7, 1);

-- name: COUNTY_BY_CODE
-- The look-up of a code: it has no jurisdiction, it yields it.
SELECT tenant_id, id, code_until FROM county_link WHERE code_hash = $1;

-- name: COUNTY_ASK
INSERT INTO county_link (tenant_id, id, side, peer_tenant_id, peer_id, unit_id, programme_id, state, sent_seq, taken_seq,
                         changed_at, version)
VALUES ($1, $2, 'county', $3, $4, $5, $6, 'asked', 0, 0, $7, 1);

-- name: COUNTY_LINKED
-- The city's end is taken by link $2 of jurisdiction $1.
UPDATE county_link SET peer_tenant_id = $1, peer_id = $2, state = 'linked', linked_on = $3, code_hash = NULL,
                       code_until = NULL, changed_at = $4, version = version + 1
WHERE tenant_id = $5 AND id = $6;

-- name: COUNTY_AGREED
UPDATE county_link SET state = 'linked', linked_on = $1, changed_at = $2, version = version + 1
WHERE tenant_id = $3 AND id = $4;

-- name: COUNTY_END_LATER
UPDATE county_link SET ends_on = $1, ended_by = $2, ended_name = $3, end_why = $4, changed_at = $5, version = version + 1
WHERE tenant_id = $6 AND id = $7;

-- name: COUNTY_END
UPDATE county_link SET state = 'ended', ends_on = $1, ended_by = $2, ended_name = $3, end_why = $4, code_hash = NULL,
                       code_until = NULL, changed_at = $5, version = version + 1
WHERE tenant_id = $6 AND id = $7;

-- name: COUNTY_UNIT_MOVED
UPDATE county_link SET unit_id = $1, changed_at = $2, version = version + 1
WHERE tenant_id = $3 AND side = 'city' AND unit_id = $4 AND state <> 'ended';

-- name: COUNTY_GET
SELECT id, side, peer_tenant_id, peer_id, unit_id, programme_id, state, linked_on, ends_on, ended_name, end_why, sent_seq,
       taken_seq, version
FROM county_link WHERE tenant_id = $1 AND id = $2;

-- name: COUNTY_OPEN_OF_UNIT
SELECT id FROM county_link WHERE tenant_id = $1 AND side = $2 AND state <> 'ended' AND (unit_id = $3 OR $3 = 0) LIMIT 1;

-- name: COUNTY_LIST
-- What few may see is in no count.
-- scan: a jurisdiction has a link a county, and those that ended
SELECT l.id, l.side, p.name, l.unit_id, u.name, l.programme_id, g.name, l.state, l.offered_on, l.linked_on, l.ends_on,
       l.ended_by, l.ended_name, l.end_why,
       (SELECT count(*) FROM county_message m WHERE m.tenant_id = l.tenant_id AND m.link_id = l.id AND m.taken_at IS NULL),
       CASE WHEN l.side = 'city'
            THEN (SELECT count(*) FROM county_told t
                  JOIN duty d ON d.tenant_id = t.tenant_id AND d.id = t.duty_id AND d.restricted = 0
                  WHERE t.tenant_id = l.tenant_id AND t.link_id = l.id AND t.live = 1)
            ELSE (SELECT count(*) FROM duty_above a
                  JOIN duty d ON d.tenant_id = a.tenant_id AND d.id = a.duty_id AND d.restricted = 0
                  WHERE a.tenant_id = l.tenant_id AND a.link_id = l.id AND a.live = 1) END,
       CASE WHEN l.side = 'city'
            THEN (SELECT count(*) FROM county_told t
                  JOIN duty d ON d.tenant_id = t.tenant_id AND d.id = t.duty_id AND d.restricted = 0
                  WHERE t.tenant_id = l.tenant_id AND t.link_id = l.id AND t.left_on IS NOT NULL)
            ELSE (SELECT count(*) FROM duty_above a
                  JOIN duty d ON d.tenant_id = a.tenant_id AND d.id = a.duty_id AND d.restricted = 0
                  WHERE a.tenant_id = l.tenant_id AND a.link_id = l.id AND a.kept_on IS NOT NULL) END,
       l.version
FROM county_link l
LEFT JOIN tenant p ON p.id = l.peer_tenant_id
LEFT JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id
LEFT JOIN programme g ON g.tenant_id = l.tenant_id AND g.id = l.programme_id
WHERE l.tenant_id = $1 ORDER BY l.id DESC LIMIT $2;

-- ---- what an end leaves ----

-- name: COUNTY_LEAVE
-- The tasks of link $3 that are open on the day it ends: from then on unit $4 answers for them here.
UPDATE county_told SET left_on = $1
WHERE tenant_id = $2 AND link_id = $3 AND live = 1
  AND EXISTS (SELECT 1 FROM duty d
              JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id = $4
                AND p.to_on = '9999-12-31'
              WHERE d.tenant_id = county_told.tenant_id AND d.id = county_told.duty_id AND d.live = 1);

-- name: COUNTY_LEFT_COUNT
SELECT count(*) FROM county_told t
JOIN duty d ON d.tenant_id = t.tenant_id AND d.id = t.duty_id AND d.restricted = 0
WHERE t.tenant_id = $1 AND t.link_id = $2 AND t.left_on IS NOT NULL;

-- name: COUNTY_LEFT
-- What link $2 left open, with the day on which its unit owes the next return of it, and whether the county had sent
-- something that stands in that return already.
-- filter @sqlite: sight = (d.restricted = 0 OR d.id IN (SELECT value FROM json_each(?)))
-- filter @pgsql: sight = (d.restricted = 0 OR d.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))))
-- key: t.duty_id
SELECT t.duty_id, d.title, d.state, d.live, t.left_on,
       (SELECT min(o.due) FROM obligation_row r
        JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return' AND o.open = 1
        WHERE r.tenant_id = t.tenant_id AND r.duty_id = t.duty_id AND r.unit_id = l.unit_id
          AND r.state IN ('open', 'returned')),
       EXISTS (SELECT 1 FROM county_row c
               JOIN obligation_row r ON r.tenant_id = c.tenant_id AND r.obligation_id = c.obligation_id
                 AND r.duty_id = c.duty_id AND r.state IN ('open', 'returned')
               WHERE c.tenant_id = t.tenant_id AND c.link_id = t.link_id AND c.duty_id = t.duty_id AND c.told IS NULL)
FROM county_told t
JOIN county_link l ON l.tenant_id = t.tenant_id AND l.id = t.link_id
JOIN duty d ON d.tenant_id = t.tenant_id AND d.id = t.duty_id
WHERE t.tenant_id = $1 AND t.link_id = $2 AND t.left_on IS NOT NULL {where} {order};

-- name: COUNTY_ANSWERERS
-- Who returns for unit $2 on day $3.
SELECT DISTINCT x.id, x.display_name FROM post p JOIN person x ON x.tenant_id = p.tenant_id AND x.id = p.person_id
WHERE p.tenant_id = $1 AND p.unit_id = $2 AND p.role IN ('liaison_a', 'liaison_b', 'county_office')
  AND p.valid_from <= $3 AND p.valid_to >= $3 AND x.disabled = 0 ORDER BY x.id;

-- name: COUNTY_WORK
-- scan: the look of who carries messages: a row a link of the whole server
SELECT l.tenant_id, l.id, l.side, l.state, l.unit_id, l.peer_tenant_id, l.peer_id, l.ends_on,
       (SELECT COALESCE(max(j.seq), 0) FROM journal j WHERE j.tenant_id = l.tenant_id),
       EXISTS (SELECT 1 FROM county_message m WHERE m.tenant_id = l.tenant_id AND m.link_id = l.id AND m.taken_at IS NULL)
FROM county_link l WHERE l.peer_id IS NOT NULL ORDER BY l.tenant_id, l.id;

-- ---- messages ----

-- name: COUNTY_MESSAGE_SEQ
UPDATE county_link SET sent_seq = sent_seq + 1 WHERE tenant_id = $1 AND id = $2;

-- name: COUNTY_MESSAGE_ADD
INSERT INTO county_message (tenant_id, link_id, seq, kind, body, made_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: COUNTY_MESSAGE_NEXT
SELECT seq, kind, body FROM county_message WHERE tenant_id = $1 AND link_id = $2 AND taken_at IS NULL ORDER BY seq LIMIT 1;

-- name: COUNTY_MESSAGE_TAKEN
UPDATE county_message SET taken_at = $1 WHERE tenant_id = $2 AND link_id = $3 AND seq = $4 AND taken_at IS NULL;

-- name: COUNTY_TAKEN
UPDATE county_link SET taken_seq = $1 WHERE tenant_id = $2 AND id = $3;

-- ---- down: the city's tasks ----

-- name: COUNTY_TASKS
-- The tasks in which unit $3 has, or had, part, with what the county was told of them; of what few may see that which
-- the unit is named to see.
SELECT d.id, d.title, d.text, d.action_no, d.action, d.deadline_kind, d.due, d.strength, d.cadence, d.deliverable,
       CASE WHEN (d.live = 1 OR (d.kind <> 'task' AND d.state IN ('read', 'archived', 'struck_off'))) AND p.to_on = '9999-12-31'
             AND (d.restricted = 0 OR v.unit_id IS NOT NULL) THEN 1 ELSE 0 END,
       d.state, c.title, c.doc_no, n.title, t.hash, t.live, d.kind, d.live, d.leader, d.given_on, d.words, i.result,
       d.restricted
FROM duty_unit p
JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id AND d.kind IN ('task', 'instruction', 'rectification')
LEFT JOIN duty_viewer_unit v ON v.tenant_id = d.tenant_id AND v.duty_id = d.id AND v.unit_id = p.unit_id
LEFT JOIN instruction i ON i.tenant_id = d.tenant_id AND i.duty_id = d.id
JOIN duty_notice n ON n.tenant_id = d.tenant_id AND n.id = d.notice_id
LEFT JOIN document c ON c.tenant_id = d.tenant_id AND c.id = d.document_id
LEFT JOIN county_told t ON t.tenant_id = d.tenant_id AND t.link_id = $1 AND t.duty_id = d.id
WHERE p.tenant_id = $2 AND p.unit_id = $3 ORDER BY d.id;

-- name: COUNTY_TASK_DATES
SELECT p.duty_id, x.at FROM duty_unit p
JOIN duty_date x ON x.tenant_id = p.tenant_id AND x.duty_id = p.duty_id AND x.side = p.side
WHERE p.tenant_id = $1 AND p.unit_id = $2 ORDER BY p.duty_id, x.at;

-- name: COUNTY_TASK_TARGETS
SELECT p.duty_id, t.indicator, COALESCE(t.unit, ''), t.raw, t.seq FROM duty_unit p
JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id
JOIN plan_target t ON t.tenant_id = d.tenant_id AND t.task_id = d.plan_task_id AND t.advisory = 0 AND t.op <> 'done'
WHERE p.tenant_id = $1 AND p.unit_id = $2
UNION ALL
SELECT p.duty_id, t.indicator, t.measure, t.goal, t.seq FROM duty_unit p
JOIN duty_target t ON t.tenant_id = p.tenant_id AND t.duty_id = p.duty_id
WHERE p.tenant_id = $1 AND p.unit_id = $2 ORDER BY 1, 5;

-- name: COUNTY_TASK_DAYS
-- Returns of the unit that were given another day than the rule's, sent or not: what was told stays as it is.
SELECT r.duty_id, o.raised_for, o.due FROM obligation o
JOIN obligation_row r ON r.tenant_id = o.tenant_id AND r.obligation_id = o.id AND r.state <> 'withdrawn'
WHERE o.tenant_id = $1 AND o.unit_id = $2 AND o.kind = 'return' AND o.due > o.raised_for
ORDER BY r.duty_id, o.raised_for;

-- name: COUNTY_TASK_FILES
-- The scans of instructions, the pictures of findings whose rectification was ordered.
SELECT p.duty_id, s.name, s.kind, s.hash, s.size, s.looked, s.id FROM duty_unit p
JOIN duty_scan s ON s.tenant_id = p.tenant_id AND s.duty_id = p.duty_id AND s.purpose = 'order'
WHERE p.tenant_id = $1 AND p.unit_id = $2
UNION ALL
SELECT p.duty_id, '', CASE x.media WHEN 'image/png' THEN 'png' ELSE 'jpeg' END, x.hash, x.size, 0, x.id FROM duty_unit p
JOIN finding f ON f.tenant_id = p.tenant_id AND f.duty_id = p.duty_id
JOIN finding_picture x ON x.tenant_id = f.tenant_id AND x.finding_id = f.id
WHERE p.tenant_id = $1 AND p.unit_id = $2 ORDER BY 1, 7;

-- name: COUNTY_TASK_WORDS
-- What was said of what unit $2 answered, in the order it was said.
SELECT p.duty_id, m.id, m.move, COALESCE(m.why, ''), m.person_name, m.happened_on FROM duty_unit p
JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id AND (d.kind IN ('instruction', 'rectification') OR d.restricted = 1)
JOIN duty_move m ON m.tenant_id = d.tenant_id AND m.about = 'duty' AND m.about_id = d.id
  AND m.move IN ('return', 'lay_before', 'read', 'reopen', 'check', 'strike_off')
WHERE p.tenant_id = $1 AND p.unit_id = $2 ORDER BY p.duty_id, m.id;

-- name: COUNTY_DOWN_OF
-- Which linked counties have part in duty task $2, and whether it went down to them.  (state <> 'ended': as the index has it.)
SELECT p.unit_id, n.name, CASE WHEN t.live = 1 THEN 'given' WHEN d.live = 0 THEN 'over'
                               WHEN d.restricted = 1 AND v.unit_id IS NULL THEN 'hidden' ELSE 'waiting' END
FROM duty d
JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.to_on = '9999-12-31'
JOIN county_link l ON l.tenant_id = p.tenant_id AND l.unit_id = p.unit_id AND l.side = 'city' AND l.state = 'linked'
                  AND l.state <> 'ended'
JOIN tenant n ON n.id = l.peer_tenant_id
LEFT JOIN county_told t ON t.tenant_id = l.tenant_id AND t.link_id = l.id AND t.duty_id = d.id
LEFT JOIN duty_viewer_unit v ON v.tenant_id = d.tenant_id AND v.duty_id = d.id AND v.unit_id = p.unit_id
WHERE d.tenant_id = $1 AND d.id = $2 AND d.kind IN ('task', 'instruction', 'rectification') ORDER BY p.unit_id;

-- name: COUNTY_TOLD
INSERT INTO county_told (tenant_id, link_id, duty_id, hash, live, told_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (tenant_id, link_id, duty_id) DO UPDATE SET hash = excluded.hash, live = excluded.live, told_at = excluded.told_at;

-- ---- up: the county's rows ----

-- name: COUNTY_RETURN_OF
-- The return of unit $2 in which a row of duty task $3, due there between two days, belongs.
SELECT o.id, r.state FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return'
WHERE r.tenant_id = $1 AND r.unit_id = $2 AND r.duty_id = $3 AND o.raised_for >= $4 AND o.raised_for <= $5
  AND r.state <> 'withdrawn' ORDER BY o.raised_for LIMIT 1;

-- name: COUNTY_ROW_CAME
INSERT INTO county_row (tenant_id, obligation_id, duty_id, link_id, peer_obligation_id, sent_on, sent_name, came_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (tenant_id, obligation_id, duty_id) DO UPDATE
SET link_id = excluded.link_id, peer_obligation_id = excluded.peer_obligation_id, sent_on = excluded.sent_on,
    sent_name = excluded.sent_name, came_at = excluded.came_at, told = NULL;

-- name: COUNTY_ROWS_MISSING
-- Rows of return $2 that are owed and did not come (again) from the county yet.
SELECT count(*) FROM obligation_row r
WHERE r.tenant_id = $1 AND r.obligation_id = $2 AND r.state IN ('open', 'returned')
  AND NOT EXISTS (SELECT 1 FROM county_row c WHERE c.tenant_id = r.tenant_id AND c.obligation_id = r.obligation_id
                    AND c.duty_id = r.duty_id AND c.told IS NULL);

-- name: COUNTY_JUDGED
-- What the city said of the rows that came over link $2 since they came, and the county was not told yet.
SELECT c.obligation_id, c.duty_id, c.peer_obligation_id, r.state, r.why,
       (SELECT m.quote FROM report_remark m WHERE m.tenant_id = c.tenant_id AND m.obligation_id = c.obligation_id
          AND m.duty_id = c.duty_id AND m.made_at >= c.came_at ORDER BY m.id DESC LIMIT 1),
       (SELECT m.remark FROM report_remark m WHERE m.tenant_id = c.tenant_id AND m.obligation_id = c.obligation_id
          AND m.duty_id = c.duty_id AND m.made_at >= c.came_at ORDER BY m.id DESC LIMIT 1),
       (SELECT v.person_name FROM duty_move v WHERE v.tenant_id = c.tenant_id AND v.about = 'obligation'
          AND v.about_id = c.obligation_id ORDER BY v.id DESC LIMIT 1)
FROM county_row c
JOIN obligation_row r ON r.tenant_id = c.tenant_id AND r.obligation_id = c.obligation_id AND r.duty_id = c.duty_id
WHERE c.tenant_id = $1 AND c.link_id = $2 AND c.told IS NULL AND r.state IN ('accepted', 'returned')
  AND EXISTS (SELECT 1 FROM duty_move v WHERE v.tenant_id = c.tenant_id AND v.about = 'obligation'
                AND v.about_id = c.obligation_id AND v.move IN ('return', 'accept') AND v.recorded_at >= c.came_at)
ORDER BY c.obligation_id, c.duty_id;

-- name: COUNTY_ROW_TOLD
UPDATE county_row SET told = $1 WHERE tenant_id = $2 AND obligation_id = $3 AND duty_id = $4;

-- name: COUNTY_ROWS_OF
-- Where the rows of return $2 came from.
SELECT c.duty_id, c.sent_on, c.sent_name, c.came_at, p.name FROM county_row c
JOIN county_link l ON l.tenant_id = c.tenant_id AND l.id = c.link_id
JOIN tenant p ON p.id = l.peer_tenant_id
WHERE c.tenant_id = $1 AND c.obligation_id = $2 ORDER BY c.duty_id;

-- name: COUNTY_SENT_ROWS
-- The rows of return $2 whose tasks came over a link that holds, and that its giver has not accepted.
SELECT a.link_id, a.duty_id, a.peer_duty_id, a.days_before, o.raised_for FROM obligation_row r
JOIN duty_above a ON a.tenant_id = r.tenant_id AND a.duty_id = r.duty_id AND a.live = 1
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id AND o.kind = 'return'
JOIN county_link l ON l.tenant_id = a.tenant_id AND l.id = a.link_id AND l.state = 'linked'
WHERE r.tenant_id = $1 AND r.obligation_id = $2 AND r.state = 'sent' ORDER BY a.link_id, a.duty_id;

-- name: COUNTY_OWN_DUTY
-- scan: a county has a link or two, the one that holds and those before it
-- The duty task that task $1 of city $3 is here, over whichever link it came.
SELECT a.duty_id, a.link_id FROM county_link l
JOIN duty_above a ON a.tenant_id = l.tenant_id AND a.link_id = l.id AND a.peer_duty_id = $1
WHERE l.tenant_id = $2 AND l.side = 'county' AND l.peer_tenant_id = $3 ORDER BY l.id DESC LIMIT 1;
