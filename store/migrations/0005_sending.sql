-- How a message waits to be sent, how far it came, and what it is about.
ALTER TABLE outbox ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 2); -- 0 = an answer; higher goes later
ALTER TABLE outbox ADD COLUMN done     INTEGER NOT NULL DEFAULT 0; -- network messages of it that went through
ALTER TABLE outbox ADD COLUMN ref      TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_ref ON outbox (contact_id, receipt) WHERE ref <> '';
CREATE INDEX outbox_about ON outbox (ref) WHERE ref <> '';

-- What may go next on a channel: one that is turned off or slow is passed over, however much waits for it.
DROP INDEX outbox_due;
CREATE INDEX outbox_next ON outbox (channel, priority, due_us, seq) WHERE state = 'waiting';
