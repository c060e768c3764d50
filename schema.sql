-- advedu: the whole schema of a campaign file, as of today.
--
-- Reading guide. Inside, rows are named by small integers; outside, by codes that people know. Days are ISO text
-- (YYYY-MM-DD, so that text order is time order); a month-only date is YYYY-MM. Every table is STRICT: SQLite then
-- refuses '十二' in an INTEGER column instead of counting it as nothing.
--
-- Four groups: the campaign definition (data, never code) · who there is · what was done · history.
-- The triggers that feed history are not written out here: storage/history.py makes the same three for every table
-- from its columns, so that a new table cannot be forgotten.

-- ───────────────────────────────────────────── the campaign definition ─────────────────────────────────────────────

-- One row: one campaign per file.
CREATE TABLE campaign (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  code       TEXT NOT NULL,
  name       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  source     TEXT NOT NULL,                   -- where the definition comes from, in words
  definition TEXT NOT NULL,                   -- the TOML text as it was applied
  pinned_on  TEXT CHECK (pinned_on = date(pinned_on))  -- the file's own day; NULL: the calendar's
) STRICT;

-- Goals and principles: held as text, shown, nothing to compute (D1, D2).
CREATE TABLE campaign_text (
  topic TEXT NOT NULL CHECK (topic IN ('goal', 'principle')),
  seq   INTEGER NOT NULL,
  text  TEXT NOT NULL,
  PRIMARY KEY (topic, seq)
) STRICT, WITHOUT ROWID;

-- Numbers that the rules use: least days of study, planned length of a phase, …
CREATE TABLE rule (
  code  TEXT PRIMARY KEY,
  value INTEGER NOT NULL,
  text  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  starts_on TEXT NOT NULL CHECK (starts_on = date(starts_on)),
  ends_on   TEXT NOT NULL CHECK (ends_on = date(ends_on) AND ends_on > starts_on),
  scope     TEXT NOT NULL
) STRICT;

-- Planned days of a phase count from the unit's own day 0.
CREATE TABLE phase (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  first_day  INTEGER NOT NULL CHECK (first_day >= 0),
  last_day   INTEGER NOT NULL CHECK (last_day >= first_day)
) STRICT;

CREATE TABLE milestone (
  id       INTEGER PRIMARY KEY,
  code     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  phase_id INTEGER NOT NULL REFERENCES phase,
  due_day  INTEGER NOT NULL,
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  by_date  INTEGER NOT NULL DEFAULT 1 CHECK (by_date IN (0, 1)) -- 0: reached through a survey alone, never by a date
) STRICT;

-- What a milestone applies to: kinds of unit, optionally only those of one sector.
CREATE TABLE milestone_scope (
  milestone_id INTEGER NOT NULL REFERENCES milestone,
  kind         TEXT NOT NULL,
  sector       TEXT NOT NULL DEFAULT '',      -- a sector's code; '' is any sector, also none
  PRIMARY KEY (milestone_id, kind, sector)
) STRICT, WITHOUT ROWID;

-- What every member owes. Ids stay below 60: figures keep sets of tasks as bits of one integer.
CREATE TABLE task (
  id       INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 59),
  code     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  phase_id INTEGER NOT NULL REFERENCES phase,
  due_day  INTEGER NOT NULL
) STRICT;

-- The personal items of a leader: the nine ones, and beside them the four leads, which are not counted.
CREATE TABLE item (
  id      INTEGER PRIMARY KEY,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1))
) STRICT;

