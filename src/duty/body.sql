-- The programme's own bodies: what they have open, what an ended one leaves, handing it over.

-- name: BODY_LIST
-- Behind unit $3, as of day $2.
WITH here(tenant, day) AS (SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT))
SELECT u.id, u.name, u.starts_on, u.ends_on,
       (SELECT count(DISTINCT x.person_id) FROM post x WHERE x.tenant_id = u.tenant_id AND x.unit_id = u.id
          AND x.valid_to >= here.day AND x.valid_from <= here.day),
       (SELECT count(*) FROM duty_unit p JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id
        WHERE p.tenant_id = u.tenant_id AND p.unit_id = u.id AND p.to_on = '9999-12-31' AND d.live = 1 AND d.restricted = 0),
       (SELECT count(*) FROM obligation o WHERE o.tenant_id = u.tenant_id AND o.unit_id = u.id AND o.open = 1
          AND (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1)))
FROM here CROSS JOIN unit u
WHERE u.tenant_id = here.tenant AND u.kind = 'committee' AND u.alias_of IS NULL AND u.id > $3 ORDER BY u.id LIMIT $4;

-- name: BODY_CLOSING
-- Bodies whose last day is $3 or before and that have something open, or left something as of $2, behind unit $4: for the
-- office alone, so what few may see counts too.  $5: this one, or 0.
WITH here(tenant, today, horizon) AS (SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT))
SELECT c.* FROM (
    SELECT u.id, u.name, u.ends_on, u.version,
           (SELECT count(*) FROM duty_unit p JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id
            WHERE p.tenant_id = u.tenant_id AND p.unit_id = u.id AND p.to_on = '9999-12-31' AND (d.live = 1 OR d.state = 'suspended')
              AND d.kind <> 'rectification') AS duties,
           (SELECT count(*) FROM duty_unit p JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id
            WHERE p.tenant_id = u.tenant_id AND p.unit_id = u.id AND p.to_on = '9999-12-31' AND d.live = 1
              AND d.kind = 'rectification') AS rectifications,
           (SELECT count(*) FROM obligation o WHERE o.tenant_id = u.tenant_id AND o.unit_id = u.id AND o.open = 1) AS owed,
           (SELECT count(*) FROM finding f JOIN visit v ON v.tenant_id = f.tenant_id AND v.id = f.visit_id
            WHERE f.tenant_id = u.tenant_id AND f.unit_id = u.id AND f.duty_id IS NULL AND v.told_on IS NOT NULL) AS findings,
           (SELECT count(*) FROM body_left l JOIN duty d ON d.tenant_id = l.tenant_id AND d.id = l.about_id
            WHERE l.tenant_id = u.tenant_id AND l.body_id = u.id AND l.settled_on IS NULL AND l.about = 'duty'
              AND (d.live = 1 OR d.state = 'suspended') AND (l.role <> 'lead' OR d.owner_id = k.office_id)
              AND EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = l.tenant_id AND p.duty_id = l.about_id
                            AND p.unit_id = k.office_id AND p.to_on = '9999-12-31'))
           + (SELECT count(*) FROM body_left l JOIN obligation o ON o.tenant_id = l.tenant_id AND o.id = l.about_id
              WHERE l.tenant_id = u.tenant_id AND l.body_id = u.id AND l.settled_on IS NULL AND l.about = 'obligation'
                AND o.open = 1 AND o.unit_id = k.office_id) AS remains,
           n.id AS next_id, n.name AS next_name, q.id AS parent_id, q.name AS parent_name, k.office_id, f.name AS office_name
    FROM here CROSS JOIN unit u CROSS JOIN duty_clock k
    LEFT JOIN unit n ON n.tenant_id = u.tenant_id AND n.id = (
        SELECT s.new_id FROM successor s JOIN unit x ON x.tenant_id = s.tenant_id AND x.id = s.new_id
        WHERE s.tenant_id = u.tenant_id AND s.about = 'unit' AND s.old_id = u.id AND (x.ends_on IS NULL OR x.ends_on >= here.today)
        ORDER BY s.from_on DESC, s.new_id LIMIT 1)
    LEFT JOIN unit q ON q.tenant_id = u.tenant_id AND q.id = u.parent_id AND q.kind <> 'group' AND q.alias_of IS NULL
                    AND (q.ends_on IS NULL OR q.ends_on >= here.today)
    LEFT JOIN unit f ON f.tenant_id = k.tenant_id AND f.id = k.office_id
    WHERE u.tenant_id = here.tenant AND u.kind = 'committee' AND u.alias_of IS NULL AND u.id > $4 AND u.ends_on <= here.horizon
      AND k.tenant_id = u.tenant_id AND u.id <> k.office_id AND (CAST($5 AS BIGINT) = 0 OR u.id = $5)
) c WHERE c.duties + c.rectifications + c.owed + c.findings + c.remains > 0 OR c.id = $5 ORDER BY c.id LIMIT $6;

