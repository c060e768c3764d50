"""Every way in which a command can be refused: a message, what to do, and an exit code.

Messages are templates in English, the catalogue's key; the one place that prints (`output.messages`) translates
them, fills in the values and makes the values harmless for a terminal. Nothing here imports the rest of the program.
"""

from __future__ import annotations

from collections.abc import Mapping


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for "to be translated later")
    """Mark a text for the catalogues without translating it yet."""
    return text


class AdveduError(Exception):
    """Something that the user can understand and mend.

    Attributes:
        message: what is wrong, with `{name}` fields.
        hint: what to do about it, with the same fields; empty when the message says it already.
        otherwise: what to do when the hint has nothing to suggest.
        exit_code: 1, or 2 for a wrong call.
        example: values for the fields, used by the test that shows every message as a user sees it.
    """

    message = ""
    hint = ""
    otherwise = ""
    exit_code = 1
    example: Mapping[str, object] = {}

    def __init__(self, **values: object) -> None:
        super().__init__(self.message)
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class UsageFault(AdveduError):
    """A wrong call: exit code 2."""

    exit_code = 2


# ── the file ──


class FileMissing(AdveduError):
    message = N_("no such file: {path}")
    hint = N_("make one with `advedu init`, or name yours with --db FILE or ADVEDU_DB")
    example = {"path": "advedu.db"}


class FileIsFolder(AdveduError):
    message = N_("{path} is a folder, not a file")
    hint = N_("name the file in it with --db FILE or ADVEDU_DB")
    example = {"path": "资料"}


class BackupMissing(AdveduError):
    message = N_("no such backup: {path}")
    hint = N_("the copies that the program makes by itself lie in {folder}")
    example = {"path": "昨天.db", "folder": "advedu.db.backups"}


class FileExists(AdveduError):
    message = N_("{path} exists already and is left as it is")
    hint = N_("choose another name with --db FILE, or move the old file away")
    example = {"path": "advedu.db"}


class FolderExists(AdveduError):
    message = N_("{path} exists already and is left as it is")
    hint = N_("name a folder that is not there yet, or move the old one away")
    example = {"path": "演示表"}


class NotOurFile(AdveduError):
    message = N_("{path} is not an advedu file: {why}")
    hint = N_("check the path; advedu only opens files that it made")
    example = {"path": "notes.db", "why": "its application id is 0"}


class FileTooNew(AdveduError):
    message = N_("{path} was written by a newer advedu (file version {found}, this program knows {known})")
    hint = N_("install the newer program; this one would not understand everything in the file")
    example = {"path": "advedu.db", "found": 9, "known": 1}


class FileLocked(AdveduError):
    message = N_("{path} is being written by somebody else and stayed locked for {seconds} seconds")
    hint = N_("wait for the other program to finish and try again; nothing was changed")
    example = {"path": "advedu.db", "seconds": 30}


class FileUnusable(AdveduError):
    message = N_("{path} could not be used: {why}")
    hint = N_("nothing was changed; check the disk, the folder's rights and the path")
    example = {"path": "advedu.db", "why": "disk I/O error"}


class CannotWriteOutput(AdveduError):
    message = N_("cannot write {path}: {why}")
    hint = N_("nothing was left behind; check the folder, its rights and the free space")
    example = {"path": "status.csv", "why": "No such file or directory"}


class NoRoomInWorkbook(AdveduError):
    message = N_("a workbook has no room for cell {place} ({length} characters: {beginning}…)")
    hint = N_(
        "a cell holds 32,767 characters and a sheet 1,048,576 rows; shorten the text, or choose csv or a smaller unit"
    )
    example = {"place": "C7", "length": 40000, "beginning": "长长长长长长"}


class FileEmpty(AdveduError):
    message = N_("there are no units in this file yet")
    hint = N_("import them first: advedu import units FILE")


class OutputExists(AdveduError):
    message = N_("{path} exists already and is left as it is: somebody may have filled it in")
    hint = N_("name another file with --output FILE, or move the old one away")
    example = {"path": "members-330304.xlsx"}


class CampaignInvalid(AdveduError):
    message = N_("campaign definition {path}: {where}: {why}")
    hint = N_("mend the definition; `advedu campaign show` shows a working one")
    example = {"path": "mine.toml", "where": "milestones.M101", "why": "no such phase: studies"}


class NoCampaign(AdveduError):
    message = N_("there is no campaign in this file")
    hint = N_("`advedu init` makes a file with one; this one was not finished or was changed by another program")