-- Fixed lists. The sector carries what its units are to study and to solve (D6).
CREATE TABLE sector (
  id       INTEGER PRIMARY KEY,
  code     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  aliases  TEXT NOT NULL DEFAULT '',          -- separated by spaces
  study    TEXT NOT NULL DEFAULT '',
  problems TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE category (
  id      INTEGER PRIMARY KEY,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  aliases TEXT NOT NULL DEFAULT ''
) STRICT;

-- Ordered: a greater id is a higher rank.
CREATE TABLE rank (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  aliases TEXT NOT NULL DEFAULT ''
) STRICT;

-- ───────────────────────────────────────────────── who there is ────────────────────────────────────────────────────

CREATE TABLE unit (
  id               INTEGER PRIMARY KEY,
  code             TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name             TEXT NOT NULL CHECK (name <> ''),
  parent_id        INTEGER REFERENCES unit CHECK (parent_id <> id),   -- as things stand now; earlier days: unit_move
  kind             TEXT NOT NULL CHECK (kind IN ('district', 'committee', 'party_group', 'work_committee',
                                                 'general_branch', 'branch', 'group')),
  sector_id        INTEGER REFERENCES sector,
  batch_id         INTEGER REFERENCES batch,  -- NULL: the nearest ancestor's
  chief            TEXT,
  phone            TEXT,
  starts_on        TEXT CHECK (starts_on = date(starts_on)),          -- the unit's own day 0; NULL: its batch's first
  shift_reason     TEXT,
  declared_members INTEGER CHECK (declared_members >= 0),             -- what the unit says it has
  closed_on        TEXT CHECK (closed_on = date(closed_on)),          -- from this day on it owes nothing
  close_reason     TEXT
) STRICT;
-- Every report walks down from a unit, in the order of codes.
CREATE INDEX unit_by_parent ON unit (parent_id, code);
-- A file has one root.
CREATE UNIQUE INDEX unit_root ON unit ((1)) WHERE parent_id IS NULL;
-- Imports and commands name units by full name.
CREATE INDEX unit_by_name ON unit (name);

-- A unit's dated change of parent. With it the tree of any earlier day can be walked.
CREATE TABLE unit_move (
  unit_id        INTEGER NOT NULL REFERENCES unit,
  moved_on       TEXT NOT NULL CHECK (moved_on = date(moved_on)),
  from_parent_id INTEGER NOT NULL REFERENCES unit,
  to_parent_id   INTEGER NOT NULL REFERENCES unit,
  reason         TEXT,
  entered_on     TEXT NOT NULL,
  PRIMARY KEY (unit_id, moved_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_move_by_origin ON unit_move (from_parent_id);

CREATE TABLE member (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name         TEXT NOT NULL CHECK (name <> ''),
  sex          TEXT CHECK (sex IN ('male', 'female')),
  born_on      TEXT CHECK (length(born_on) IN (7, 10)),               -- a month is enough
  id_number    TEXT CHECK (length(id_number) IN (15, 18)),
  unit_id      INTEGER NOT NULL REFERENCES unit,                      -- as things stand now; earlier days: transfer
  joined_on    TEXT CHECK (length(joined_on) IN (7, 10)),
  status       TEXT CHECK (status IN ('full', 'probationary')),
  post         TEXT,
  rank         TEXT,
  leader       INTEGER NOT NULL DEFAULT 0 CHECK (leader IN (0, 1)),
  category_id  INTEGER REFERENCES category,
  phone        TEXT,
  left_on      TEXT CHECK (left_on = date(left_on)),                  -- from this day on nobody's member here
  leave_reason TEXT
) STRICT;
-- Two people never share a number; many have none.
CREATE UNIQUE INDEX member_by_id_number ON member (id_number) WHERE id_number IS NOT NULL;
-- Counting a unit's members touches this index alone.
CREATE INDEX member_by_unit ON member (unit_id, left_on);
-- A few hundred leaders among fifteen thousand: a third of the time of a full look.
CREATE INDEX leader_by_unit ON member (unit_id, left_on) WHERE leader = 1;

CREATE TABLE transfer (
  member_id    INTEGER NOT NULL REFERENCES member,
  moved_on     TEXT NOT NULL CHECK (moved_on = date(moved_on)),
  from_unit_id INTEGER NOT NULL REFERENCES unit,
  to_unit_id   INTEGER NOT NULL REFERENCES unit,
  reason       TEXT,
  entered_on   TEXT NOT NULL,
  PRIMARY KEY (member_id, moved_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_by_origin ON transfer (from_unit_id);
-- Whether anybody moved after a day is asked once per report.
CREATE INDEX transfer_by_day ON transfer (moved_on);

-- ───────────────────────────────────────────────── what was done ───────────────────────────────────────────────────
-- Keys begin with the unit or the member: one report line then reads neighbouring rows. entered_on is the day of entry (R13).

CREATE TABLE milestone_done (
  unit_id      INTEGER NOT NULL REFERENCES unit,
  milestone_id INTEGER NOT NULL REFERENCES milestone,
  done_on      TEXT NOT NULL CHECK (done_on = date(done_on)),
  head         TEXT,
  reporter     TEXT,
  evidence     TEXT,
  note         TEXT,
  entered_on   TEXT NOT NULL,
  PRIMARY KEY (unit_id, milestone_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone_exemption (
  unit_id      INTEGER NOT NULL REFERENCES unit,
  milestone_id INTEGER NOT NULL REFERENCES milestone,
  exempt_on    TEXT NOT NULL CHECK (exempt_on = date(exempt_on)),
  reason       TEXT NOT NULL CHECK (reason <> ''),
  entered_on   TEXT NOT NULL,
  PRIMARY KEY (unit_id, milestone_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_done (
  member_id  INTEGER NOT NULL REFERENCES member,
  task_id    INTEGER NOT NULL REFERENCES task,
  done_on    TEXT NOT NULL CHECK (done_on = date(done_on)),
  mode       TEXT,                            -- how the member was reached: 集中, 送学上门, 邮寄, 电话
  note       TEXT,
  entered_on TEXT NOT NULL,
  PRIMARY KEY (member_id, task_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_exemption (
  member_id  INTEGER NOT NULL REFERENCES member,
  task_id    INTEGER NOT NULL REFERENCES task,
  exempt_on  TEXT NOT NULL CHECK (exempt_on = date(exempt_on)),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  entered_on TEXT NOT NULL,
  PRIMARY KEY (member_id, task_id)
) STRICT, WITHOUT ROWID;

-- An item may be done more than once; it is fulfilled from its earliest day.
CREATE TABLE item_done (
  member_id  INTEGER NOT NULL REFERENCES member,
  item_id    INTEGER NOT NULL REFERENCES item,
  done_on    TEXT NOT NULL CHECK (done_on = date(done_on)),
  evidence   TEXT,
  entered_on TEXT NOT NULL,
  PRIMARY KEY (member_id, item_id, done_on)
) STRICT, WITHOUT ROWID;

-- ──────────────────────────────────────────────────── history ──────────────────────────────────────────────────────

-- One row per write: a command or one import.
CREATE TABLE operation (
  id            INTEGER PRIMARY KEY,
  at            TEXT NOT NULL,                -- the clock's time, UTC
  day           TEXT NOT NULL,                -- the day of entry as the file counts it
  who           TEXT NOT NULL,
  host          TEXT NOT NULL,
  command       TEXT NOT NULL,
  source        TEXT,                         -- the file that was imported …
  source_sha256 TEXT,                         -- … and what was in it
  undoes        INTEGER REFERENCES operation, -- the operation that this one took back
  first_change  INTEGER,                      -- its rows in change are a run: from here …
  changes       INTEGER NOT NULL DEFAULT 0,   -- … so many
  hash          TEXT CHECK (length(hash) = 64) -- SHA-256 of all this and of the hash before: the chain (storage/chain.py)
) STRICT;

-- Holds the number of the operation under way, inside its transaction only. Without it no trigger can write to
-- change, so that a change from outside an operation is refused.
CREATE TABLE writing (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  operation_id INTEGER NOT NULL REFERENCES operation
) STRICT;

-- One row per changed row. key, old and new are SQL literals separated by commas, in the order of the table's columns.
CREATE TABLE change (
  id           INTEGER PRIMARY KEY,
  operation_id INTEGER NOT NULL REFERENCES operation,
  table_name   TEXT NOT NULL,
  key          TEXT NOT NULL,
  old          TEXT,                          -- NULL: the row is new
  new          TEXT,                          -- NULL: the row is gone
  CHECK (old IS NOT NULL OR new IS NOT NULL)
) STRICT;

-- History is only ever added to. (Whoever owns the file can take these away; the chain then tells.)
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'history is never rewritten'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'history is never rewritten'); END;
CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'history is never rewritten'); END;
CREATE TRIGGER operation_stays BEFORE UPDATE ON operation WHEN OLD.id IS NOT (SELECT operation_id FROM writing)
BEGIN SELECT RAISE(ABORT, 'history is never rewritten'); END;

-- What kind of file this is, and which schema it has. storage/connection.py refuses anything else.
PRAGMA application_id = 0x61647665;           -- 'adve'
PRAGMA user_version = 1;
