-- What must hold in the tables of inspect/: each statement gives no row where the data is sound.

-- name: CHECK_VISIT_OF_CAMPAIGN
-- scan: a check reads the whole table
SELECT v.tenant_id, v.id FROM visit v
LEFT JOIN inspection i ON i.tenant_id = v.tenant_id AND i.id = v.inspection_id
WHERE i.id IS NULL OR v.state NOT IN ('planned', 'done', 'withdrawn') OR (v.announced = 1 AND v.told_on IS NULL);

-- name: CHECK_FINDING
-- A finding is its visit's unit's, and what was ordered of it is a rectification that the unit may know of.
-- scan: a check reads the whole table
SELECT f.tenant_id, f.id FROM finding f
LEFT JOIN visit v ON v.tenant_id = f.tenant_id AND v.id = f.visit_id
LEFT JOIN duty d ON d.tenant_id = f.tenant_id AND d.id = f.duty_id
WHERE v.id IS NULL OR v.unit_id <> f.unit_id OR v.inspection_id <> f.inspection_id
   OR (f.duty_id IS NOT NULL AND (d.id IS NULL OR d.kind <> 'rectification' OR v.told_on IS NULL));

-- name: CHECK_CIRCULAR_HAS_TEXT
-- scan: a check reads the whole table
SELECT x.tenant_id, x.id FROM circular x
WHERE NOT EXISTS (SELECT 1 FROM circular_text t WHERE t.tenant_id = x.tenant_id AND t.circular_id = x.id);
