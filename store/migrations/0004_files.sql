-- What people attach in a chat that keeps no files of its own.
CREATE TABLE files (
    ref        TEXT PRIMARY KEY,
    channel    TEXT NOT NULL,
    chat       TEXT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    mime       TEXT NOT NULL,
    data       {{bytes}} NOT NULL,
    created_us BIGINT NOT NULL
);
CREATE INDEX files_chat ON files (channel, chat);
