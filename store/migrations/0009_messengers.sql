-- One patient in several messengers, and what the messengers' own side has to keep.

-- What a channel remembers between its runs: how far it has read, which choices a poll had. Never a patient's words.
CREATE TABLE channel_memory (
    channel  TEXT NOT NULL,
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,
    until_us BIGINT NOT NULL DEFAULT 0, -- forgotten after that; 0 = never
    PRIMARY KEY (channel, name)
);
CREATE INDEX channel_memory_until ON channel_memory (until_us) WHERE until_us <> 0;

-- The phone that is proven to be the writer's own: the network vouches for it, or a code came back. E.164; empty = none.
ALTER TABLE contacts ADD COLUMN phone TEXT NOT NULL DEFAULT '';
CREATE INDEX contacts_phone ON contacts (phone) WHERE phone <> '';

-- When the person wrote last, as networks count that punish messages to people who did not write.
ALTER TABLE contacts ADD COLUMN heard_us BIGINT NOT NULL DEFAULT 0;
