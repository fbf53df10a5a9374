-- How a message waits to be sent, how far it came, and what it is about.
ALTER TABLE outbox ADD COLUMN priority INTEGER NOT NULL DEFAULT 0; -- 0 = an answer; higher goes later
ALTER TABLE outbox ADD COLUMN done     INTEGER NOT NULL DEFAULT 0; -- network messages of it that went through
ALTER TABLE outbox ADD COLUMN ref      TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_ref ON outbox (contact_id, receipt) WHERE ref <> '';
