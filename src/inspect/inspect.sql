-- The statements of inspect/.  In every list $1 is the person who asks, $2 the jurisdiction; "inside" says whether the
-- person belongs to the campaign's circle.  The filter seen_all is for who sees all units, seen_units for who sees some.

-- ---- campaigns ----

-- name: INSPECTION_LIST
-- filter: id = i.id
-- filter: programme = i.programme_id
-- filter: state = i.state
-- filter: seen_all = CASE WHEN c.person_id IS NOT NULL OR i.announced = 1 OR EXISTS (SELECT 1 FROM visit v WHERE v.tenant_id = i.tenant_id AND v.inspection_id = i.id AND v.told_on IS NOT NULL) THEN 1 ELSE 0 END
-- filter @sqlite: seen_units = (c.person_id IS NOT NULL OR (i.state <> 'draft' AND EXISTS (SELECT 1 FROM inspection_unit s WHERE s.tenant_id = i.tenant_id AND s.inspection_id = i.id AND s.unit_id IN (SELECT value FROM json_each(?)) AND (i.announced = 1 OR EXISTS (SELECT 1 FROM visit v WHERE v.tenant_id = i.tenant_id AND v.inspection_id = i.id AND v.unit_id = s.unit_id AND v.told_on IS NOT NULL)))))
-- filter @pgsql: seen_units = (c.person_id IS NOT NULL OR (i.state <> 'draft' AND EXISTS (SELECT 1 FROM inspection_unit s WHERE s.tenant_id = i.tenant_id AND s.inspection_id = i.id AND s.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))) AND (i.announced = 1 OR EXISTS (SELECT 1 FROM visit v WHERE v.tenant_id = i.tenant_id AND v.inspection_id = i.id AND v.unit_id = s.unit_id AND v.told_on IS NOT NULL)))))
-- key: i.id
SELECT i.id, i.programme_id, i.title, i.basis, i.from_on, i.to_on, i.note, i.announced, i.state, i.issued_on, i.created_name,
       i.version, CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END
FROM inspection i
LEFT JOIN circle c ON c.tenant_id = i.tenant_id AND c.kind = 'inspection' AND c.subject_id = i.id AND c.person_id = $1
WHERE i.tenant_id = $2 {where} {order};

-- name: INSPECTION_ADD
INSERT INTO inspection (tenant_id, id, programme_id, title, basis, from_on, to_on, note, announced, state, created_by,
                        created_name, created_at, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10, $11, $12, $12, 1);

-- name: INSPECTION_SET
UPDATE inspection SET title = $1, basis = $2, from_on = $3, to_on = $4, note = $5, announced = $6, changed_at = $7,
                      version = version + 1
WHERE tenant_id = $8 AND id = $9;

-- name: INSPECTION_STATE
UPDATE inspection SET state = $1, issued_on = coalesce($2, issued_on), changed_at = $3, version = version + 1
WHERE tenant_id = $4 AND id = $5;

-- name: INSPECTION_UNITS_CLEAR
DELETE FROM inspection_unit WHERE tenant_id = $1 AND inspection_id = $2;

-- name: INSPECTION_UNIT_ADD
INSERT INTO inspection_unit (tenant_id, inspection_id, unit_id, planned) VALUES ($1, $2, $3, $4);

-- name: INSPECTION_UNIT_HAS
SELECT 1 FROM inspection_unit WHERE tenant_id = $1 AND inspection_id = $2 AND unit_id = $3;

-- name: INSPECTION_UNITS
SELECT s.unit_id, u.name, s.planned FROM inspection_unit s
LEFT JOIN unit u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id
WHERE s.tenant_id = $1 AND s.inspection_id = $2 ORDER BY s.unit_id;

-- name: INSPECTION_MEMBERS_CLEAR
DELETE FROM inspection_member WHERE tenant_id = $1 AND inspection_id = $2;

-- name: INSPECTION_MEMBER_ADD
INSERT INTO inspection_member (tenant_id, inspection_id, person_id, leads) VALUES ($1, $2, $3, $4);

-- name: INSPECTION_PEOPLE
-- Everybody of the circle: 2 leads the team, 1 is of it, 0 is of the office.
SELECT c.person_id, p.display_name, CASE WHEN m.leads = 1 THEN 2 WHEN m.leads = 0 THEN 1 ELSE 0 END
FROM circle c
JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id
LEFT JOIN inspection_member m ON m.tenant_id = c.tenant_id AND m.inspection_id = c.subject_id AND m.person_id = c.person_id
WHERE c.tenant_id = $1 AND c.kind = 'inspection' AND c.subject_id = $2 ORDER BY c.person_id;