class NoSuchCampaign(AdveduError):
    message = N_("no campaign definition called {name}")
    hint = N_("known: {known}; or give a .toml file")
    example = {"name": "advanced-2004", "known": "advanced-nature-2005"}


class CampaignDiffers(AdveduError):
    message = N_("{path} defines {wanted}, and this file holds the campaign {held}")
    hint = N_("a file holds one campaign: make another file with `advedu init --campaign`")
    example = {"path": "mine.toml", "wanted": "mass-line-2013", "held": "advanced-nature-2005"}


class VersionBack(AdveduError):
    message = N_("{path} is version {wanted} of the definition, and this file has version {held} already")
    hint = N_("`advedu campaign export` writes the one in the file: change that, and raise its version")
    example = {"path": "mine.toml", "wanted": 1, "held": 2}


class EntriesInUse(AdveduError):
    message = N_("{path} leaves out what records stand on: {entries}")
    hint = N_("put them back into the definition, what was done is never erased; to rename, keep the code")
    example = {"path": "mine.toml", "entries": "M101 成立领导小组和工作机构 (12)"}


# ── names ──


class NotFound(AdveduError):
    """A name that nothing in the file bears; `nearest` is a ready list of suggestions, possibly empty."""

    hint = N_("did you mean: {nearest}?")


class NoSuchUnit(NotFound):
    message = N_("no unit with the code or name {wanted}")
    otherwise = N_("`advedu find` looks for parts of a name, for pinyin and for initials")
    example = {"wanted": "景山街到", "nearest": "330304001 景山街道"}


class NoSuchMember(NotFound):
    message = N_("no member with the code, ID number or name {wanted}")
    otherwise = NoSuchUnit.otherwise
    example = {"wanted": "王晓明", "nearest": "P00012 王小明"}


class NobodyOfThatName(NotFound):
    message = N_("no unit and no member with the code or name {wanted}")
    otherwise = NoSuchUnit.otherwise
    example = {"wanted": "景山街到", "nearest": "330304001 景山街道"}


class NoSuchMilestone(NotFound):
    message = N_("no milestone with the code or name {wanted}")
    example = {"wanted": "M109", "nearest": "M103 召开动员部署大会"}


class NoSuchTask(NotFound):
    message = N_("no task with the code or name {wanted}")
    example = {"wanted": "T9", "nearest": "T1 集中学习"}


class NoSuchItem(NotFound):
    message = N_("no item with the code or name {wanted}")
    example = {"wanted": "N10", "nearest": "N1 听一次先进事迹汇报"}


class NoSuchBatch(NotFound):
    message = N_("no batch with the code or name {wanted}")
    example = {"wanted": "4", "nearest": "3 第三批"}


class NoSuchSector(NotFound):
    message = N_("no sector {wanted}")
    example = {"wanted": "schools", "nearest": "school 学校"}


class NoSuchPhase(NotFound):
    message = N_("no phase {wanted}")
    example = {"wanted": "studies", "nearest": "study 学习动员"}


class NoSuchRecord(AdveduError):
    message = N_("no {what} number {wanted}")
    hint = N_("`advedu {noun} list` shows the numbers")
    example = {"what": "opinion", "wanted": 12, "noun": "opinion"}


class RecordInUse(AdveduError):
    message = N_("{what} number {number} has {count} records of another kind standing on it: {others}")
    hint = N_("see `advedu {noun} list`; take those back first")
    example = {"what": "study session", "number": 3, "count": 2, "others": "missed session", "noun": "missed"}


class NotMissed(AdveduError):
    message = N_("{who} is not on record as having missed study session {number}")
    hint = N_("`advedu session show {number}` lists who missed it; `advedu session absent` puts somebody on record")
    example = {"who": "P00012 王小明", "number": 3}


class NotOfTheUnit(AdveduError):
    message = N_("{what} number {number} belongs to {unit}, and {other} number {into} to {there}")
    hint = N_("both must belong to the same unit")
    example = {
        "what": "opinion",
        "number": 3,
        "unit": "330304001 景山街道",
        "other": "rectification item",
        "into": 7,
        "there": "330304002 梧田街道",
    }


class NoSuchRound(AdveduError):
    message = N_("{unit} has no survey round {round}")
    hint = N_("`advedu survey result {code}` lists its rounds; `advedu survey add` puts a sheet on record")
    example = {"unit": "330304001 景山街道", "round": 2, "code": "330304001"}


