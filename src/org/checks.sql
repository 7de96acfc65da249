-- What must hold in the tables of org/: each statement gives no row where the data is sound.

-- name: CHECK_PROGRAMME_HAS_TENANT
-- scan: a check reads the whole table
SELECT p.tenant_id, p.id FROM programme p LEFT JOIN tenant t ON t.id = p.tenant_id WHERE t.id IS NULL;

-- name: CHECK_PERSON_HAS_TENANT
-- scan: a check reads the whole table
SELECT p.tenant_id, p.id FROM person p LEFT JOIN tenant t ON t.id = p.tenant_id WHERE t.id IS NULL;

-- name: CHECK_SESSION_HAS_PERSON
-- scan: a check reads the whole table
SELECT s.tenant_id, s.id FROM session s
LEFT JOIN person p ON p.tenant_id = s.tenant_id AND p.id = s.person_id WHERE p.id IS NULL;

-- name: CHECK_UNIT_WORDS
-- scan: a check reads the whole table
SELECT tenant_id, id FROM unit
WHERE kind NOT IN ('party', 'government', 'institution', 'mass', 'enterprise', 'committee', 'group', 'other')
   OR level NOT IN ('nation', 'province', 'city', 'county', 'town', 'village', 'none');

-- name: CHECK_ALIAS_IS_A_UNIT
-- scan: a check reads the whole table
-- An alias stands for a unit that is none itself, and a person confirmed it.
SELECT a.tenant_id, a.id FROM unit a
LEFT JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.alias_of
LEFT JOIN unit_alias x ON x.tenant_id = a.tenant_id AND x.alias_id = a.id AND x.unit_id = a.alias_of
WHERE a.alias_of IS NOT NULL
  AND (u.id IS NULL OR u.alias_of IS NOT NULL OR x.state IS NULL OR x.state <> 'confirmed');

-- name: CHECK_CONFIRMED_IS_AN_ALIAS
-- scan: a check reads the whole table
SELECT x.tenant_id, x.id FROM unit_alias x
LEFT JOIN unit a ON a.tenant_id = x.tenant_id AND a.id = x.alias_id
WHERE x.state = 'confirmed' AND (a.id IS NULL OR a.alias_of IS NULL OR a.alias_of <> x.unit_id);

-- name: CHECK_MEMBER_OF_A_GROUP
-- scan: a check reads the whole table
SELECT m.tenant_id, m.group_id, m.unit_id FROM unit_member m
LEFT JOIN unit g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
LEFT JOIN unit u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id
WHERE g.id IS NULL OR g.kind <> 'group' OR u.id IS NULL OR u.kind = 'group';

-- name: CHECK_POST
-- scan: a check reads the whole table
-- A post is a person's, of a role that there is, at a unit that is there.
SELECT x.tenant_id, x.id FROM post x
LEFT JOIN person p ON p.tenant_id = x.tenant_id AND p.id = x.person_id
LEFT JOIN unit u ON u.tenant_id = x.tenant_id AND u.id = x.unit_id
WHERE p.id IS NULL OR (x.unit_id IS NOT NULL AND u.id IS NULL) OR x.valid_from > x.valid_to
   OR x.role NOT IN ('office', 'leader', 'liaison_a', 'liaison_b', 'officer', 'section_head', 'unit_head',
                     'county_office', 'expert', 'evaluator', 'inspector', 'administrator');

-- name: CHECK_CIRCLE_HAS_PERSON
-- scan: a check reads the whole table
SELECT c.tenant_id, c.person_id FROM circle c
LEFT JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id WHERE p.id IS NULL;

-- name: CHECK_UNIT_PARENT
-- scan: a check reads the whole table
SELECT c.tenant_id, c.id FROM unit c
LEFT JOIN unit u ON u.tenant_id = c.tenant_id AND u.id = c.parent_id
WHERE c.parent_id IS NOT NULL AND (u.id IS NULL OR c.parent_id = c.id);
