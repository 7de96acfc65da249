-- The statements of roster/: the whole directory at once, to lay a file against it.

-- name: ROSTER_UNITS
SELECT id, name, kind, level, standing, alias_of, parent_id, area_id, credit_code, version FROM unit
WHERE tenant_id = $1 ORDER BY name;

-- name: ROSTER_AREAS
-- Those that are valid on $2.
SELECT id, name, code FROM area WHERE tenant_id = $1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY id;

-- name: ROSTER_PEOPLE
SELECT p.id, p.name, p.name_key, p.display_name, p.job, p.phone, p.mobile, c.address, p.version
FROM person p LEFT JOIN notice_channel c ON c.tenant_id = p.tenant_id AND c.person_id = p.id AND c.channel = 'mail'
WHERE p.tenant_id = $1 ORDER BY p.name_key;

-- name: ROSTER_POSTS
-- Those that are held on $2 or later: a post that begins tomorrow is not given again.
SELECT x.person_id, x.role, x.unit_id FROM person p CROSS JOIN post x
WHERE p.tenant_id = $1 AND x.tenant_id = p.tenant_id AND x.person_id = p.id AND x.valid_to >= $2 ORDER BY x.person_id, x.id;

-- name: ROSTER_SEATS
-- Past ones too, body by body as they were entered.
SELECT id, body_id, role, unit_id, person, job, from_on, to_on, version FROM body_seat
WHERE tenant_id = $1 ORDER BY body_id, id;