class NoSuchRule(NotFound):
    message = N_("no rule with the code {wanted}")
    example = {"wanted": "survey_least", "nearest": "survey_least_percent"}


class NoSuchOperation(AdveduError):
    message = N_("no operation with the number {wanted}")
    hint = N_("`advedu log` lists the operations of this file")
    example = {"wanted": 99}


class AmbiguousUnit(AdveduError):
    message = N_("{wanted} names several units: {candidates}")
    hint = N_("name the one you mean by its code")
    example = {"wanted": "第一党支部", "candidates": "3303040010101 第一党支部, 3303040020101 第一党支部"}


class AmbiguousMember(AdveduError):
    message = N_("{wanted} names several members: {candidates}")
    hint = N_("name the one you mean by code or ID number, or narrow it down with --unit")
    example = {"wanted": "王小明", "candidates": "P00012 王小明 (区教育局), P00931 王小明 (景山社区)"}


# ── values ──


class BadValue(UsageFault):
    message = N_("{option}: {value} is not valid: {why}")
    example = {"option": "--kind", "value": "党小组", "why": "expected one of: branch 党支部"}


class BadDay(UsageFault):
    message = N_("{option}: {value} is no day of the calendar")
    hint = N_("write it like 2005-01-20 or 2005年1月20日")
    example = {"option": "--on", "value": "2005-02-30"}


class FutureDay(AdveduError):
    message = N_("{value} lies in the future (today is {today})")
    hint = N_("record it on the day it happens; a day in the future is never stored")
    example = {"value": "2005-04-01", "today": "2005-03-31"}


class MissingValue(UsageFault):
    message = N_("{option} is needed here")
    hint = N_("{why}")
    example = {"option": "--reason", "why": "an exemption carries its reason"}


class DoesNotFit(AdveduError):
    message = N_("{option}: {why}")
    hint = N_("nothing was written; correct the values")
    example = {"option": "--classes", "why": "classes sum to 12865, 9 short of 12874"}


class CodeTaken(AdveduError):
    message = N_("the code {code} already belongs to {name}")
    hint = N_("choose another code, or change the record with `edit`")
    example = {"code": "330304001", "name": "景山街道"}


class IdNumberTaken(AdveduError):
    message = N_("the ID number {id_number} already belongs to {code} {name}")
    hint = N_("two people never share a number: check which of the two is right")
    example = {"id_number": "330304********1234", "code": "P00012", "name": "王小明"}


# ── rules ──


class RootExists(AdveduError):
    message = N_("a file has one root, and it is {code} {name}")
    hint = N_("name the unit above with --parent")
    example = {"code": "330304", "name": "中共瓯海区委"}


class NotApplicable(AdveduError):
    message = N_("{milestone} does not apply to {unit} ({kind})")
    hint = N_("`advedu campaign show` lists what each milestone applies to")
    example = {"milestone": "M101", "unit": "330304001001 繁荣社区党支部", "kind": "党支部"}


class NotByDate(AdveduError):
    message = N_("{milestone} cannot be marked by a date")
    hint = N_("it is reached through a passed survey round alone")
    example = {"milestone": "M305"}


class UnitClosed(AdveduError):
    message = N_("{unit} was closed on {closed_on}; nothing can be recorded on it from that day on")
    hint = N_("use an earlier day, or the unit that took over")
    example = {"unit": "330304001001 繁荣社区党支部", "closed_on": "2005-03-01"}


class UnitNotOpen(AdveduError):
    message = N_("{unit} was opened on {opened_on}; nothing can be recorded on it before that day")
    hint = N_("use a later day, or correct its opening: advedu unit edit {code} --opened-on DATE")
    example = {"unit": "330304001001 繁荣社区党支部", "code": "330304001001", "opened_on": "2005-03-01"}


class UnpublishedItems(AdveduError):
    message = N_("{milestone} cannot be marked for {unit} on {day}: unpublished rectification items, number {numbers}")
    hint = N_("publish them with `advedu rectification publish NUMBER --results`, or drop them with a reason")
    example = {"milestone": "M303", "unit": "330304001 景山街道", "day": "2005-05-05", "numbers": "3, 7"}


class ChiefByPosts(AdveduError):
    message = N_("{unit} has dated posts, and its chief follows them")
    hint = N_("record who follows with `advedu post hand-over {code} NAME --on DATE`, or `advedu post edit`")
    example = {"unit": "330304001 景山街道", "code": "330304001"}


