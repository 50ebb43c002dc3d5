-- The hall's history. Everything below "events" is a pure function of the events
-- and of the settings in force when they were read; docs/history.md describes each
-- column for who asks with SQL. Moments are milliseconds since 1970 (UTC), days are
-- numbers like 20261122 (business day of Asia/Ho_Chi_Minh), spans are milliseconds.

CREATE TABLE branches (
  no   INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',      -- Vietnamese, as it is now
  kind TEXT NOT NULL DEFAULT ''       -- department, district, commune: for comparison among equals
);

-- How far each branch's stream has been read; written in the same transaction as
-- what was read, so that a kill loses and doubles nothing.
CREATE TABLE progress (
  branch INTEGER NOT NULL REFERENCES branches(no),
  epoch  TEXT NOT NULL,                -- changes only when the store lost its past
  no     INTEGER NOT NULL,             -- 1, 2, 3: in the order they came
  seq    INTEGER NOT NULL,             -- the last event that was read
  since  INTEGER NOT NULL,             -- the day of the first
  day    INTEGER NOT NULL,             -- the day of the last
  PRIMARY KEY (branch, epoch)
) WITHOUT ROWID;

-- One row for each accepted change. body is the event as it was, without tokens,
-- codes and what only the queue's engine needs.
CREATE TABLE events (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  epoch   TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  visit   TEXT,
  counter TEXT,
  by      TEXT,                        -- who asked: a key's or an account's name, never a citizen
  body    TEXT NOT NULL,
  PRIMARY KEY (branch, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX events_visit ON events (branch, visit);
CREATE INDEX events_day ON events (branch, day);

CREATE TABLE days (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  day     INTEGER NOT NULL,
  weekday INTEGER NOT NULL,            -- 0 = Sunday
  opened  INTEGER,
  closed  INTEGER,
  golden  TEXT NOT NULL DEFAULT '',    -- ids of services with a golden day, joined by blanks
  no_slip TEXT NOT NULL DEFAULT '',
  sample  INTEGER NOT NULL DEFAULT 0,  -- 1: made by the generator, not by people
  PRIMARY KEY (branch, day)
) WITHOUT ROWID;

-- One row for each visit.
CREATE TABLE visits (
  branch       INTEGER NOT NULL REFERENCES branches(no),
  id           TEXT NOT NULL,
  day          INTEGER NOT NULL,
  weekday      INTEGER NOT NULL,
  hour         INTEGER NOT NULL,       -- 0-23, of taking the number
  half         TEXT NOT NULL,          -- id of the half-day it was taken in, '' outside all
  number       TEXT NOT NULL,
  service      TEXT NOT NULL,          -- the service it was taken for
  field        TEXT NOT NULL,
  procedure    TEXT NOT NULL DEFAULT '',
  priority     TEXT NOT NULL DEFAULT '',
  lang         TEXT NOT NULL DEFAULT '',
  origin       TEXT NOT NULL DEFAULT '', -- channel: kiosk, desk, booking, phone
  state        TEXT NOT NULL,          -- as product.md names them
  outcome      TEXT NOT NULL DEFAULT '',
  reason       TEXT NOT NULL DEFAULT '',
  counter      TEXT NOT NULL DEFAULT '', -- where it was last
  taken        INTEGER NOT NULL,
  called       INTEGER,                -- first call
  served       INTEGER,                -- start of the first transaction
  ended        INTEGER,                -- end, cancellation or expiry
  wait         INTEGER,                -- taken (booked: the booked time or arrival, whichever is later) to first call
  target       INTEGER NOT NULL,       -- the service's wait target
  told_low     INTEGER,                -- estimate told when it was taken
  told_high    INTEGER,
  calls        INTEGER NOT NULL DEFAULT 0, -- calls and recalls
  no_shows     INTEGER NOT NULL DEFAULT 0,
  reinstated   INTEGER NOT NULL DEFAULT 0,
  parked       INTEGER NOT NULL DEFAULT 0,
  transfers    INTEGER NOT NULL DEFAULT 0,
  ping_pong    INTEGER NOT NULL DEFAULT 0, -- transfers back to a service or counter it had been sent away from
  transactions INTEGER NOT NULL DEFAULT 0,
  out_of_turn  INTEGER NOT NULL DEFAULT 0, -- calls of a chosen number
  again        INTEGER NOT NULL DEFAULT 0, -- 1: was served for the same service once more after a serving that did not end by being parked, or ended with "supplement": comes again
  PRIMARY KEY (branch, id)
) WITHOUT ROWID;
CREATE INDEX visits_day ON visits (branch, day);

-- One row for each serving of a visit at one counter.
CREATE TABLE transactions (
  branch    INTEGER NOT NULL REFERENCES branches(no),
  id        TEXT NOT NULL,             -- <visit>.<n>
  visit     TEXT NOT NULL,
  n         INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  weekday   INTEGER NOT NULL,
  hour      INTEGER NOT NULL,          -- of its start
  counter   TEXT NOT NULL,
  clerk     TEXT NOT NULL,             -- who sat there: the counter's clerk by the settings, else who gave the command
  service   TEXT NOT NULL,
  field     TEXT NOT NULL,
  procedure TEXT NOT NULL DEFAULT '',
  priority  TEXT NOT NULL DEFAULT '',
  origin    TEXT NOT NULL DEFAULT '',
  started   INTEGER NOT NULL,
  ended     INTEGER,                   -- NULL while it lasts
  spent     INTEGER,                   -- ended - started
  how       TEXT NOT NULL DEFAULT '',  -- ended, transferred, parked, day_closed
  outcome   TEXT NOT NULL DEFAULT '',  -- done, received, supplement, refused, guided
  due       INTEGER,                   -- when the promise of its service falls due, counted from the visit's first transaction for this service; NULL without promise
  due_unit  TEXT NOT NULL DEFAULT '',
  kept      INTEGER,                   -- 1 kept, 0 broken, NULL unknown or nothing promised
  level     INTEGER,                   -- 1 = best; NULL not rated
  points    INTEGER,                   -- 0, 1, 2 by the settings
  source    TEXT NOT NULL DEFAULT '',  -- keypad, tablet, phone, paper
  rated     INTEGER,
  reasons   TEXT NOT NULL DEFAULT '',  -- ids joined by blanks
  PRIMARY KEY (branch, id)
) WITHOUT ROWID;
CREATE INDEX transactions_day ON transactions (branch, day);

-- One row for each call and recall.
CREATE TABLE calls (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  seq     INTEGER NOT NULL,
  epoch   TEXT NOT NULL,
  visit   TEXT NOT NULL,
  counter TEXT NOT NULL,
  day     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,               -- call, recall, resume
  undone  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (branch, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX calls_day ON calls (branch, day);
CREATE INDEX calls_recall ON calls (branch, day, visit) WHERE kind = 'recall' AND undone = 0; -- the few a report counts

-- What a counter did, span after span: closed time between two days has no rows.
CREATE TABLE spans (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  counter TEXT NOT NULL,
  began   INTEGER NOT NULL,
  ended   INTEGER,                     -- NULL while it lasts
  day     INTEGER NOT NULL,
  clerk   TEXT NOT NULL DEFAULT '',
  state   TEXT NOT NULL,               -- open (idle), calling, serving, paused, closed
  reason  TEXT NOT NULL DEFAULT '',    -- of a pause
  PRIMARY KEY (branch, counter, began, state)
) WITHOUT ROWID;
CREATE INDEX spans_day ON spans (branch, day);

CREATE TABLE prints (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  epoch   TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  visit   TEXT NOT NULL,
  day     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  printed INTEGER NOT NULL,            -- 0: it failed
  reason  TEXT NOT NULL DEFAULT '',
  copy    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (branch, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX prints_day ON prints (branch, day);

-- What somebody did out of the order, with the reason they gave.
CREATE TABLE overrides (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  epoch   TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  visit   TEXT NOT NULL,
  counter TEXT NOT NULL DEFAULT '',
  day     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,               -- out_of_turn, priority, transfer, undo
  by      TEXT NOT NULL DEFAULT '',
  was     TEXT NOT NULL DEFAULT '',
  became  TEXT NOT NULL DEFAULT '',
  reason  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (branch, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX overrides_day ON overrides (branch, day);

-- Presses that did not count, and why: late, already_rated, nothing_to_rate, foreign.
CREATE TABLE presses (
  no      INTEGER PRIMARY KEY,
  branch  INTEGER NOT NULL REFERENCES branches(no),
  day     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  counter TEXT NOT NULL DEFAULT '',
  source  TEXT NOT NULL,
  level   INTEGER NOT NULL,
  why     TEXT NOT NULL
);
CREATE INDEX presses_day ON presses (branch, day);

-- The optional form of four questions: points 0-2 on the legal indicators, NULL
-- when not answered. A form keeps its day, not its moment, and no rater.
CREATE TABLE forms (
  branch      INTEGER NOT NULL REFERENCES branches(no),
  transaction_id TEXT NOT NULL,
  day         INTEGER NOT NULL,
  counter     TEXT NOT NULL,
  clerk       TEXT NOT NULL,
  service     TEXT NOT NULL,
  source      TEXT NOT NULL,           -- phone, tablet, paper
  q1 INTEGER, q3 INTEGER, q4 INTEGER, q7 INTEGER, -- indicators 1, 3, 4, 7 of the circular's nine
  PRIMARY KEY (branch, transaction_id)
) WITHOUT ROWID;
CREATE INDEX forms_day ON forms (branch, day);

-- What an officer says to the own figures of a month, shown beside them.
CREATE TABLE remarks (
  branch INTEGER NOT NULL REFERENCES branches(no),
  clerk  TEXT NOT NULL,
  month  INTEGER NOT NULL,             -- 202611
  text   TEXT NOT NULL,
  by     TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (branch, clerk, month)
) WITHOUT ROWID;

-- Sums by day that stay when visits are purged.
CREATE TABLE sums (
  branch  INTEGER NOT NULL REFERENCES branches(no),
  day     INTEGER NOT NULL,
  service TEXT NOT NULL,
  counter TEXT NOT NULL,
  taken INTEGER NOT NULL, served INTEGER NOT NULL, no_shows INTEGER NOT NULL, cancelled INTEGER NOT NULL, transfers INTEGER NOT NULL,
  waits INTEGER NOT NULL, wait_sum INTEGER NOT NULL, in_target INTEGER NOT NULL,
  spent_sum INTEGER NOT NULL, kept INTEGER NOT NULL, broken INTEGER NOT NULL,
  rated INTEGER NOT NULL, points INTEGER NOT NULL,
  PRIMARY KEY (branch, day, service, counter)
) WITHOUT ROWID;
