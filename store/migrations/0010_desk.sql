-- The desk: who works there, and who saw and did what.

-- People of the clinic. They are disabled and never deleted: what they did stays theirs.
CREATE TABLE accounts (
    id           TEXT PRIMARY KEY,
    login        TEXT NOT NULL UNIQUE,               -- in lower case
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'administrator', 'care', 'marketer', 'practitioner')),
    practitioner TEXT NOT NULL DEFAULT '',           -- the id in careline.yaml, of a practitioner's account
    language     TEXT NOT NULL DEFAULT '',           -- empty = the clinic's
    password     TEXT NOT NULL,                      -- argon2id
    temporary    BOOLEAN NOT NULL DEFAULT FALSE,     -- the password was given by another and has to be changed
    totp         {{bytes}},                          -- the sealed secret of one-time codes; NULL = without
    totp_step    BIGINT NOT NULL DEFAULT 0,          -- of the last code that was used: none works twice
    recovery     TEXT NOT NULL DEFAULT '',           -- hashes of the recovery codes that are left
    created_us   BIGINT NOT NULL,
    changed_us   BIGINT NOT NULL,                    -- the password was
    disabled_us  BIGINT NOT NULL DEFAULT 0,
    CHECK (login <> '' AND name <> ''),
    CHECK (role <> 'practitioner' OR practitioner <> '')
);

-- Sessions in the browser. The cookie's token is kept hashed: who reads this table cannot come in.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    data       {{bytes}} NOT NULL,
    seen_us    BIGINT NOT NULL,
    until_us   BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_until ON sessions (until_us);

-- Sign-ins that failed, or are under way, by login and by address; the keys are hashes.
CREATE TABLE attempts (
    key      TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    until_us BIGINT NOT NULL, -- no other try before that
    at_us    BIGINT NOT NULL
);
CREATE INDEX attempts_at ON attempts (at_us);

-- Who saw and did what. Only ids stand here: it outlives the patient.
CREATE TABLE audit (
    seq        {{identity}},
    at_us      BIGINT NOT NULL,
    account_id TEXT NOT NULL, -- empty = nobody who is known
    action     TEXT NOT NULL,
    patient_id TEXT NOT NULL DEFAULT '',
    ref        TEXT NOT NULL DEFAULT '', -- what else it is about: visit/ID, ticket/ID, account/ID
    address    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_patient ON audit (patient_id, seq) WHERE patient_id <> '';
CREATE INDEX audit_account ON audit (account_id, seq);
CREATE INDEX audit_at ON audit (at_us);
{{append_only "audit"}}

-- How far an account has read a chat.
CREATE TABLE reads (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    contact_id TEXT NOT NULL,
    line       BIGINT NOT NULL,
    PRIMARY KEY (account_id, contact_id)
);
CREATE INDEX reads_contact ON reads (contact_id);

-- Who of the desk it was: the id of an account, or the contact of the administrators' chat; empty = somebody else.
ALTER TABLE outbox ADD COLUMN account TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_human ON outbox (contact_id, line) WHERE author <> '';
ALTER TABLE outbox ADD COLUMN changes TEXT NOT NULL DEFAULT ''; -- the message that it only changes, by its id
CREATE INDEX outbox_changes ON outbox (changes) WHERE changes <> '';
ALTER TABLE tickets ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- why it was needed: one of careline.yaml
-- What is not closed, in the order of its urgency, and as it is counted.
CREATE INDEX tickets_urgency ON tickets ((CASE priority WHEN 'alarm' THEN 0 WHEN 'high' THEN 1 ELSE 2 END),
    (CASE WHEN deadline_us > 0 THEN deadline_us ELSE 9000000000000000000 END), id) WHERE state IN ('open', 'taken');
CREATE INDEX tickets_counted ON tickets (state, kind, taken_by, account, created_us, contact_id) WHERE state IN ('open', 'taken');
CREATE INDEX tickets_closed ON tickets (closed_us) WHERE state = 'closed';
CREATE INDEX tickets_over ON tickets (contact_id, closed_us) WHERE state = 'closed';
ALTER TABLE ticket_notes ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket_notes ADD COLUMN internal BOOLEAN NOT NULL DEFAULT FALSE; -- for colleagues, not said to the patient
CREATE INDEX events_ref ON events (ref, seq) WHERE ref <> '';

-- Who is writing in a chat just now.
CREATE TABLE presence (
    contact_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    until_us   BIGINT NOT NULL,
    PRIMARY KEY (contact_id, account_id)
);
CREATE INDEX presence_until ON presence (until_us);

-- Files that somebody at the desk has chosen and not sent yet; what was never sent goes with the other signals.
CREATE TABLE drafts (
    ref        TEXT PRIMARY KEY REFERENCES files (ref) ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    created_us BIGINT NOT NULL
);
CREATE INDEX drafts_contact ON drafts (contact_id, account_id, created_us);
CREATE INDEX drafts_created ON drafts (created_us);

-- The words under which patients are found: of their names and tags, and their phones, forwards and backwards. It follows
-- from patients.
CREATE TABLE patient_words (
    word       TEXT{{bytewise}} NOT NULL,
    patient_id TEXT NOT NULL,
    PRIMARY KEY (word, patient_id)
);
CREATE INDEX patient_words_patient ON patient_words (patient_id, word);

-- What the patient is to be told of a visit that the clinic has moved or cancelled, as JSON; empty = nothing.
ALTER TABLE appointments ADD COLUMN notice TEXT NOT NULL DEFAULT '';

-- Who of the desk has recorded a consent that was given on paper, or aloud: the id of an account.
ALTER TABLE consents ADD COLUMN account TEXT NOT NULL DEFAULT '';
