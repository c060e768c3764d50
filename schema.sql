-- advedu: the whole schema of a campaign file, as of today.
--
-- Reading guide. Inside, rows are named by small integers; outside, by codes that people know. Days are ISO text
-- (YYYY-MM-DD, so that text order is time order); a month-only date is YYYY-MM. Every table is STRICT: SQLite then
-- refuses '十二' in an INTEGER column instead of counting it as nothing.
--
-- Six groups: the campaign definition (data, never code) · who there is · what was done · phases · registers · history.
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
  scope     TEXT NOT NULL,
  sectors   TEXT NOT NULL DEFAULT ''          -- codes of the sectors it is meant for, separated by spaces; '' is any (D19)
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
  by_date  INTEGER NOT NULL DEFAULT 1 CHECK (by_date IN (0, 1)), -- 0: reached through a survey alone, never by a date
  role     TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'body', 'plan', 'meeting', 'opinions', 'problems', 'measures', 'results',
                                                    'regulations', 'survey', 'summary')), -- what rules know it as
  evidence INTEGER NOT NULL DEFAULT 0 CHECK (evidence IN (0, 1)) -- 1: a mark without evidence is a finding (D44)
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
  due_day  INTEGER NOT NULL,
  study    INTEGER NOT NULL DEFAULT 0 CHECK (study IN (0, 1)) -- 1: not done while a missed study session is open (D27)
) STRICT;

-- The personal items of a leader: the nine ones, and beside them the four leads, which are not counted.
CREATE TABLE item (
  id      INTEGER PRIMARY KEY,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  role    TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'contact_point')) -- fulfilled by registering one (R7)
) STRICT;

-- Fixed lists. The sector carries what its units are to study and to solve (D6).
CREATE TABLE sector (
  id       INTEGER PRIMARY KEY,
  code     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  aliases  TEXT NOT NULL DEFAULT '',          -- separated by spaces
  study    TEXT NOT NULL DEFAULT '',
  problems TEXT NOT NULL DEFAULT '',
  organ    INTEGER NOT NULL DEFAULT 0 CHECK (organ IN (0, 1)) -- 机关: where leaders of district rank owe a contact point (D11)
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
  close_reason     TEXT,
  opened_on        TEXT CHECK (opened_on = date(opened_on)),          -- from this day on it exists; NULL: from the beginning
  municipal        INTEGER NOT NULL DEFAULT 0 CHECK (municipal IN (0, 1)) -- 市属: of the city, its Party relations are here (D36)
) STRICT;
-- Every report walks down from a unit, in the order of codes.
CREATE INDEX unit_by_parent ON unit (parent_id, code);
-- A file has one root.
CREATE UNIQUE INDEX unit_root ON unit ((1)) WHERE parent_id IS NULL;
-- Imports and commands name units by full name.
CREATE INDEX unit_by_name ON unit (name);

-- Other names of a unit, one row each: 区教育局 for 区教育局机关党委. Commands and imports take one where it names one unit
-- alone. How a name sounds is stored nowhere: what was typed is held against the characters (advedu/values/pinyin.py).
CREATE TABLE unit_alias (
  unit_id INTEGER NOT NULL REFERENCES unit,
  alias   TEXT NOT NULL CHECK (alias <> ''),
  PRIMARY KEY (unit_id, alias)
) STRICT, WITHOUT ROWID;

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
  leave_reason TEXT,
  arrived_on   TEXT CHECK (arrived_on = date(arrived_on)),            -- from this day on a member here; NULL: from the beginning
  missing_since TEXT CHECK (missing_since = date(missing_since)),     -- 下落不明: nobody knows where; counted all the same (R1)
  district_body TEXT CHECK (district_body IN ('committee', 'congress', 'government', 'consultative')), -- 四套班子 (D11)
  ethnicity    TEXT,                                                  -- as an office writes it: 汉族
  education    TEXT,
  joined_full_on TEXT CHECK (length(joined_full_on) IN (7, 10))       -- 转正; a month is enough
) STRICT;
-- Two people never share a number; many have none.
CREATE UNIQUE INDEX member_by_id_number ON member (id_number) WHERE id_number IS NOT NULL;
-- Counting a unit's members touches this index alone.
CREATE INDEX member_by_unit ON member (unit_id, left_on, arrived_on);
-- A few hundred leaders among fifteen thousand: a third of the time of a full look.
CREATE INDEX leader_by_unit ON member (unit_id, left_on, arrived_on) WHERE leader = 1;
-- Hardly anybody: who is missing is asked for in every `check`, and found without looking at all the others.
CREATE INDEX member_by_missing ON member (missing_since) WHERE missing_since IS NOT NULL;

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

