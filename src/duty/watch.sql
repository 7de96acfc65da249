-- The statements of those who watch a programme: what waits, how lights changed, what was asked.

-- name: WATCH_COUNTS
-- $2: 1 where what few may see counts too; $3: today; $4, $5: until when what comes and what is to be decided counts.
SELECT (SELECT count(*) FROM duty_receipt r WHERE r.tenant_id = $1 AND r.acknowledged_on IS NULL
          AND ($2 = 1 OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = r.tenant_id AND s.notice_id = r.notice_id
                                       AND s.restricted = 1))),
       (SELECT count(*) FROM obligation o WHERE o.tenant_id = $1 AND o.open = 1 AND o.due < $3
          AND ($2 = 1 OR (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1)))),
       (SELECT count(*) FROM obligation o WHERE o.tenant_id = $1 AND o.open = 1 AND o.due >= $3 AND o.due <= $4
          AND o.kind <> 'decision'
          AND ($2 = 1 OR (o.duty_id IS NULL OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = o.tenant_id AND s.id = o.duty_id AND s.restricted = 1)))),
       (SELECT count(*) FROM obligation o WHERE o.tenant_id = $1 AND o.state = 'sent'),
       (SELECT count(*) FROM duty d WHERE d.tenant_id = $1 AND d.state = 'completion_asked' AND d.restricted <= $2),
       (SELECT count(*) FROM duty d WHERE d.tenant_id = $1 AND d.state = 'reviewed' AND d.restricted <= $2),
       (SELECT count(*) FROM duty d WHERE d.tenant_id = $1 AND d.live = 1 AND d.unsettled <> ''),
       (SELECT count(*) FROM duty d WHERE d.tenant_id = $1 AND d.state = 'suspended' AND d.restricted <= $2),
       (SELECT count(*) FROM obligation o
        JOIN obligation_row r ON r.tenant_id = o.tenant_id AND r.obligation_id = o.id AND r.state = 'open'
        WHERE o.tenant_id = $1 AND o.open = 1 AND o.due <= $5 AND o.kind = 'decision'),
       (SELECT count(*) FROM duty_order x WHERE x.tenant_id = $1 AND x.open = 1 AND x.state = 'order_drafted'),
       (SELECT count(*) FROM duty_order x WHERE x.tenant_id = $1 AND x.open = 1 AND x.state <> 'order_drafted'),
       (SELECT count(*) FROM duty_request q WHERE q.tenant_id = $1 AND q.state = 'asked'
          AND ($2 = 1 OR NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = q.tenant_id AND s.restricted = 1
                 AND s.id = CASE WHEN q.about = 'duty' THEN q.about_id ELSE
                     (SELECT o.duty_id FROM obligation o WHERE o.tenant_id = q.tenant_id AND o.id = q.about_id) END)));

-- name: LIGHT_SPANS
-- How long duty tasks of programme $4 had which light, of what touches the days $2 to $3.
SELECT from_on, until_on, light, count(*) FROM duty_light
WHERE tenant_id = $1 AND until_on > $2 AND from_on <= $3 AND programme_id = $4 AND leads = 1
GROUP BY from_on, until_on, light;

-- name: LIGHT_TURNS
-- Duty tasks of programme $4 that got light $5 from day $2 to $3.
-- (the light before, and the last one, by from_on: else SQLite goes through all lights of the jurisdiction for each.)
-- filter: action_no = l.action_no
-- order: from = l.from_on
-- key: l.duty_id
SELECT l.duty_id, d.action_no, d.action, d.no, d.title, l.unit_id, u.name, l.from_on, l.until_on, l.reason,
       (SELECT CASE WHEN p.until_on = l.from_on THEN p.light END FROM duty_light p WHERE p.tenant_id = l.tenant_id
          AND p.duty_id = l.duty_id AND p.unit_id = l.unit_id AND p.from_on < l.from_on ORDER BY p.from_on DESC LIMIT 1),
       (SELECT CASE WHEN c.until_on = '9999-12-31' THEN c.light END FROM duty_light c WHERE c.tenant_id = l.tenant_id
          AND c.duty_id = l.duty_id AND c.unit_id = l.unit_id AND c.from_on >= l.from_on ORDER BY c.from_on DESC LIMIT 1)
FROM duty_light l
JOIN duty d ON d.tenant_id = l.tenant_id AND d.id = l.duty_id
LEFT JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id
WHERE l.tenant_id = $1 AND l.until_on > $2 AND l.from_on >= $2 AND l.from_on <= $3 AND l.programme_id = $4
  AND l.leads = 1 AND l.light = $5 {where} {order};

