-- The statements of what changed since people were told (change.c).

-- name: CHANGE_TOLD
-- What was told, and up to which id the day that is being told goes.
SELECT told_id, tell_to FROM duty_clock WHERE tenant_id = $1;

-- name: CHANGE_BEGIN
-- A day that was begun tells up to the same id when it is taken up again.
UPDATE duty_clock SET tell_to = $1 WHERE tenant_id = $2 AND tell_to IS NULL;

-- name: CHANGE_NOTICES
-- Notices issued behind id $2, up to id $3, that units have still to acknowledge.
-- scan: of nothing: behind an id within its jurisdiction
SELECT n.id, r.unit_id, n.issued_on, n.title, coalesce(c.parts, 0)
FROM duty_notice n JOIN duty_receipt r ON r.tenant_id = n.tenant_id AND r.notice_id = n.id
LEFT JOIN (SELECT d.notice_id, p.unit_id, count(*) AS parts
           FROM duty_notice m JOIN duty d ON d.tenant_id = m.tenant_id AND d.notice_id = m.id
           JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id
           WHERE m.tenant_id = $1 AND m.id > $2 AND m.id <= $3 GROUP BY d.notice_id, p.unit_id) c
  ON c.notice_id = n.id AND c.unit_id = r.unit_id
WHERE n.tenant_id = $1 AND n.id > $2 AND n.id <= $3 AND r.acknowledged_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = n.tenant_id AND s.notice_id = n.id AND s.restricted = 1)
ORDER BY n.id, r.unit_id;

-- name: CHANGE_FEW_NOTICES
-- The same of what few may see, with who of its units sees it on day $4.
-- scan: of nothing: behind an id within its jurisdiction
SELECT n.id, r.unit_id, n.issued_on, n.title, p.person_id
FROM duty_notice n JOIN duty_receipt r ON r.tenant_id = n.tenant_id AND r.notice_id = n.id
JOIN duty d ON d.tenant_id = n.tenant_id AND d.notice_id = n.id AND d.restricted = 1
JOIN post p ON p.tenant_id = r.tenant_id AND p.unit_id = r.unit_id
WHERE n.tenant_id = $1 AND n.id > $2 AND n.id <= $3 AND r.acknowledged_on IS NULL AND p.valid_from <= $4 AND p.valid_to >= $4
  AND (EXISTS (SELECT 1 FROM duty_viewer w WHERE w.tenant_id = d.tenant_id AND w.duty_id = d.id AND w.person_id = p.person_id)
       OR EXISTS (SELECT 1 FROM duty_viewer_unit v WHERE v.tenant_id = d.tenant_id AND v.duty_id = d.id AND v.unit_id = p.unit_id))
GROUP BY n.id, r.unit_id, n.issued_on, n.title, p.person_id ORDER BY n.id, r.unit_id, p.person_id;

-- name: CHANGE_DUTIES
-- Moves of duty tasks noted behind id $2, up to id $3, that those who have part did not make themselves, with what the task
-- is now.  The id alone finds them.  From one person to another (hand_over without a before) is the unit's own.
-- scan: of nothing: behind an id within its jurisdiction
SELECT m.about_id, m.id, m.move, m.happened_on, m.why, m.before, d.restricted, d.title, d.text, d.due, d.deadline_kind,
       d.strength, d.cadence, d.way, d.owner_id
FROM duty_move m JOIN duty d ON d.tenant_id = m.tenant_id AND d.id = m.about_id
WHERE m.tenant_id + 0 = $1 AND m.id > $2 AND m.id <= $3 AND m.about || '' = 'duty'
  AND m.move IN ('amend', 'correct', 'settle', 'extend', 'suspend', 'resume', 'reopen', 'carry_over', 'return', 'finish',
                 'hand_over')
  AND (m.move <> 'hand_over' OR m.before IS NOT NULL)
ORDER BY m.id;

-- name: CHANGE_DAYS
-- Extensions of returns and other obligations noted behind id $2, up to id $3.
-- scan: of nothing: behind an id within its jurisdiction
SELECT o.id, m.id, m.happened_on, m.why, m.before, o.unit_id, o.kind, o.due, o.title,
       (SELECT count(*) FROM obligation_row r WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id
          AND r.state <> 'withdrawn')
FROM duty_move m JOIN obligation o ON o.tenant_id = m.tenant_id AND o.id = m.about_id
WHERE m.tenant_id + 0 = $1 AND m.id > $2 AND m.id <= $3 AND m.about || '' = 'obligation' AND m.move = 'extend' AND o.open = 1
  AND (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1))
ORDER BY m.id;

-- name: CHANGE_REQUESTS
-- Requests declined behind id $2, up to id $3.
-- scan: of nothing: behind an id within its jurisdiction
SELECT q.id, m.happened_on, m.why, q.unit_id, q.asked_by, q.about, q.about_id, q.ask, coalesce(d.title, o.title, ''),
       CASE WHEN d.restricted = 1 THEN 1 ELSE 0 END
FROM duty_move m JOIN duty_request q ON q.tenant_id = m.tenant_id AND q.id = m.about_id
LEFT JOIN obligation o ON o.tenant_id = q.tenant_id AND o.id = q.about_id AND q.about = 'obligation'
LEFT JOIN duty d ON d.tenant_id = q.tenant_id AND d.id = CASE WHEN q.about = 'duty' THEN q.about_id ELSE o.duty_id END
WHERE m.tenant_id + 0 = $1 AND m.id > $2 AND m.id <= $3 AND m.about || '' = 'request' AND m.move = 'decline'
ORDER BY m.id;

-- name: CHANGE_PARTS
-- Who has part in duty task $2, or had on day $3, and whether it returns the task itself; no body that had ended by then or ended
-- that day.
SELECT p.unit_id, p.from_on, CASE WHEN p.side = 'none' THEN 0 ELSE 1 END FROM duty_unit p
WHERE p.tenant_id = $1 AND p.duty_id = $2 AND p.to_on >= $3
  AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.tenant_id = p.tenant_id AND u.id = p.unit_id AND u.kind = 'committee' AND u.ends_on <= $3)
ORDER BY p.unit_id;

-- name: CHANGE_SEEN
-- Who of the units that have part in duty task $2 sees it on day $3, where few may.
SELECT DISTINCT p.unit_id, p.person_id FROM duty_unit x
JOIN post p ON p.tenant_id = x.tenant_id AND p.unit_id = x.unit_id
WHERE x.tenant_id = $1 AND x.duty_id = $2 AND x.to_on = '9999-12-31' AND p.valid_from <= $3 AND p.valid_to >= $3
  AND (EXISTS (SELECT 1 FROM duty_viewer w WHERE w.tenant_id = x.tenant_id AND w.duty_id = x.duty_id AND w.person_id = p.person_id)
       OR EXISTS (SELECT 1 FROM duty_viewer_unit v WHERE v.tenant_id = x.tenant_id AND v.duty_id = x.duty_id AND v.unit_id = p.unit_id))
ORDER BY p.unit_id, p.person_id;