-- What a heading of somebody's sheets means, as `import --map` was told: the next file is read by it.
CREATE TABLE heading_memory (
  kind       TEXT NOT NULL,                   -- of file, such as members
  heading    TEXT NOT NULL,                   -- without spaces and remarks, width and case evened out
  field      TEXT NOT NULL,                   -- the identifier of the column
  entered_on TEXT NOT NULL,
  PRIMARY KEY (kind, heading)
) STRICT, WITHOUT ROWID;

-- ───────────────────────────────────────────── phases and their gates ──────────────────────────────────────────────
-- Opening, signing off, closing and reopening are kept one after the other (R3, R4): where a unit stands on a day is what its
-- latest event up to that day says. An event never comes before the one before it, so the numbers are in order of days.

CREATE TABLE phase_event (
  number      INTEGER PRIMARY KEY,
  unit_id     INTEGER NOT NULL REFERENCES unit,
  phase_id    INTEGER NOT NULL REFERENCES phase,
  event       TEXT NOT NULL CHECK (event IN ('open', 'sign_off', 'close', 'reopen')),
  happened_on TEXT NOT NULL CHECK (happened_on = date(happened_on)),
  by_unit_id  INTEGER REFERENCES unit,        -- a sign-off: by this unit above
  overridden  INTEGER NOT NULL DEFAULT 0 CHECK (overridden IN (0, 1)),
  missing     TEXT,                           -- an override: what was missing, in words, as it was then
  reason      TEXT,
  entered_on  TEXT NOT NULL,
  CHECK (reason <> '' OR (overridden = 0 AND event <> 'reopen'))
) STRICT;
CREATE INDEX phase_event_by_unit ON phase_event (unit_id, phase_id, number);
-- Every write asks whether a phase is closed anywhere: its gate must go on holding.
CREATE INDEX phase_event_by_closing ON phase_event (unit_id) WHERE event = 'close';
CREATE INDEX phase_event_by_override ON phase_event (unit_id) WHERE overridden;

-- ───────────────────────────────────────────────── the registers ───────────────────────────────────────────────────
-- What a clerk keeps lists of. Each table is declared a second time, with its headings and words, in advedu/nouns/; commands,
-- imports and lists come from there. A record is called by its number. Where a record has several days, each has its own day of entry.

