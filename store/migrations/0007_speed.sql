-- What every message writes is written with as little as will do.

-- The order of a queue and the place of a chat in it stand in indexes under different conditions (a row that has
-- ended waits no more, and the other way round): a planner who takes a queue to be empty cannot mistake one for the
-- other and read all of it for each contact.
DROP INDEX inbox_due;
CREATE INDEX inbox_due ON inbox (due_us, seq) WHERE ended_us = 0;
DROP INDEX outbox_next;
CREATE INDEX outbox_next ON outbox (channel, priority, due_us, seq) WHERE ended_us = 0;

-- What is in somebody's hands is found among the few that wait.
DROP INDEX outbox_holder;
{{lean}}

-- Days are queued for by name now; the calendar is only what busy time refers to.
ALTER TABLE calendars DROP COLUMN taken;