-- name: BODY_DUTIES
-- The open duty tasks that body $2 has part in, and those that the office has in its stead, behind $3.  For the
-- office alone, which sees what few may see.
SELECT d.id, d.kind, d.no, d.title, d.state, d.due, p.role, 0
FROM duty_unit p JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id
WHERE p.tenant_id = $1 AND p.unit_id = $2 AND p.to_on = '9999-12-31' AND (d.live = 1 OR d.state = 'suspended') AND d.id > $3
UNION ALL
SELECT d.id, d.kind, d.no, d.title, d.state, d.due, l.role, 1
FROM body_left l JOIN duty d ON d.tenant_id = l.tenant_id AND d.id = l.about_id
JOIN duty_clock k ON k.tenant_id = l.tenant_id
WHERE l.tenant_id = $1 AND l.body_id = $2 AND l.settled_on IS NULL AND l.about = 'duty' AND d.id > $3
  AND (d.live = 1 OR d.state = 'suspended') AND (l.role <> 'lead' OR d.owner_id = k.office_id)
  AND EXISTS (SELECT 1 FROM duty_unit p WHERE p.tenant_id = l.tenant_id AND p.duty_id = l.about_id
                AND p.unit_id = k.office_id AND p.to_on = '9999-12-31')
ORDER BY 1 LIMIT $4;

-- name: BODY_OWED
-- What body $2 owes, and what of it the office owes in its stead, behind $3; the last column: it goes with a duty task.
SELECT o.id, o.kind, o.title, o.state, o.due, 0,
       CASE WHEN o.duty_id IS NOT NULL OR EXISTS (
           SELECT 1 FROM obligation_row r JOIN duty_unit p ON p.tenant_id = r.tenant_id AND p.duty_id = r.duty_id
           WHERE r.tenant_id = o.tenant_id AND r.obligation_id = o.id AND r.state IN ('open', 'returned')
             AND p.unit_id = o.unit_id AND p.to_on = '9999-12-31') THEN 1 ELSE 0 END
FROM obligation o WHERE o.tenant_id = $1 AND o.unit_id = $2 AND o.open = 1 AND o.id > $3
UNION ALL
SELECT o.id, o.kind, o.title, o.state, o.due, 1, 0
FROM body_left l JOIN obligation o ON o.tenant_id = l.tenant_id AND o.id = l.about_id
JOIN duty_clock k ON k.tenant_id = l.tenant_id
WHERE l.tenant_id = $1 AND l.body_id = $2 AND l.settled_on IS NULL AND l.about = 'obligation'
  AND o.open = 1 AND o.unit_id = k.office_id AND o.id > $3
ORDER BY 1 LIMIT $4;

-- name: BODY_FINDINGS
-- What was found at body $2 and told it, of which nothing is ordered, behind $3.
SELECT f.id, f.grade, f.words, v.visit_on FROM finding f JOIN visit v ON v.tenant_id = f.tenant_id AND v.id = f.visit_id
WHERE f.tenant_id = $1 AND f.unit_id = $2 AND f.duty_id IS NULL AND v.told_on IS NOT NULL AND f.id > $3
ORDER BY f.id LIMIT $4;

-- ---- after the last day ----

-- name: BODY_STANDS_NOT
-- Where unit $2 is a body that has ended before day $3: who is said to stand in its place then.
WITH here(tenant, body, day) AS (SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT))
SELECT (SELECT s.new_id FROM successor s JOIN unit x ON x.tenant_id = s.tenant_id AND x.id = s.new_id
        WHERE s.tenant_id = u.tenant_id AND s.about = 'unit' AND s.old_id = u.id AND s.from_on <= here.day
          AND (x.ends_on IS NULL OR x.ends_on >= here.day)
        ORDER BY s.from_on DESC, s.new_id LIMIT 1)
FROM here JOIN unit u ON u.tenant_id = here.tenant AND u.id = here.body AND u.kind = 'committee' AND u.ends_on < here.day;

-- name: BODY_ENDED_PARTS
-- Bodies that ended before day $3 and have part in duty task $2 still; never the office ($4).
SELECT p.unit_id, u.name, p.role, p.side FROM duty_unit p
JOIN duty d ON d.tenant_id = p.tenant_id AND d.id = p.duty_id AND d.live = 1
JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id AND u.kind = 'committee'
WHERE p.tenant_id = $1 AND p.duty_id = $2 AND p.to_on = '9999-12-31' AND u.ends_on < $3 AND p.unit_id <> $4
ORDER BY p.unit_id;

