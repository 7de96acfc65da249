-- 0030_seat: who sits in the programme's own bodies.

-- kept: A seat in a body (委员会, 推进办, 专项行动工作组, 专家委): of a unit, of a person, or of a person for a unit.
CREATE TABLE body_seat (
    tenant_id @INT@ NOT NULL,
    id @KEY@,
    -- the body: a unit of kind committee
    body_id @INT@ NOT NULL,
    -- director 主任, deputy_director 副主任, lead 组长单位, deputy_lead 副组长单位, member 成员单位, expert 专家
    role TEXT NOT NULL,
    -- null: the person sits for nobody
    unit_id @INT@,
    -- as the notice writes it, and what he is there; empty: whoever the unit sends
    person TEXT NOT NULL,
    job TEXT NOT NULL,
    -- the first and the last day
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX body_seat_by_body ON body_seat (tenant_id, body_id, id);
