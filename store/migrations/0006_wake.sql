-- What a conversation's timer is set for, so that a step need not set it again.
ALTER TABLE conversations ADD COLUMN wake_us BIGINT NOT NULL DEFAULT 0;
