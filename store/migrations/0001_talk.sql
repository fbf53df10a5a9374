-- People, what they write, what they are told, and when.

CREATE TABLE patients (
    id         TEXT PRIMARY KEY,
    full_name  TEXT NOT NULL DEFAULT '',
    phone      TEXT NOT NULL DEFAULT '',
    birth      TEXT NOT NULL DEFAULT '',
    tags       TEXT NOT NULL DEFAULT '',
    memory     TEXT NOT NULL DEFAULT '',
    created_us BIGINT NOT NULL,
    erased_us  BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE kinships (
    guardian TEXT NOT NULL REFERENCES patients (id),
    ward     TEXT NOT NULL REFERENCES patients (id),
    kin      TEXT NOT NULL CHECK (kin IN ('child', 'adult')),
    since_us BIGINT NOT NULL,
    PRIMARY KEY (guardian, ward),
    CHECK (guardian <> ward)
);
CREATE INDEX kinships_ward ON kinships (ward);

-- One row per chat: locking it makes a worker the only one on the contact, and it numbers the lines of
-- the chat, so that nobody sees line 8 while line 7 may still come. The row '' stands for inputs that
-- are about no contact.
CREATE TABLE threads (
    contact_id TEXT PRIMARY KEY,
    lines      BIGINT NOT NULL DEFAULT 0
);
INSERT INTO threads (contact_id) VALUES ('');

CREATE TABLE contacts (
    id         TEXT PRIMARY KEY REFERENCES threads (contact_id) DEFERRABLE INITIALLY DEFERRED,
    channel    TEXT NOT NULL,
    chat       TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id) DEFERRABLE INITIALLY DEFERRED,
    name       TEXT NOT NULL DEFAULT '',
    language   TEXT NOT NULL DEFAULT '',
    zone       TEXT NOT NULL DEFAULT '',
    source     TEXT NOT NULL DEFAULT '',
    memory     TEXT NOT NULL DEFAULT '',
    created_us BIGINT NOT NULL,
    blocked_us BIGINT NOT NULL DEFAULT 0,
    UNIQUE (channel, chat)
);
CREATE INDEX contacts_patient ON contacts (patient_id);

CREATE TABLE conversations (
    contact_id TEXT PRIMARY KEY REFERENCES contacts (id),
    state      TEXT NOT NULL,
    owner      TEXT NOT NULL DEFAULT '' CHECK (owner IN ('', 'operator')),
    dialog     TEXT NOT NULL DEFAULT '',
    updated_us BIGINT NOT NULL
);

CREATE TABLE inbox (
    seq         {{identity}},
    channel     TEXT NOT NULL,
    external_id TEXT NOT NULL,
    contact_id  TEXT NOT NULL REFERENCES threads (contact_id),
    line        BIGINT NOT NULL DEFAULT 0, -- place in the chat; 0 = not a message
    kind        TEXT NOT NULL,
    payload     TEXT NOT NULL,
    received_us BIGINT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'parked')),
    due_us      BIGINT NOT NULL DEFAULT 0, -- not to be tried before
    attempts    INTEGER NOT NULL DEFAULT 0,
    reason      TEXT NOT NULL DEFAULT '',
    ended_us    BIGINT NOT NULL DEFAULT 0,
    UNIQUE (channel, external_id)
);
-- Partial, so that a poll costs the same with a million rows that are done.
CREATE INDEX inbox_due ON inbox (due_us, seq) WHERE state = 'waiting';
CREATE INDEX inbox_waiting ON inbox (contact_id, seq) WHERE state = 'waiting';
CREATE INDEX inbox_parked ON inbox (seq) WHERE state = 'parked';
CREATE INDEX inbox_chat ON inbox (contact_id, line);

CREATE TABLE outbox (
    seq           {{identity}},
    id            TEXT NOT NULL UNIQUE,
    contact_id    TEXT NOT NULL REFERENCES threads (contact_id),
    line          BIGINT NOT NULL,
    channel       TEXT NOT NULL,
    chat          TEXT NOT NULL,
    class         TEXT NOT NULL,
    author        TEXT NOT NULL DEFAULT '',
    payload       TEXT NOT NULL,
    created_us    BIGINT NOT NULL,
    not_before_us BIGINT NOT NULL DEFAULT 0,
    not_after_us  BIGINT NOT NULL DEFAULT 0,
    state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped')),
    due_us        BIGINT NOT NULL DEFAULT 0, -- not before, next try, or the end of the holder's lease
    holder        TEXT NOT NULL DEFAULT '',
    attempts      INTEGER NOT NULL DEFAULT 0,
    receipt       TEXT NOT NULL DEFAULT '',
    reason        TEXT NOT NULL DEFAULT '',
    ended_us      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox (due_us, seq) WHERE state = 'waiting';
CREATE INDEX outbox_waiting ON outbox (contact_id, not_before_us, line) WHERE state = 'waiting';
CREATE INDEX outbox_holder ON outbox (holder) WHERE holder <> '';
CREATE INDEX outbox_chat ON outbox (contact_id, line);

CREATE TABLE timers (
    key        TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES threads (contact_id),
    due_us     BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    payload    TEXT NOT NULL
);
CREATE INDEX timers_due ON timers (due_us);
CREATE INDEX timers_contact ON timers (contact_id);

-- The proof of what a person agreed to holds no words and outlives an erasure.
CREATE TABLE consents (
    seq        {{identity}},
    patient_id TEXT NOT NULL REFERENCES patients (id),
    kind       TEXT NOT NULL CHECK (kind IN ('personal', 'health', 'advertising', 'care')),
    given      BOOLEAN NOT NULL,
    version    TEXT NOT NULL,
    language   TEXT NOT NULL,
    channel    TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    at_us      BIGINT NOT NULL
);
CREATE INDEX consents_patient ON consents (patient_id, kind, seq);
{{append_only "consents"}}

CREATE TABLE events (
    seq        {{identity}},
    at_us      BIGINT NOT NULL,
    name       TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    channel    TEXT NOT NULL,
    task       INTEGER NOT NULL,
    dialog     TEXT NOT NULL,
    state      TEXT NOT NULL,
    value      TEXT NOT NULL,
    ref        TEXT NOT NULL{{writer}}
);
CREATE INDEX events_patient ON events (patient_id);
{{append_only "events"}}

CREATE TABLE answers (
    seq        {{identity}},
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    patient_id TEXT NOT NULL REFERENCES patients (id),
    task       INTEGER NOT NULL,
    dialog     TEXT NOT NULL,
    name       TEXT NOT NULL,
    value      TEXT NOT NULL,
    mark       TEXT NOT NULL CHECK (mark IN ('plain', 'personal', 'health')),
    at_us      BIGINT NOT NULL
);
CREATE INDEX answers_contact ON answers (contact_id, seq);
CREATE INDEX answers_patient ON answers (patient_id);

CREATE TABLE leases (
    name     TEXT PRIMARY KEY,
    holder   TEXT NOT NULL,
    until_us BIGINT NOT NULL
);