-- 一把手 and other posts, from a day to a day (R6, D43): the day to_on is the first without. NULL: from the beginning, or until now.
CREATE TABLE post (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  role       TEXT NOT NULL CHECK (role IN ('chief', 'deputy', 'other')),
  name       TEXT NOT NULL,
  title      TEXT,
  from_on    TEXT CHECK (from_on = date(from_on)),
  to_on      TEXT CHECK (to_on = date(to_on) AND (from_on IS NULL OR to_on > from_on)),
  entered_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX post_by_key ON post (unit_id, role, name, coalesce(from_on, ''));

-- 领导小组 (head, deputies, members) and 工作机构 (staff) of a unit (D8, D9).
CREATE TABLE body_member (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  role       TEXT NOT NULL CHECK (role IN ('head', 'deputy', 'member', 'staff')),
  name       TEXT NOT NULL,
  post       TEXT,
  from_on    TEXT CHECK (from_on = date(from_on)),
  to_on      TEXT CHECK (to_on = date(to_on) AND (from_on IS NULL OR to_on > from_on)),
  entered_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX body_member_by_key ON body_member (unit_id, role, name, coalesce(from_on, ''));

-- 外出: a chief away during the campaign (D12). The day to_on is the last one away.
CREATE TABLE chief_absence (
  number      INTEGER PRIMARY KEY,
  unit_id     INTEGER NOT NULL REFERENCES unit,
  name        TEXT NOT NULL,
  from_on     TEXT NOT NULL CHECK (from_on = date(from_on)),
  to_on       TEXT CHECK (to_on = date(to_on) AND to_on >= from_on),
  reason      TEXT,
  approved_by TEXT,
  entered_on  TEXT NOT NULL,
  UNIQUE (unit_id, name, from_on)
) STRICT;

-- 集中学习: sessions of a unit, who missed one, and how that was made good (D26, D27).
CREATE TABLE study_session (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  held_on    TEXT NOT NULL CHECK (held_on = date(held_on)),
  topic      TEXT NOT NULL,
  hours      REAL CHECK (hours > 0),
  entered_on TEXT NOT NULL,
  UNIQUE (unit_id, held_on, topic)
) STRICT;
CREATE TABLE study_absence (
  number             INTEGER PRIMARY KEY,
  session            INTEGER NOT NULL REFERENCES study_session,
  member_id          INTEGER NOT NULL REFERENCES member,
  reason             TEXT,
  made_up_on         TEXT CHECK (made_up_on = date(made_up_on)),
  mode               TEXT,                    -- how it was made good: 集中, 送学上门, 邮寄, 电话
  entered_on         TEXT NOT NULL,
  made_up_entered_on TEXT,
  UNIQUE (session, member_id)
) STRICT;
-- A member's study counts as done only when none of these is open.
CREATE INDEX study_absence_by_member ON study_absence (member_id);

-- 自选动作: a unit's own milestones (D7). Not counted among the required ones.
CREATE TABLE own_milestone (
  number          INTEGER PRIMARY KEY,
  unit_id         INTEGER NOT NULL REFERENCES unit,
  title           TEXT NOT NULL,
  planned_on      TEXT CHECK (planned_on = date(planned_on)),
  done_on         TEXT CHECK (done_on = date(done_on)),
  note            TEXT,
  entered_on      TEXT NOT NULL,
  done_entered_on TEXT,
  UNIQUE (unit_id, title)
) STRICT;

-- 突出问题 → 整改: problem, measure, owner, deadline, done, and two publications (R9, D29, D31, D32).
CREATE TABLE rectification (
  number                INTEGER PRIMARY KEY,
  unit_id               INTEGER NOT NULL REFERENCES unit,
  problem               TEXT NOT NULL,
  source                TEXT NOT NULL CHECK (source IN ('opinions', 'own', 'supervision', 'survey')),
  found_on              TEXT NOT NULL CHECK (found_on = date(found_on)),
  measure               TEXT,
  owner                 TEXT,
  deadline              TEXT CHECK (deadline = date(deadline)),
  measures_on           TEXT CHECK (measures_on = date(measures_on)),  -- 整改措施 published …
  measures_circle       TEXT,                                          -- … in this circle (在一定范围内)
  done_on               TEXT CHECK (done_on = date(done_on)),
  results_on            TEXT CHECK (results_on = date(results_on)),    -- 整改结果 published …
  results_circle        TEXT,
  dropped_on            TEXT CHECK (dropped_on = date(dropped_on)),    -- from this day on nothing more is owed …
  drop_reason           TEXT,                                          -- … because of this
  entered_on            TEXT NOT NULL,
  measures_entered_on   TEXT,
  done_entered_on       TEXT,
  results_entered_on    TEXT,
  UNIQUE (unit_id, problem),
  CHECK (dropped_on IS NULL OR drop_reason <> '')
) STRICT;

-- 征求意见: what the masses said, by channel and by whom it addresses (D28), as items or counts; merged into problems (D29).
CREATE TABLE opinion (
  number        INTEGER PRIMARY KEY,
  unit_id       INTEGER NOT NULL REFERENCES unit,
  received_on   TEXT NOT NULL CHECK (received_on = date(received_on)),
  channel       TEXT NOT NULL CHECK (channel IN ('forum', 'questionnaire', 'visit', 'talk', 'box', 'letter', 'telephone', 'online',
                                                 'other')),
  addressee     TEXT NOT NULL CHECK (addressee IN ('body', 'leader', 'unit', 'members', 'above')),
  text          TEXT NOT NULL DEFAULT '',
  count         INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),
  rectification INTEGER REFERENCES rectification,
  entered_on    TEXT NOT NULL,
  UNIQUE (unit_id, received_on, channel, addressee, text)
) STRICT;
CREATE INDEX opinion_by_rectification ON opinion (rectification);

-- 建章立制: rules adopted while rectifying and after (D33).
CREATE TABLE regulation (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  title      TEXT NOT NULL,
  adopted_on TEXT NOT NULL CHECK (adopted_on = date(adopted_on)),
  entered_on TEXT NOT NULL,
  UNIQUE (unit_id, title)
) STRICT;

-- 群众满意度测评: a sheet of a round; a round has one per method (R10, D39). What does not add up is not stored.
CREATE TABLE survey (
  number       INTEGER PRIMARY KEY,
  unit_id      INTEGER NOT NULL REFERENCES unit,
  round        INTEGER NOT NULL CHECK (round > 0),
  method       TEXT NOT NULL CHECK (method IN ('representatives', 'sample')),
  held_on      TEXT NOT NULL CHECK (held_on = date(held_on)),
  issued       INTEGER NOT NULL,
  returned     INTEGER NOT NULL CHECK (returned <= issued),
  valid        INTEGER NOT NULL CHECK (valid <= returned),
  satisfied    INTEGER NOT NULL CHECK (satisfied >= 0),
  fairly       INTEGER NOT NULL DEFAULT 0 CHECK (fairly >= 0),
  basically    INTEGER NOT NULL DEFAULT 0 CHECK (basically >= 0),
  dissatisfied INTEGER NOT NULL CHECK (dissatisfied >= 0),
  blank        INTEGER NOT NULL DEFAULT 0 CHECK (blank >= 0),
  classes      TEXT,                          -- respondents by class, “党员 40、群众 60”; they sum to those returned
  entered_on   TEXT NOT NULL,
  UNIQUE (unit_id, round, method),
  CHECK (satisfied + fairly + basically + dissatisfied + blank = valid)
) STRICT;

-- 补课: the remedial work after a failed round (D40).
CREATE TABLE remedial (
  number          INTEGER PRIMARY KEY,
  unit_id         INTEGER NOT NULL REFERENCES unit,
  round           INTEGER NOT NULL CHECK (round > 0),
  plan            TEXT,
  deadline        TEXT CHECK (deadline = date(deadline)),
  done_on         TEXT CHECK (done_on = date(done_on)),
  entered_on      TEXT NOT NULL,
  done_entered_on TEXT,
  UNIQUE (unit_id, round)
) STRICT;

-- 督导组 of the district, 巡回检查组 of towns and departments (R8, D35–D37), their cadres, and the units that they look after. A team
-- covers a unit and all below it, until one of those has a team of its own.
CREATE TABLE team (
  number     INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('supervision', 'inspection')),
  batch_id   INTEGER REFERENCES batch,
  sender_id  INTEGER REFERENCES unit,         -- an inspection team: the unit that sent it
  phone      TEXT,
  entered_on TEXT NOT NULL
) STRICT;
CREATE TABLE cadre (
  number     INTEGER PRIMARY KEY,
  team       INTEGER NOT NULL REFERENCES team,
  role       TEXT NOT NULL CHECK (role IN ('head', 'deputy', 'member')),
  name       TEXT NOT NULL,
  rank       TEXT,
  home       TEXT,                            -- where the cadre was drawn from
  phone      TEXT,
  from_on    TEXT CHECK (from_on = date(from_on)),
  to_on      TEXT CHECK (to_on = date(to_on) AND (from_on IS NULL OR to_on > from_on)), -- the first day without
  entered_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cadre_by_key ON cadre (team, name, coalesce(from_on, ''));
CREATE TABLE coverage (
  number     INTEGER PRIMARY KEY,
  team       INTEGER NOT NULL REFERENCES team,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  from_on    TEXT CHECK (from_on = date(from_on)),
  to_on      TEXT CHECK (to_on = date(to_on) AND (from_on IS NULL OR to_on > from_on)), -- the first day without
  entered_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX coverage_by_key ON coverage (unit_id, team, coalesce(from_on, ''));
-- 听、查、看: visits, and what was found and suggested, until somebody verified that it was done (D38).
CREATE TABLE visit (
  number     INTEGER PRIMARY KEY,
  team       INTEGER NOT NULL REFERENCES team,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  visited_on TEXT NOT NULL CHECK (visited_on = date(visited_on)),
  who        TEXT,
  how        TEXT,
  looked_at  TEXT,
  entered_on TEXT NOT NULL,
  UNIQUE (unit_id, visited_on, team)
) STRICT;
CREATE TABLE suggestion (
  number              INTEGER PRIMARY KEY,
  visit               INTEGER NOT NULL REFERENCES visit,
  kind                TEXT NOT NULL CHECK (kind IN ('finding', 'suggestion')),
  text                TEXT NOT NULL,
  owner               TEXT,
  deadline            TEXT CHECK (deadline = date(deadline)),
  done_on             TEXT CHECK (done_on = date(done_on)),
  verified_on         TEXT CHECK (verified_on = date(verified_on)),
  verified_by         TEXT,
  entered_on          TEXT NOT NULL,
  done_entered_on     TEXT,
  verified_entered_on TEXT,
  UNIQUE (visit, text)
) STRICT;

-- 联系点 of leaders (D11, R7), and their visits there.
CREATE TABLE contact_point (
  number     INTEGER PRIMARY KEY,
  member_id  INTEGER NOT NULL REFERENCES member,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  from_on    TEXT NOT NULL CHECK (from_on = date(from_on)),
  to_on      TEXT CHECK (to_on = date(to_on) AND to_on > from_on),
  entered_on TEXT NOT NULL,
  UNIQUE (member_id, unit_id, from_on)
) STRICT;
CREATE TABLE contact_visit (
  number        INTEGER PRIMARY KEY,
  contact_point INTEGER NOT NULL REFERENCES contact_point,
  visited_on    TEXT NOT NULL CHECK (visited_on = date(visited_on)),
  what          TEXT,
  entered_on    TEXT NOT NULL,
  UNIQUE (contact_point, visited_on)
) STRICT;
-- What a leader did of the personal items: as ticked, and the one that a registered contact point fulfils.
CREATE VIEW item_fulfilled AS
SELECT member_id, item_id, done_on, evidence FROM item_done
UNION ALL
SELECT c.member_id, i.id, c.from_on, NULL FROM contact_point c JOIN item i ON i.role = 'contact_point';

-- 简报、专报: a draft has no day and no number; numbers run without gaps per issuer, kind and year, and through (R12, D15).
CREATE TABLE bulletin (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,  -- who issues it
  kind       TEXT NOT NULL CHECK (kind IN ('bulletin', 'report')),
  title      TEXT NOT NULL,
  drafted_on TEXT NOT NULL CHECK (drafted_on = date(drafted_on)),
  issued_on  TEXT CHECK (issued_on = date(issued_on)),
  issue      INTEGER CHECK (issue > 0),         -- 第N期 of the year
  running    INTEGER CHECK (running > 0),       -- 总第N期
  sources    TEXT,                              -- codes of the units that it tells of
  entered_on TEXT NOT NULL,
  issued_entered_on TEXT,
  UNIQUE (unit_id, kind, title, drafted_on),
  CHECK ((issued_on IS NULL) = (issue IS NULL) AND (issued_on IS NULL) = (running IS NULL))
) STRICT;
CREATE UNIQUE INDEX bulletin_by_issue ON bulletin (unit_id, kind, substr(issued_on, 1, 4), issue) WHERE issue IS NOT NULL;
-- 典型: a unit or a person to learn from (D16).
CREATE TABLE model (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  member_id  INTEGER REFERENCES member,         -- NULL: the unit itself
  deeds      TEXT NOT NULL,
  found_on   TEXT NOT NULL CHECK (found_on = date(found_on)),
  bulletin   INTEGER REFERENCES bulletin,
  entered_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX model_by_key ON model (unit_id, coalesce(member_id, 0), deeds);
-- 宣传: what went out by newspaper, radio, book, internet, … (D14); as items or counts.
CREATE TABLE publicity (
  number       INTEGER PRIMARY KEY,
  unit_id      INTEGER NOT NULL REFERENCES unit,
  channel      TEXT NOT NULL CHECK (channel IN ('newspaper', 'radio', 'television', 'book', 'internet', 'board', 'other')),
  published_on TEXT NOT NULL CHECK (published_on = date(published_on)),
  title        TEXT NOT NULL DEFAULT '',
  count        INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),
  entered_on   TEXT NOT NULL,
  UNIQUE (unit_id, channel, published_on, title)
) STRICT;

-- 表彰: proposals and awards (D17). Proposing somebody unfinished needs an override, which stays.
CREATE TABLE commendation (
  number             INTEGER PRIMARY KEY,
  unit_id            INTEGER NOT NULL REFERENCES unit,
  member_id          INTEGER REFERENCES member, -- NULL: the unit itself
  honour             TEXT NOT NULL,
  proposed_on        TEXT NOT NULL CHECK (proposed_on = date(proposed_on)),
  awarded_on         TEXT CHECK (awarded_on = date(awarded_on)),
  overridden         INTEGER NOT NULL DEFAULT 0 CHECK (overridden IN (0, 1)),
  missing            TEXT,
  reason             TEXT,
  entered_on         TEXT NOT NULL,
  awarded_entered_on TEXT,
  CHECK (overridden = 0 OR reason <> '')
) STRICT;
CREATE UNIQUE INDEX commendation_by_key ON commendation (unit_id, coalesce(member_id, 0), honour);

-- 末位培训: remedial training of a person (D42).
CREATE TABLE training (
  number          INTEGER PRIMARY KEY,
  member_id       INTEGER NOT NULL REFERENCES member,
  reason          TEXT NOT NULL,
  from_on         TEXT NOT NULL CHECK (from_on = date(from_on)),
  to_on           TEXT CHECK (to_on = date(to_on) AND to_on >= from_on),
  done_on         TEXT CHECK (done_on = date(done_on)),
  entered_on      TEXT NOT NULL,
  done_entered_on TEXT,
  UNIQUE (member_id, from_on)
) STRICT;

-- 催办: what was said on the telephone, and when to ring again.
CREATE TABLE call (
  number     INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL REFERENCES unit,
  called_on  TEXT NOT NULL CHECK (called_on = date(called_on)),
  said       TEXT NOT NULL,
  again_on   TEXT CHECK (again_on = date(again_on)),
  who        TEXT,
  entered_on TEXT NOT NULL,
  UNIQUE (unit_id, called_on, said)
) STRICT;

-- The control totals of a day (D5): 782 and 14,972.
CREATE TABLE baseline (
  set_on     TEXT PRIMARY KEY CHECK (set_on = date(set_on)),
  units      INTEGER NOT NULL CHECK (units >= 0),
  members    INTEGER NOT NULL CHECK (members >= 0),
  entered_on TEXT NOT NULL
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
PRAGMA user_version = 2;
