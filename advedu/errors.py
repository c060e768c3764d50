"""Every way in which a command can be refused: a message, what to do, and an exit code.

Messages are templates in English, the catalogue's key; the one place that prints (`output.messages`) translates
them, fills in the values and makes the values harmless for a terminal. Nothing here imports the rest of the program.
"""

from __future__ import annotations


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
    """

    message = ""
    hint = ""
    otherwise = ""
    exit_code = 1

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


class FileIsFolder(AdveduError):
    message = N_("{path} is a folder, not a file")
    hint = N_("name the file in it with --db FILE or ADVEDU_DB")


class BackupMissing(AdveduError):
    message = N_("no such backup: {path}")
    hint = N_("the copies that the program makes by itself lie in {folder}")


class FileExists(AdveduError):
    message = N_("{path} exists already and is left as it is")
    hint = N_("choose another name with --db FILE, or move the old file away")


class FolderExists(AdveduError):
    message = N_("{path} exists already and is left as it is")
    hint = N_("name a folder that is not there yet, or move the old one away")


class NotOurFile(AdveduError):
    message = N_("{path} is not an advedu file: {why}")
    hint = N_("check the path; advedu only opens files that it made")


class FileTooNew(AdveduError):
    message = N_("{path} was written by a newer advedu (file version {found}, this program knows {known})")
    hint = N_("install the newer program; this one would not understand everything in the file")


class FileLocked(AdveduError):
    message = N_("{path} is being written by somebody else and stayed locked for {seconds} seconds")
    hint = N_("wait for the other program to finish and try again; nothing was changed")


class FileUnusable(AdveduError):
    message = N_("{path} could not be used: {why}")
    hint = N_("nothing was changed; check the disk, the folder's rights and the path")


class CannotWriteOutput(AdveduError):
    message = N_("cannot write {path}: {why}")
    hint = N_("nothing was left behind; check the folder, its rights and the free space")


class NoRoomInWorkbook(AdveduError):
    message = N_("a workbook has no room for cell {place} ({length} characters: {beginning}…)")
    hint = N_(
        "a cell holds 32,767 characters and a sheet 1,048,576 rows; shorten the text, or choose csv or a smaller unit"
    )


class FileEmpty(AdveduError):
    message = N_("there are no units in this file yet")
    hint = N_("import them with `advedu import units FILE`, or add the root with `advedu unit add`")


class OutputExists(AdveduError):
    message = N_("{path} exists already and is left as it is: somebody may have filled it in")
    hint = N_("name another file with --output FILE, or move the old one away")


class CampaignInvalid(AdveduError):
    message = N_("campaign definition {path}: {where}: {why}")
    hint = N_("mend the definition; `advedu campaign show` shows a working one")


class NoCampaign(AdveduError):
    message = N_("there is no campaign in this file")
    hint = N_("`advedu init` makes a file with one; this one was not finished or was changed by another program")


class NoSuchCampaign(AdveduError):
    message = N_("no campaign definition called {name}")
    hint = N_("known: {known}; or give a .toml file")


class CampaignDiffers(AdveduError):
    message = N_("{path} defines {wanted}, and this file holds the campaign {held}")
    hint = N_("a file holds one campaign: make another file with `advedu init --campaign`")


class VersionBack(AdveduError):
    message = N_("{path} is version {wanted} of the definition, and this file has version {held} already")
    hint = N_("`advedu campaign export` writes the one in the file: change that, and raise its version")


class EntriesInUse(AdveduError):
    message = N_("{path} leaves out what records stand on: {entries}")
    hint = N_("put them back into the definition, what was done is never erased; to rename, keep the code")


# ── names ──


class NotFound(AdveduError):
    """A name that nothing in the file bears; `nearest` is a ready list of suggestions, possibly empty."""

    hint = N_("did you mean: {nearest}?")


class NoSuchUnit(NotFound):
    message = N_("no unit with the code or name {wanted}")
    otherwise = N_("`advedu find` looks for parts of a name, for pinyin and for initials")


class NoSuchMember(NotFound):
    message = N_("no member with the code, ID number or name {wanted}")
    otherwise = NoSuchUnit.otherwise


class NobodyOfThatName(NotFound):
    message = N_("no unit and no member with the code or name {wanted}")
    otherwise = NoSuchUnit.otherwise


class NoSuchMilestone(NotFound):
    message = N_("no milestone with the code or name {wanted}")


class NoSuchTask(NotFound):
    message = N_("no task with the code or name {wanted}")


class NoSuchItem(NotFound):
    message = N_("no item with the code or name {wanted}")


class NoSuchBatch(NotFound):
    message = N_("no batch with the code or name {wanted}")


class NoSuchSector(NotFound):
    message = N_("no sector {wanted}")


class NoSuchPhase(NotFound):
    message = N_("no phase {wanted}")


class NoSuchRecord(AdveduError):
    message = N_("no {what} number {wanted}")
    hint = N_("`advedu {noun} list` shows the numbers")


class RecordInUse(AdveduError):
    message = N_("{what} number {number} has {count} records of another kind standing on it: {others}")
    hint = N_("see `advedu {noun} list`; take those back first")


class NotMissed(AdveduError):
    message = N_("{who} is not on record as having missed study session {number}")
    hint = N_("`advedu session show {number}` lists who missed it; `advedu session absent` puts somebody on record")


class NotOfTheUnit(AdveduError):
    message = N_("{what} number {number} belongs to {unit}, and {other} number {into} to {there}")
    hint = N_("both must belong to the same unit")


class NoSuchRound(AdveduError):
    message = N_("{unit} has no survey round {round}")
    hint = N_("`advedu survey result {code}` lists its rounds; `advedu survey add` puts a sheet on record")


class NoSuchRule(NotFound):
    message = N_("no rule with the code {wanted}")


class NoSuchOperation(AdveduError):
    message = N_("no operation with the number {wanted}")
    hint = N_("`advedu log` lists the operations of this file")


class AmbiguousUnit(AdveduError):
    message = N_("{wanted} names several units: {candidates}")
    hint = N_("name the one you mean by its code")


class AmbiguousMember(AdveduError):
    message = N_("{wanted} names several members: {candidates}")
    hint = N_("name the one you mean by code or ID number, or narrow it down with --unit")


# ── values ──


class BadValue(UsageFault):
    message = N_("{option}: {value} is not valid: {why}")


class BadDay(UsageFault):
    message = N_("{option}: {value} is no day of the calendar")
    hint = N_("write it like 2005-01-20 or 2005年1月20日")


class FutureDay(AdveduError):
    message = N_("{value} lies in the future (today is {today})")
    hint = N_("record it on the day it happens; a day in the future is never stored")


class MissingValue(UsageFault):
    message = N_("{option} is needed here")
    hint = N_("{why}")


class DoesNotFit(AdveduError):
    message = N_("{option}: {why}")
    hint = N_("nothing was written; correct the values")


class CodeTaken(AdveduError):
    message = N_("the code {code} already belongs to {name}")
    hint = N_("choose another code, or change the record with `edit`")


class IdNumberTaken(AdveduError):
    message = N_("the ID number {id_number} already belongs to {code} {name}")
    hint = N_("two people never share a number: check which of the two is right")


# ── rules ──


class RootExists(AdveduError):
    message = N_("a file has one root, and it is {code} {name}")
    hint = N_("name the unit above with --parent")


class NotApplicable(AdveduError):
    message = N_("{milestone} does not apply to {unit} ({kind})")
    hint = N_("`advedu campaign show` lists what each milestone applies to")


class NotByDate(AdveduError):
    message = N_("{milestone} cannot be marked by a date")
    hint = N_("it is reached through a passed survey round alone")


class UnitClosed(AdveduError):
    message = N_("{unit} was closed on {closed_on}; nothing can be recorded on it from that day on")
    hint = N_("use an earlier day, or the unit that took over")


class UnitNotOpen(AdveduError):
    message = N_("{unit} was opened on {opened_on}; nothing can be recorded on it before that day")
    hint = N_("use a later day, or correct its opening: advedu unit edit {code} --opened-on DATE")


class UnpublishedItems(AdveduError):
    message = N_("{milestone} cannot be marked for {unit} on {day}: unpublished rectification items, number {numbers}")
    hint = N_("publish them with `advedu rectification publish NUMBER --results`, or drop them with a reason")


class ChiefByPosts(AdveduError):
    message = N_("{unit} has dated posts, and its chief follows them")
    hint = N_("record who follows with `advedu post hand-over {code} NAME --on DATE`, or `advedu post edit`")


class NotAfterLastPost(AdveduError):
    message = N_("{unit}: {name} is on record as chief from {since}; a hand-over must be later than that")
    hint = N_("give a later day with --on, or correct the posts with `advedu post edit`")


class MoveMakesCircle(AdveduError):
    message = N_("{unit} cannot move below {parent}: on {day} that unit stood below it")
    hint = N_("move the lower unit away first")


class NotAfterLastMove(AdveduError):
    message = N_("{who} was already moved on {last}; a further move must be later than that")
    hint = N_("give a later day with --on")


class AlreadyGone(AdveduError):
    message = N_("{who} left on {day}")
    hint = N_("use an earlier day")


class NoPhases(AdveduError):
    message = N_("{unit} owes nothing and has no phases")
    hint = N_("name a unit that milestones apply to: a committee, a Party group, a work committee, a branch")


class PhaseState(AdveduError):
    message = N_("{unit}: {phase} is {state}")
    hint = N_("`advedu phase show UNIT` shows where its phases stand")


class PhaseOutOfOrder(AdveduError):
    message = N_("{unit}: {phase} cannot be opened: {missing}")
    hint = N_("close that one first, or give --override --reason TEXT, which stays on record")


class PhaseHeld(AdveduError):
    message = N_("{phase} cannot be closed on {day}. {missing}")
    hint = N_("do what is missing, or give --override --reason TEXT, which stays on record")


class NoSignerAbove(AdveduError):
    message = N_("no unit stands above {unit} that could sign off")
    hint = N_("its phases are closed without a sign-off")


class BeforeLastEvent(AdveduError):
    message = N_("{unit}: {day} lies before {last}, when something happened to its phases last")
    hint = N_("give a day from then on with --on, or undo the later operation")


class GateBroken(AdveduError):
    message = N_("{unit} closed {phase} on {day}, and this would take away what it was closed on: {missing}")
    hint = N_("reopen the phase first; whoever is new since then needs an arrival date (--arrived-on DATE)")


class NotYetArrived(AdveduError):
    message = N_("{who} arrived on {day} and was nobody's member before")
    hint = N_("use a later day, or correct the arrival: advedu member edit {code} --arrived-on DATE")


class StillHere(AdveduError):
    message = N_("{who} has not left, and belongs to {unit}")
    hint = N_("to let a member belong to another unit: advedu member transfer {code} UNIT")


class FirstDayTooLate(AdveduError):
    message = N_("{who} cannot begin on {day}: {why}")
    hint = N_("use an earlier day, or correct what is dated before it")


class NotALeader(AdveduError):
    message = N_("{who} is no leader, so the nine ones are not owed")
    hint = N_("if that is wrong: advedu member edit {code} --leader")


class UnitInUse(AdveduError):
    message = N_("{unit} cannot be closed on {day}: {why}")
    hint = N_("close it on a later day, or unmark what is dated after it")


class MergedIntoItself(AdveduError):
    message = N_("{unit} cannot be merged into itself")
    hint = N_("after --into stands the unit that takes over; leave it out of the others")


class NotAMember(AdveduError):
    message = N_("{who} does not belong to {unit} but to {home}")
    hint = N_("name members of the unit itself, or transfer the member first")


class NothingToDo(AdveduError):
    message = N_("nothing to change was given")
    hint = N_("name at least one option with a new value")


class ChangedMeanwhile(AdveduError):
    message = N_("{who}, {entry}: somebody else has changed it meanwhile; it stands at {now}")
    hint = N_("nothing was written; look at it again")


class NeedsTerminal(AdveduError):
    message = N_("this screen needs a terminal and a keyboard")
    hint = N_("in a pipe or a script: `advedu milestone mark`, `advedu task mark`, `advedu nine tick`")


class ExtraMissing(AdveduError):
    message = N_("{package} is not installed, and this screen needs it")
    hint = N_("install it with pip: advedu[{extra}]")


# ── reading files for import ──


class CannotRead(AdveduError):
    message = N_("cannot read {path}: {why}")
    hint = N_("check the path; csv, tsv, xlsx, xls and ods files can be imported, or - for standard input")


class NothingToImport(AdveduError):
    message = N_("{path}: there is nothing in it that could be imported")
    hint = N_("csv, tsv, xlsx, xls and ods files can be imported")


class NoSuchColumn(AdveduError):
    message = N_("files of {kind} have no column {wanted}")
    hint = N_("their columns: {known}")


class NoSuchSheet(AdveduError):
    message = N_("{path} has no sheet called {wanted}")
    hint = N_("its sheets: {known}")


class KindUnclear(AdveduError):
    message = N_("{path}: cannot tell what is in this file from its header")
    hint = N_("say it: advedu import KIND FILE; `advedu import --help` lists the kinds")


class AlreadyImported(AdveduError):
    message = N_("{path} was imported already, as operation {number}")
    hint = N_("to import it again all the same, name it: advedu import KIND FILE")


class FolderWatched(AdveduError):
    message = N_("{path} is being watched by another advedu already")
    hint = N_("stop that one first; two of them would take each other's files")


# ── help ──


class NoSuchTopic(AdveduError):
    message = N_("there is no help about {wanted}")
    hint = N_("there is about: {known}")


# ── history and copies ──


class BackupDamaged(AdveduError):
    message = N_("the copy {path} is not sound: {why}")
    hint = N_("nothing was replaced; run `advedu verify` on the file, and keep your older backups")


class SchemaChanged(AdveduError):
    message = N_("the tables of {path} were changed by another program")
    hint = N_("`advedu verify` names what differs; `advedu restore BACKUP` brings a sound file back")


class CannotUndo(AdveduError):
    message = N_("operation {number} cannot be undone: {why}")
    hint = N_("undo the later operations first, or correct the records by hand; `advedu log --operation N` shows each")


class NotRestorable(AdveduError):
    message = N_("{path} cannot be restored: {why}")
    hint = N_("the file in use was not touched; choose another backup")


class LockHeld(FileLocked):
    message = N_("{path} is being written by {who} since {since} and stayed locked for {seconds} seconds")