-- name: INSPECTION_VISITED_ELSEWHERE
-- A unit with a visit that the campaign's new list of units leaves out.
SELECT v.unit_id FROM visit v
LEFT JOIN inspection_unit s ON s.tenant_id = v.tenant_id AND s.inspection_id = v.inspection_id AND s.unit_id = v.unit_id
WHERE v.tenant_id = $1 AND v.inspection_id = $2 AND v.state <> 'withdrawn' AND s.unit_id IS NULL LIMIT 1;

-- name: INSPECTION_BURDEN
-- Visits for each unit in campaigns that begin from $3 to $4, of what the person sees: planned (or more, where more were
-- made), those made, and the campaigns.
SELECT b.unit_id, u.name, sum(CASE WHEN b.planned > b.visits THEN b.planned ELSE b.visits END), sum(b.made), count(*)
FROM (SELECT s.tenant_id, s.unit_id,
             CASE WHEN c.person_id IS NOT NULL OR i.announced = 1 THEN s.planned ELSE 0 END AS planned,
             (SELECT count(*) FROM visit v WHERE v.tenant_id = s.tenant_id AND v.inspection_id = s.inspection_id
                AND v.unit_id = s.unit_id AND v.state <> 'withdrawn'
                AND (v.told_on IS NOT NULL OR c.person_id IS NOT NULL)) AS visits,
             (SELECT count(*) FROM visit v WHERE v.tenant_id = s.tenant_id AND v.inspection_id = s.inspection_id
                AND v.unit_id = s.unit_id AND v.state = 'done'
                AND (v.told_on IS NOT NULL OR c.person_id IS NOT NULL)) AS made
      FROM inspection i
      JOIN inspection_unit s ON s.tenant_id = i.tenant_id AND s.inspection_id = i.id
      LEFT JOIN circle c ON c.tenant_id = i.tenant_id AND c.kind = 'inspection' AND c.subject_id = i.id AND c.person_id = $1
      WHERE i.tenant_id = $2 AND i.from_on BETWEEN $3 AND $4) b
LEFT JOIN unit u ON u.tenant_id = b.tenant_id AND u.id = b.unit_id
WHERE b.planned > 0 OR b.visits > 0
GROUP BY b.unit_id, u.name ORDER BY b.unit_id;

-- name: INSPECTION_BURDEN_MONTHS
-- Visits to each unit by month from day $3 to $4, of what the person sees.
SELECT v.unit_id, u.name, substr(v.visit_on, 1, 7), count(*)
FROM visit v
LEFT JOIN unit u ON u.tenant_id = v.tenant_id AND u.id = v.unit_id
LEFT JOIN circle c ON c.tenant_id = v.tenant_id AND c.kind = 'inspection' AND c.subject_id = v.inspection_id AND c.person_id = $1
WHERE v.tenant_id = $2 AND v.visit_on BETWEEN $3 AND $4 AND v.state <> 'withdrawn'
  AND (v.told_on IS NOT NULL OR c.person_id IS NOT NULL)
GROUP BY v.unit_id, u.name, substr(v.visit_on, 1, 7) ORDER BY v.unit_id, 3;

-- ---- visits ----

-- name: VISIT_LIST
-- filter: id = v.id
-- filter: inspection = v.inspection_id
-- filter: seen_all = CASE WHEN c.person_id IS NOT NULL OR v.told_on IS NOT NULL THEN 1 ELSE 0 END
-- filter @sqlite: seen_units = (c.person_id IS NOT NULL OR (i.state <> 'draft' AND v.told_on IS NOT NULL AND v.unit_id IN (SELECT value FROM json_each(?))))
-- filter @pgsql: seen_units = (c.person_id IS NOT NULL OR (i.state <> 'draft' AND v.told_on IS NOT NULL AND v.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))))
-- order: day = v.visit_on
-- key: v.id
SELECT v.id, v.inspection_id, i.title, i.state, v.unit_id, u.name, v.visit_on, v.announced, v.told_on, v.state, v.summary,
       v.done_on, v.done_name, v.version, CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END,
       (SELECT count(*) FROM finding f WHERE f.tenant_id = v.tenant_id AND f.visit_id = v.id)
FROM visit v
JOIN inspection i ON i.tenant_id = v.tenant_id AND i.id = v.inspection_id
LEFT JOIN unit u ON u.tenant_id = v.tenant_id AND u.id = v.unit_id
LEFT JOIN circle c ON c.tenant_id = v.tenant_id AND c.kind = 'inspection' AND c.subject_id = v.inspection_id
                  AND c.person_id = $1
WHERE v.tenant_id = $2 {where} {order};

-- name: VISIT_COUNT
SELECT count(*) FROM visit WHERE tenant_id = $1 AND inspection_id = $2;