-- name: SAID_LIST
-- What returns say of duty task $2.
-- filter @sqlite: scope = r.unit_id IN (SELECT value FROM json_each(?))
-- filter @pgsql: scope = r.unit_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)))
-- order: due = r.due
-- key: r.obligation_id
SELECT r.obligation_id, r.unit_id, u.name, r.due, o.period, r.state, r.why, r.sent_on, w.text, w.percent, w.difficulties,
       w.next_step, w.on_behalf, w.changed_name
FROM obligation_row r
JOIN obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
LEFT JOIN unit u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
LEFT JOIN report_row w ON w.tenant_id = r.tenant_id AND w.obligation_id = r.obligation_id AND w.duty_id = r.duty_id
     AND w.unit_id = r.unit_id
WHERE r.tenant_id = $1 AND r.duty_id = $2 AND r.state <> 'withdrawn' {where} {order};

-- name: SAID_FIGURES
SELECT f.indicator, f.measure, f.value, f.span FROM report_figure f
WHERE f.tenant_id = $1 AND f.obligation_id = $2 AND f.duty_id = $3 AND f.unit_id = $4 ORDER BY f.indicator, f.measure;

-- name: SAID_REMARKS
SELECT id, quote, remark, person_name, made_at FROM report_remark
WHERE tenant_id = $1 AND obligation_id = $2 AND duty_id = $3 ORDER BY id;

-- name: SAID_FILES
SELECT e.id, e.name, e.kind, e.size FROM evidence e
WHERE e.tenant_id = $1 AND e.obligation_id = $2 AND e.duty_id = $3 AND e.unit_id = $4 AND e.purpose = 'evidence'
ORDER BY e.id;

-- name: ASKED_MONTHS
-- scan: of what was found, a row a thing that was asked
-- What each unit was asked for by month, from day $2 to $3.
SELECT q.unit_id, u.name, q.month, sum(q.returns), sum(q.reports), sum(q.notices), sum(q.chases)
FROM (SELECT o.unit_id, substr(o.due, 1, 7) AS month, CASE WHEN o.kind = 'return' THEN 1 ELSE 0 END AS returns,
             CASE WHEN o.kind = 'return' THEN 0 ELSE 1 END AS reports, 0 AS notices, 0 AS chases
      FROM obligation o
      WHERE o.tenant_id = $1 AND o.due BETWEEN $2 AND $3 AND o.state <> 'withdrawn'
        AND o.duty_id IS NULL AND o.kind <> 'decision'
      UNION ALL
      SELECT r.unit_id, substr(n.issued_on, 1, 7), 0, 0, 1, 0
      FROM duty_receipt r JOIN duty_notice n ON n.tenant_id = r.tenant_id AND n.id = r.notice_id
      WHERE r.tenant_id = $1 AND n.issued_on BETWEEN $2 AND $3
        AND NOT EXISTS (SELECT 1 FROM duty s WHERE s.tenant_id = n.tenant_id AND s.notice_id = n.id AND s.restricted = 1)
      UNION ALL
      SELECT b.unit_id, substr(b.made_for, 1, 7), 0, 0, 0, 1 FROM notice_outbox b
      WHERE b.tenant_id = $1 AND b.made_for BETWEEN $2 AND $3 AND b.kind = 'chase') q
LEFT JOIN unit u ON u.tenant_id = $1 AND u.id = q.unit_id
GROUP BY q.unit_id, u.name, q.month ORDER BY u.name, q.unit_id, q.month;

-- name: ACTION_FIGURES
-- The figures that sent returns give of action $3's duty tasks, those of one kind in the order of time.
SELECT f.duty_id, d.no, d.title, f.unit_id, u.name, f.indicator, f.measure, f.value, f.span, r.due
FROM duty d
CROSS JOIN obligation_row r
CROSS JOIN report_figure f
LEFT JOIN unit u ON u.tenant_id = f.tenant_id AND u.id = f.unit_id
WHERE d.tenant_id = $1 AND d.programme_id = $2 AND d.action_no = $3 AND d.restricted = 0
  AND r.tenant_id = d.tenant_id AND r.duty_id = d.id AND r.state IN ('sent', 'accepted')
  AND f.tenant_id = r.tenant_id AND f.obligation_id = r.obligation_id AND f.duty_id = r.duty_id AND f.unit_id = r.unit_id
ORDER BY f.duty_id, f.indicator, f.measure, f.unit_id, r.due;
