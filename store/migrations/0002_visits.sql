-- The clinic's time and the work for its people.

-- One row per practitioner: locking it queues those who want the same person's time.
CREATE TABLE calendars (
    practitioner TEXT PRIMARY KEY,
    taken        BIGINT NOT NULL DEFAULT 0 -- counts the changes
);

CREATE TABLE appointments (
    id         TEXT PRIMARY KEY,
    patient_id TEXT REFERENCES patients (id),
    contact_id TEXT REFERENCES contacts (id),
    service    TEXT NOT NULL,
    branch     TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN
        ('pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error')),
    start_us   BIGINT NOT NULL,
    end_us     BIGINT NOT NULL,
    parts      TEXT NOT NULL,
    together   BOOLEAN NOT NULL,
    offer_id   TEXT NOT NULL,
    confirmed  BOOLEAN NOT NULL,
    feeling    TEXT NOT NULL,
    first      BOOLEAN NOT NULL,
    sequence   INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    status_us  BIGINT NOT NULL,
    CHECK (start_us < end_us)
);
CREATE INDEX appointments_patient ON appointments (patient_id, start_us);
CREATE INDEX appointments_start ON appointments (start_us);

CREATE TABLE holds (
    id         TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    task       INTEGER NOT NULL,
    service    TEXT NOT NULL,
    branch     TEXT NOT NULL,
    parts      TEXT NOT NULL,
    until_us   BIGINT NOT NULL
);
CREATE INDEX holds_contact ON holds (contact_id, task);

-- Everything that takes a practitioner's time stands in this one table, so that the schema can see to
-- it that no two stretches overlap.
CREATE TABLE busy (
    id             TEXT PRIMARY KEY,
    practitioner   TEXT NOT NULL REFERENCES calendars (practitioner),
    start_us       BIGINT NOT NULL,
    end_us         BIGINT NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('busy', 'busy-tentative', 'busy-unavailable')),
    appointment_id TEXT REFERENCES appointments (id) ON DELETE CASCADE,
    hold_id        TEXT REFERENCES holds (id) ON DELETE CASCADE,
    until_us       BIGINT NOT NULL DEFAULT 0,
    CHECK (start_us < end_us),
    CHECK ((kind = 'busy') = (appointment_id IS NOT NULL)),
    CHECK ((kind = 'busy-tentative') = (hold_id IS NOT NULL))
);
CREATE INDEX busy_end ON busy (practitioner, end_us);
CREATE INDEX busy_appointment ON busy (appointment_id);
CREATE INDEX busy_hold ON busy (hold_id);
{{no_overlap}}

CREATE TABLE ratings (
    appointment_id TEXT PRIMARY KEY REFERENCES appointments (id),
    patient_id     TEXT REFERENCES patients (id),
    value          INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
    at_us          BIGINT NOT NULL
);
CREATE INDEX ratings_patient ON ratings (patient_id);

CREATE TABLE waitlist (
    id         TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    service    TEXT NOT NULL,
    doctor     TEXT NOT NULL,
    branch     TEXT NOT NULL,
    period     TEXT NOT NULL,
    urgency    INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'booked', 'left')),
    slot       TEXT NOT NULL,
    found_us   BIGINT NOT NULL,
    created_us BIGINT NOT NULL
);
CREATE INDEX waitlist_open ON waitlist (service, urgency, created_us) WHERE state IN ('waiting', 'offered');
CREATE INDEX waitlist_patient ON waitlist (patient_id);
CREATE INDEX waitlist_contact ON waitlist (contact_id);

CREATE TABLE tickets (
    id          TEXT PRIMARY KEY,
    contact_id  TEXT REFERENCES contacts (id),
    patient_id  TEXT REFERENCES patients (id),
    task        INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    priority    TEXT NOT NULL CHECK (priority IN ('normal', 'high', 'alarm')),
    state       TEXT NOT NULL CHECK (state IN ('open', 'taken', 'closed')),
    health      BOOLEAN NOT NULL,
    note        TEXT NOT NULL,
    visit       TEXT NOT NULL,
    deadline_us BIGINT NOT NULL,
    created_us  BIGINT NOT NULL,
    taken_by    TEXT NOT NULL,
    closed_us   BIGINT NOT NULL,
    resolution  TEXT NOT NULL
);
CREATE INDEX tickets_state ON tickets (state, deadline_us);
CREATE INDEX tickets_contact ON tickets (contact_id, created_us);
CREATE INDEX tickets_patient ON tickets (patient_id);

CREATE TABLE ticket_notes (
    seq       {{identity}},
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    author    TEXT NOT NULL,
    text      TEXT NOT NULL,
    files     TEXT NOT NULL,
    at_us     BIGINT NOT NULL
);
CREATE INDEX ticket_notes_ticket ON ticket_notes (ticket_id, seq);