-- name: VISIT_OPEN_COUNT
SELECT count(*) FROM visit WHERE tenant_id = $1 AND inspection_id = $2 AND state = 'planned';

-- name: VISIT_ADD
INSERT INTO visit (tenant_id, id, inspection_id, unit_id, visit_on, announced, told_on, state, summary, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'planned', '', $8, 1);

-- name: VISIT_SET_DAY
UPDATE visit SET visit_on = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- name: VISIT_TELL
UPDATE visit SET told_on = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3;

-- name: VISIT_WITHDRAW
UPDATE visit SET state = 'withdrawn', version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: VISIT_RECORD
UPDATE visit SET state = 'done', summary = $1, done_on = $2, done_name = $3, version = version + 1
WHERE tenant_id = $4 AND id = $5;

-- name: VISIT_ITEMS
SELECT t.id, t.duty_id, t.words, t.answer, t.note FROM visit_item t
WHERE t.tenant_id = $1 AND t.visit_id = $2 ORDER BY t.id;

-- name: VISIT_ITEM_ADD
INSERT INTO visit_item (tenant_id, id, visit_id, duty_id, words, answer, note) VALUES ($1, $2, $3, $4, $5, '', '');

-- name: VISIT_ITEM_ANSWER
UPDATE visit_item SET answer = $1, note = $2 WHERE tenant_id = $3 AND visit_id = $4 AND id = $5;

-- name: VISIT_ITEMS_CLEAR
DELETE FROM visit_item WHERE tenant_id = $1 AND visit_id = $2;

-- name: VISIT_DUTY
-- A duty task that the unit has part in, and that is not for some eyes only.
SELECT d.title FROM duty d
JOIN duty_unit p ON p.tenant_id = d.tenant_id AND p.duty_id = d.id AND p.unit_id = $1
WHERE d.tenant_id = $2 AND d.id = $3 AND d.restricted = 0;

-- ---- findings ----

-- name: FINDING_LIST
-- filter: id = f.id
-- filter: inspection = f.inspection_id
-- filter: visit = f.visit_id
-- filter: unit = f.unit_id
-- filter: grade = f.grade
-- filter: programme = i.programme_id
-- filter: action_no = f.action_no
-- filter: stands = CASE WHEN f.duty_id IS NULL THEN 'none' WHEN d.state = 'struck_off' THEN 'closed' ELSE 'open' END
-- filter: ordered = CASE WHEN f.duty_id IS NULL THEN 0 ELSE 1 END
-- filter: seen_all = CASE WHEN c.person_id IS NOT NULL OR v.told_on IS NOT NULL THEN 1 ELSE 0 END
-- filter @sqlite: seen_units = (c.person_id IS NOT NULL OR (v.told_on IS NOT NULL AND v.state = 'done' AND f.unit_id IN (SELECT value FROM json_each(?))))
-- filter @pgsql: seen_units = (c.person_id IS NOT NULL OR (v.told_on IS NOT NULL AND v.state = 'done' AND f.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))))
-- key: f.id
SELECT f.id, f.inspection_id, i.title, f.visit_id, v.visit_on, f.unit_id, u.name, f.item_id, f.words, f.grade, f.place,
       f.latitude, f.longitude, f.found_by, f.found_name, f.found_at, f.duty_id, d.state, d.state_on, d.due, d.version,
       d.text, CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END, v.told_on, v.state, i.programme_id,
       f.about_id, f.action_no, b.no, b.title,
       (SELECT max(a.action) FROM duty a WHERE a.tenant_id = f.tenant_id AND a.programme_id = i.programme_id
          AND a.action_no = f.action_no AND a.restricted = 0)
FROM finding f
JOIN visit v ON v.tenant_id = f.tenant_id AND v.id = f.visit_id
JOIN inspection i ON i.tenant_id = f.tenant_id AND i.id = f.inspection_id
LEFT JOIN unit u ON u.tenant_id = f.tenant_id AND u.id = f.unit_id
LEFT JOIN duty d ON d.tenant_id = f.tenant_id AND d.id = f.duty_id
LEFT JOIN duty b ON b.tenant_id = f.tenant_id AND b.id = f.about_id
LEFT JOIN circle c ON c.tenant_id = f.tenant_id AND c.kind = 'inspection' AND c.subject_id = f.inspection_id
                  AND c.person_id = $1
WHERE f.tenant_id = $2 {where} {order};

-- name: FINDING_ADD
INSERT INTO finding (tenant_id, id, inspection_id, visit_id, unit_id, item_id, words, grade, place, latitude, longitude,
                     found_by, found_name, found_at, about_id, action_no)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: FINDING_ABOUT_SET