class NotAfterLastPost(AdveduError):
    message = N_("{unit}: {name} is on record as chief from {since}; a hand-over must be later than that")
    hint = N_("give a later day with --on, or correct the posts with `advedu post edit`")
    example = {"unit": "330304001 景山街道", "name": "钱进", "since": "2005-03-01"}


class MoveMakesCircle(AdveduError):
    message = N_("{unit} cannot move below {parent}: on {day} that unit stood below it")
    hint = N_("move the lower unit away first")
    example = {"unit": "330304001 景山街道", "parent": "330304001001 繁荣社区党支部", "day": "2005-03-01"}


class NotAfterLastMove(AdveduError):
    message = N_("{who} was already moved on {last}; a further move must be later than that")
    hint = N_("give a later day with --on")
    example = {"who": "P00012 王小明", "last": "2005-03-01"}


class AlreadyGone(AdveduError):
    message = N_("{who} left on {day}")
    hint = N_("use an earlier day")
    example = {"who": "P00012 王小明", "day": "2005-03-01"}


class NoPhases(AdveduError):
    message = N_("{unit} owes nothing and has no phases")
    hint = N_("name a unit that milestones apply to: a committee, a Party group, a work committee, a branch")
    example = {"unit": "D 区直机关"}


class PhaseState(AdveduError):
    message = N_("{unit}: {phase} is {state}")
    hint = N_("`advedu phase show UNIT` shows where its phases stand")
    example = {"unit": "330304001 景山街道党工委", "phase": "study 学习动员", "state": "closed"}


class PhaseOutOfOrder(AdveduError):
    message = N_("{unit}: {phase} cannot be opened: {missing}")
    hint = N_("close that one first, or give --override --reason TEXT, which stays on record")
    example = {"unit": "330304001 景山街道党工委", "phase": "analysis 分析评议", "missing": "study 学习动员"}


class PhaseHeld(AdveduError):
    message = N_("{phase} cannot be closed on {day}. {missing}")
    hint = N_("do what is missing, or give --override --reason TEXT, which stays on record")
    example = {
        "phase": "study 学习动员",
        "day": "2005-02-20",
        "missing": "330304001 景山街道党工委: M104 集中学习培训 is not reached",
    }


class NoSignerAbove(AdveduError):
    message = N_("no unit stands above {unit} that could sign off")
    hint = N_("its phases are closed without a sign-off")
    example = {"unit": "330304 中共瓯海区委"}


class BeforeLastEvent(AdveduError):
    message = N_("{unit}: {day} lies before {last}, when something happened to its phases last")
    hint = N_("give a day from then on with --on, or undo the later operation")
    example = {"unit": "330304001 景山街道党工委", "day": "2005-02-01", "last": "2005-02-20"}


class GateBroken(AdveduError):
    message = N_("{unit} closed {phase} on {day}, and this would take away what it was closed on: {missing}")
    hint = N_("reopen the phase first; whoever is new since then needs an arrival date (--arrived-on DATE)")
    example = {
        "unit": "330304001 景山街道党工委",
        "phase": "study 学习动员",
        "day": "2005-02-20",
        "missing": "M104 集中学习培训 is not reached",
    }


class NotYetArrived(AdveduError):
    message = N_("{who} arrived on {day} and was nobody's member before")
    hint = N_("use a later day, or correct the arrival: advedu member edit {code} --arrived-on DATE")
    example = {"who": "P00012 王小明", "code": "P00012", "day": "2005-03-01"}


class StillHere(AdveduError):
    message = N_("{who} has not left, and belongs to {unit}")
    hint = N_("to let a member belong to another unit: advedu member transfer {code} UNIT")
    example = {"who": "P00012 王小明", "code": "P00012", "unit": "330304001 景山街道党委"}


class FirstDayTooLate(AdveduError):
    message = N_("{who} cannot begin on {day}: {why}")
    hint = N_("use an earlier day, or correct what is dated before it")
    example = {"who": "P00012 王小明", "day": "2005-03-01", "why": "it left on 2005-02-01"}


class NotALeader(AdveduError):
    message = N_("{who} is no leader, so the nine ones are not owed")
    hint = N_("if that is wrong: advedu member edit {code} --leader")
    example = {"who": "P00012 王小明", "code": "P00012"}


class UnitInUse(AdveduError):
    message = N_("{unit} cannot be closed on {day}: {why}")
    hint = N_("close it on a later day, or unmark what is dated after it")
    example = {"unit": "330304001001 繁荣社区党支部", "day": "2005-03-01", "why": "M201 is dated 2005-03-10"}


