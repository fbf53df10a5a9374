-- A contact that was erased stays as an empty shell, so that what refers to it keeps standing.
ALTER TABLE contacts ADD COLUMN erased_us BIGINT NOT NULL DEFAULT 0;