UPDATE finding SET about_id = $1, action_no = $2 WHERE tenant_id = $3 AND id = $4;

-- name: FINDING_ABOUT_TASK
-- What few may see is no finding's.
SELECT action_no FROM duty
WHERE tenant_id = $1 AND programme_id = $2 AND id = $3 AND restricted = 0 AND kind <> 'rectification';

-- name: FINDING_ABOUT_ACTION
SELECT 1 FROM duty WHERE tenant_id = $1 AND programme_id = $2 AND action_no = $3 AND restricted = 0 LIMIT 1;

-- name: VISIT_ITEM_DUTY
SELECT duty_id FROM visit_item WHERE tenant_id = $1 AND visit_id = $2 AND id = $3;

-- name: FINDING_ORDERED
UPDATE finding SET duty_id = $1 WHERE tenant_id = $2 AND id = $3;

-- name: FINDING_OF_DUTY
SELECT id FROM finding WHERE tenant_id = $1 AND duty_id = $2;

-- name: PICTURE_LIST
SELECT id, hash, media, size FROM finding_picture WHERE tenant_id = $1 AND finding_id = $2 ORDER BY id;

-- name: PICTURE_ADD
INSERT INTO finding_picture (tenant_id, id, finding_id, hash, media, size, added_by, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- ---- circulars ----

-- name: CIRCULAR_LIST
-- $3: 1 where drafts are seen, by people of the circle.
-- filter: id = x.id
-- filter: inspection = x.inspection_id
-- filter: seen_all = CASE WHEN x.state = 'published' OR c.person_id IS NOT NULL THEN 1 ELSE 0 END
-- filter @sqlite: seen_units = (c.person_id IS NOT NULL OR EXISTS (SELECT 1 FROM json_each(?) s WHERE x.to_all = 1 OR EXISTS (SELECT 1 FROM circular_unit y WHERE y.tenant_id = x.tenant_id AND y.circular_id = x.id AND y.unit_id = s.value)))
-- filter @pgsql: seen_units = (c.person_id IS NOT NULL OR EXISTS (SELECT 1 FROM json_array_elements_text(CAST(? AS JSON)) s WHERE x.to_all = 1 OR EXISTS (SELECT 1 FROM circular_unit y WHERE y.tenant_id = x.tenant_id AND y.circular_id = x.id AND y.unit_id = CAST(s.value AS BIGINT))))
-- key: x.id
SELECT x.id, x.inspection_id, x.state, x.to_all, x.published_on, x.version, t.title, t.person_name, t.made_at,
       CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END
FROM circular x
JOIN circular_text t ON t.tenant_id = x.tenant_id AND t.circular_id = x.id
                    AND t.no = (SELECT max(n.no) FROM circular_text n WHERE n.tenant_id = x.tenant_id AND n.circular_id = x.id)
LEFT JOIN circle c ON c.tenant_id = x.tenant_id AND c.kind = 'inspection' AND c.subject_id = x.inspection_id
                  AND c.person_id = $1
WHERE x.tenant_id = $2 AND (x.state = 'published' OR $3 = 1) {where} {order};

-- name: CIRCULAR_ADD
INSERT INTO circular (tenant_id, id, inspection_id, state, to_all, version) VALUES ($1, $2, $3, 'draft', 0, 1);

-- name: CIRCULAR_TOUCH
UPDATE circular SET version = version + 1 WHERE tenant_id = $1 AND id = $2;

-- name: CIRCULAR_PUBLISH
UPDATE circular SET state = 'published', to_all = $1, published_on = $2, version = version + 1
WHERE tenant_id = $3 AND id = $4;

-- name: CIRCULAR_TEXT_ADD
INSERT INTO circular_text (tenant_id, circular_id, no, title, body, person_name, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: CIRCULAR_TEXTS
SELECT no, title, person_name, made_at FROM circular_text WHERE tenant_id = $1 AND circular_id = $2 ORDER BY no;

-- name: CIRCULAR_BODY
SELECT no, title, body, person_name, made_at FROM circular_text WHERE tenant_id = $1 AND circular_id = $2 AND no <= $3
ORDER BY no DESC LIMIT 1;

-- name: CIRCULAR_UNIT_ADD
INSERT INTO circular_unit (tenant_id, circular_id, unit_id) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, circular_id, unit_id) DO NOTHING;

-- name: CIRCULAR_UNITS
SELECT y.unit_id, u.name FROM circular_unit y LEFT JOIN unit u ON u.tenant_id = y.tenant_id AND u.id = y.unit_id
WHERE y.tenant_id = $1 AND y.circular_id = $2 ORDER BY y.unit_id;