class MergedIntoItself(AdveduError):
    message = N_("{unit} cannot be merged into itself")
    hint = N_("after --into stands the unit that takes over; leave it out of the others")
    example = {"unit": "330304001 景山街道党委"}


class NotAMember(AdveduError):
    message = N_("{who} does not belong to {unit} but to {home}")
    hint = N_("name members of the unit itself, or transfer the member first")
    example = {"who": "P00012 王小明", "unit": "330304001 景山街道党委", "home": "330304002 梧田街道党委"}


class NothingToDo(AdveduError):
    message = N_("nothing to change was given")
    hint = N_("name at least one option with a new value")


class ChangedMeanwhile(AdveduError):
    message = N_("{who}, {entry}: somebody else has changed it meanwhile; it stands at {now}")
    hint = N_("nothing was written; look at it again")
    example = {"who": "330304001 景山街道", "entry": "M103 召开动员部署大会", "now": "2005-01-20"}


class NeedsTerminal(AdveduError):
    message = N_("this screen needs a terminal and a keyboard")
    hint = N_("in a pipe or a script: `advedu milestone mark`, `advedu task mark`, `advedu nine tick`")


class ExtraMissing(AdveduError):
    message = N_("{package} is not installed, and this screen needs it")
    hint = N_("install it with pip: advedu[{extra}]")
    example = {"package": "textual", "extra": "tui"}


# ── reading files for import ──


class CannotRead(AdveduError):
    message = N_("cannot read {path}: {why}")
    hint = N_("check the path; csv, tsv, xlsx, xls and ods files can be imported, or - for standard input")
    example = {"path": "名册.xlsx", "why": "No such file or directory"}


class NothingToImport(AdveduError):
    message = N_("{path}: there is nothing in it that could be imported")
    hint = N_("csv, tsv, xlsx, xls and ods files can be imported")
    example = {"path": "上报"}


class NoSuchColumn(AdveduError):
    message = N_("files of {kind} have no column {wanted}")
    hint = N_("their columns: {known}")
    example = {"kind": "members", "wanted": "telephone", "known": "code, name, unit, phone"}


class NoSuchSheet(AdveduError):
    message = N_("{path} has no sheet called {wanted}")
    hint = N_("its sheets: {known}")
    example = {"path": "名册.xlsx", "wanted": "党员", "known": "名册, 说明"}


class KindUnclear(AdveduError):
    message = N_("{path}: cannot tell what is in this file from its header")
    hint = N_("say it: advedu import KIND FILE; `advedu import --help` lists the kinds")
    example = {"path": "名册.xlsx"}


class AlreadyImported(AdveduError):
    message = N_("{path} was imported already, as operation {number}")
    hint = N_("to import it again all the same, name it: advedu import KIND FILE")
    example = {"path": "名册.xlsx", "number": 12}


class FolderWatched(AdveduError):
    message = N_("{path} is being watched by another advedu already")
    hint = N_("stop that one first; two of them would take each other's files")
    example = {"path": "inbox"}


# ── help ──


class NoSuchTopic(AdveduError):
    message = N_("there is no help about {wanted}")
    hint = N_("there is about: {known}")
    example = {"wanted": "moon", "known": "first-day, dates, files"}


# ── history and copies ──


class BackupDamaged(AdveduError):
    message = N_("the copy {path} is not sound: {why}")
    hint = N_("nothing was replaced; run `advedu verify` on the file, and keep your older backups")
    example = {"path": "backup.db", "why": "row 7 missing from index unit_by_parent"}


class SchemaChanged(AdveduError):
    message = N_("the tables of {path} were changed by another program")
    hint = N_("`advedu verify` names what differs; `advedu restore BACKUP` brings a sound file back")
    example = {"path": "advedu.db"}


class CannotUndo(AdveduError):
    message = N_("operation {number} cannot be undone: {why}")
    hint = N_("undo the later operations first, or correct the records by hand; `advedu log --operation N` shows each")
    example = {"number": 12, "why": "operation 14 changed unit 330304001 景山街道 since"}


class NotRestorable(AdveduError):
    message = N_("{path} cannot be restored: {why}")
    hint = N_("the file in use was not touched; choose another backup")
    example = {"path": "backup.db", "why": "verify found 3 faults"}


class LockHeld(FileLocked):
    message = N_("{path} is being written by {who} since {since} and stayed locked for {seconds} seconds")
    example = {"path": "advedu.db", "who": "张三@办公室-2 (import)", "since": "09:12:31", "seconds": 30}