-- name: BODY_ENDED_DUTIES
-- Live duty tasks in which such a body (those before day $2; $4: the one, or 0) has part.
SELECT DISTINCT d.id FROM unit u CROSS JOIN duty_unit p CROSS JOIN duty d
WHERE u.tenant_id = $1 AND u.kind = 'committee' AND u.ends_on < $2 AND u.id <> $3 AND (CAST($4 AS BIGINT) = 0 OR u.id = $4)
  AND p.tenant_id = u.tenant_id AND p.unit_id = u.id AND p.to_on = '9999-12-31'
  AND d.tenant_id = p.tenant_id AND d.id = p.duty_id AND d.live = 1
ORDER BY d.id LIMIT 200;

-- name: BODY_ENDED_OWED
-- What such bodies owe still.
SELECT o.id, u.id, u.name FROM unit u CROSS JOIN obligation o
WHERE u.tenant_id = $1 AND u.kind = 'committee' AND u.ends_on < $2 AND u.id <> $3 AND (CAST($4 AS BIGINT) = 0 OR u.id = $4)
  AND o.tenant_id = u.tenant_id AND o.unit_id = u.id AND o.open = 1
ORDER BY o.id LIMIT 200;

-- name: BODY_BEYOND
-- What documents ask of unit $2 behind its last day.
SELECT o.id FROM unit u JOIN obligation o ON o.tenant_id = u.tenant_id AND o.unit_id = u.id
WHERE u.tenant_id = $1 AND u.id = $2 AND u.kind = 'committee' AND o.open = 1 AND o.duty_id IS NULL AND o.kind <> 'return'
  AND o.due > u.ends_on ORDER BY o.id;

