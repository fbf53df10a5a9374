-- What happens by itself: plans are timers that are about something; what they led to is noted.

-- The thing that a plan is about: visit/ID, patient/ID, step/ID, wait/ID, branch/ID.
ALTER TABLE timers ADD COLUMN about TEXT NOT NULL DEFAULT '';
CREATE INDEX timers_about ON timers (about) WHERE about <> '';

-- What a timeline did at its moment, or why it did not. Holds no words; it proves that nobody was written to twice.
CREATE TABLE touches (
    seq        {{identity}},
    timeline   TEXT NOT NULL,
    about      TEXT NOT NULL,
    moment_us  BIGINT NOT NULL,
    contact_id TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    channel    TEXT NOT NULL,
    class      TEXT NOT NULL,
    variant    TEXT NOT NULL, -- of the test that chose the moment
    outcome    TEXT NOT NULL, -- sent, or why it was not
    at_us      BIGINT NOT NULL,
    UNIQUE (about, timeline, moment_us)
);
CREATE INDEX touches_patient ON touches (patient_id, at_us);
CREATE INDEX touches_unreachable ON touches (at_us) WHERE outcome = 'unreachable';

-- What the doctor has set: the visits of a course of treatment, and dates of prevention.
CREATE TABLE steps (
    id         TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    course     TEXT NOT NULL, -- those of one course share it; empty = a date of prevention
    number     INTEGER NOT NULL,
    title      TEXT NOT NULL,
    service    TEXT NOT NULL,
    doctor     TEXT NOT NULL,
    due_us     BIGINT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('active', 'completed', 'revoked')),
    visit      TEXT NOT NULL DEFAULT '', -- that completed it
    postponed_us BIGINT NOT NULL DEFAULT 0, -- the patient is asked again then
    external   TEXT NOT NULL DEFAULT '',
    created_us BIGINT NOT NULL
);
CREATE INDEX steps_patient ON steps (patient_id);
CREATE UNIQUE INDEX steps_external ON steps (external) WHERE external <> '';

-- Points are a ledger: the balance is the sum. The same reason for the same thing counts once.
CREATE TABLE points (
    seq        {{identity}},
    patient_id TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    reason     TEXT NOT NULL CHECK (reason IN ('visit', 'invited', 'invitation', 'spent', 'returned', 'corrected')),
    ref        TEXT NOT NULL,
    at_us      BIGINT NOT NULL,
    UNIQUE (patient_id, reason, ref)
);

-- A patient's own invitation: who came by it carries the code as the source of the chat.
CREATE TABLE invitations (
    code       TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL UNIQUE,
    created_us BIGINT NOT NULL
);

-- Addresses that a button opens through our own page, so that the click can be counted and answered.
CREATE TABLE links (
    id         TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL,
    url        TEXT NOT NULL,
    choice     TEXT NOT NULL, -- what the click says to the conversation, as a tap of the button would
    place      TEXT NOT NULL, -- dialog.state.choice, for the funnel
    created_us BIGINT NOT NULL,
    clicked_us BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX links_contact ON links (contact_id);
CREATE INDEX links_created ON links (created_us);

-- What the program knows of itself: which journey the plans were made by, and how far a scan has come.
CREATE TABLE marks (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The channel a person likes best, and what the clinic's own system calls them.
ALTER TABLE patients ADD COLUMN channel  TEXT NOT NULL DEFAULT '';
ALTER TABLE patients ADD COLUMN external TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX patients_external ON patients (external) WHERE external <> '';
CREATE INDEX patients_phone ON patients (phone) WHERE phone <> '';
ALTER TABLE appointments ADD COLUMN external TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX appointments_external ON appointments (external) WHERE external <> '';

-- Until when campaigns leave a patient alone; and what the clock of the branch was promised to show when a visit begins,
-- for laws move clocks.
ALTER TABLE patients ADD COLUMN snoozed_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN local TEXT NOT NULL DEFAULT '';

-- Until when a freed time is offered to one who waits, what did not suit, and the hold that keeps it meanwhile.
ALTER TABLE waitlist ADD COLUMN until_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE waitlist ADD COLUMN passed TEXT NOT NULL DEFAULT '';
ALTER TABLE holds ADD COLUMN place TEXT NOT NULL DEFAULT '';
CREATE INDEX holds_place ON holds (place) WHERE place <> '';

-- A ticket that nobody answered in time, and when its manager was told.
ALTER TABLE tickets ADD COLUMN escalated_us BIGINT NOT NULL DEFAULT 0;
CREATE INDEX tickets_visit ON tickets (visit) WHERE visit <> '';
CREATE INDEX appointments_end ON appointments (end_us);