-- name: BODY_LEAVES
INSERT INTO body_left (tenant_id, id, body_id, about, about_id, role, side, own_role, own_side, from_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING;

-- name: BODY_LEFT
-- What body $2 left of this kind.
SELECT l.id, l.about_id, l.role, l.side, l.own_role, l.own_side, l.from_on FROM body_left l
WHERE l.tenant_id = $1 AND l.body_id = $2 AND l.about = $3 AND l.settled_on IS NULL ORDER BY l.about_id;

-- name: BODY_LEFT_OTHER
-- Of duty task $2, what another body than $3's left, the lead's part first.
SELECT l.role, l.side, l.own_role, l.own_side FROM body_left l
WHERE l.tenant_id = $1 AND l.about = 'duty' AND l.about_id = $2 AND l.settled_on IS NULL AND l.id <> $3
ORDER BY CASE l.role WHEN 'lead' THEN 0 ELSE 1 END, l.id LIMIT 1;

-- name: BODY_LEFT_SETTLE
UPDATE body_left SET settled_on = $1, to_id = $2 WHERE tenant_id = $3 AND id = $4;

-- ---- handing over ----

-- name: HAND_ROWS
-- What unit $3 owes of duty task $2 in returns; the last column: how many other tasks are in the return.
SELECT r.obligation_id, o.kind, o.raised_for, o.about,
       (SELECT count(*) FROM obligation_row q WHERE q.tenant_id = r.tenant_id AND q.obligation_id = r.obligation_id
          AND q.duty_id <> r.duty_id AND q.state <> 'withdrawn')
FROM obligation_row r JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
WHERE r.tenant_id = $1 AND r.duty_id = $2 AND r.state IN ('open', 'returned') AND o.unit_id = $3 AND o.open = 1
  AND o.kind = 'return' ORDER BY r.obligation_id;

-- name: HAND_REST
-- What unit $2 owes besides decisions.
SELECT o.id, o.kind, o.raised_for, o.about FROM obligation o
WHERE o.tenant_id = $1 AND o.unit_id = $2 AND o.open = 1 AND o.kind <> 'decision' ORDER BY o.id;

-- name: HAND_ONE
SELECT kind, raised_for, about FROM obligation WHERE tenant_id = $1 AND id = $2 AND unit_id = $3 AND open = 1;

-- name: HAND_FOUND
-- Unit $2's own of that kind and day; whether it takes rows still.
SELECT id, CASE WHEN state IN ('due', 'returned') THEN 1 ELSE 0 END FROM obligation
WHERE tenant_id = $1 AND unit_id = $2 AND kind = $3 AND raised_for = $4 AND about = $5;

-- name: HAND_OWED
UPDATE obligation SET unit_id = $1, raised_for = $2, changed_at = $3, version = version + 1 WHERE tenant_id = $4 AND id = $5;

-- name: HAND_OWED_ROWS
UPDATE obligation_row SET unit_id = $1 WHERE tenant_id = $2 AND obligation_id = $3;

-- name: HAND_COPY
-- Another of $7 for unit $2.
INSERT INTO obligation (tenant_id, id, programme_id, kind, unit_id, raised_for, about, due, period, duty_id, document_id,
                        title, state, state_on, open, chases, changed_at, version)
SELECT tenant_id, CAST($1 AS BIGINT), programme_id, kind, CAST($2 AS BIGINT), CAST($3 AS TEXT), about, due, period, duty_id,
       document_id, title, 'due', CAST($4 AS TEXT), 1, 0, CAST($5 AS BIGINT), 1
FROM obligation WHERE tenant_id = $6 AND id = $7;

-- name: HAND_ROW
UPDATE obligation_row SET obligation_id = $1, unit_id = $2, state = 'open', sent_on = NULL,
       due = (SELECT o.due FROM obligation o WHERE o.tenant_id = obligation_row.tenant_id AND o.id = $1)
WHERE tenant_id = $3 AND obligation_id = $4 AND duty_id = $5
  AND NOT EXISTS (SELECT 1 FROM obligation_row h WHERE h.tenant_id = obligation_row.tenant_id AND h.obligation_id = $1
                    AND h.duty_id = obligation_row.duty_id);

-- name: HAND_ROW_END
-- What could not be moved because the other has it already.
UPDATE obligation_row SET state = 'withdrawn', why = $1 WHERE tenant_id = $2 AND obligation_id = $3 AND duty_id = $4;

-- name: HAND_SAID
-- What unit $5 said in return $4 of duty task $6 (0: of any) is unit $1's in return $2.
UPDATE report_row SET unit_id = $1, obligation_id = $2
WHERE tenant_id = $3 AND obligation_id = $4 AND unit_id = $5 AND (CAST($6 AS BIGINT) = 0 OR duty_id = $6)
  AND NOT EXISTS (SELECT 1 FROM report_row h WHERE h.tenant_id = report_row.tenant_id AND h.obligation_id = $2
                    AND h.duty_id = report_row.duty_id AND h.unit_id = $1);

-- name: HAND_FIGURES
UPDATE report_figure SET unit_id = $1, obligation_id = $2
WHERE tenant_id = $3 AND obligation_id = $4 AND unit_id = $5 AND (CAST($6 AS BIGINT) = 0 OR duty_id = $6)
  AND NOT EXISTS (SELECT 1 FROM report_figure h WHERE h.tenant_id = report_figure.tenant_id AND h.obligation_id = $2
                    AND h.duty_id = report_figure.duty_id AND h.unit_id = $1 AND h.indicator = report_figure.indicator
                    AND h.measure = report_figure.measure);

-- name: HAND_EVIDENCE
UPDATE evidence SET unit_id = $1, obligation_id = $2
WHERE tenant_id = $3 AND obligation_id = $4 AND unit_id = $5 AND (CAST($6 AS BIGINT) = 0 OR duty_id = $6);

-- name: HAND_FEEDS
-- What the others said of duty task $4 in return $3 goes along to return $1.
UPDATE report_row SET obligation_id = $1
WHERE tenant_id = $2 AND obligation_id = $3 AND duty_id = $4
  AND NOT EXISTS (SELECT 1 FROM report_row h WHERE h.tenant_id = report_row.tenant_id AND h.obligation_id = $1
                    AND h.duty_id = report_row.duty_id AND h.unit_id = report_row.unit_id);

-- name: HAND_FEED_FIGURES
UPDATE report_figure SET obligation_id = $1
WHERE tenant_id = $2 AND obligation_id = $3 AND duty_id = $4
  AND NOT EXISTS (SELECT 1 FROM report_figure h WHERE h.tenant_id = report_figure.tenant_id AND h.obligation_id = $1
                    AND h.duty_id = report_figure.duty_id AND h.unit_id = report_figure.unit_id
                    AND h.indicator = report_figure.indicator AND h.measure = report_figure.measure);

-- name: HAND_FEED_EVIDENCE
UPDATE evidence SET obligation_id = $1 WHERE tenant_id = $2 AND obligation_id = $3 AND duty_id = $4;

-- name: HAND_REMARKS
UPDATE report_remark SET obligation_id = $1 WHERE tenant_id = $2 AND obligation_id = $3 AND duty_id = $4;

-- name: HAND_CLOSE
-- A return without a row that counts is owed no more.
UPDATE obligation SET open = 0, changed_at = $1, version = version + 1
WHERE tenant_id = $2 AND id = $3 AND NOT EXISTS (
    SELECT 1 FROM obligation_row r WHERE r.tenant_id = obligation.tenant_id AND r.obligation_id = obligation.id
      AND r.state IN ('open', 'returned'));
