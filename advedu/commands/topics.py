"""What `advedu help TOPIC` says beside the help of commands: short pages, whose commands a test runs in order.

A page is a sequence of blocks: paragraphs, files that the commands after them read, commands with the exit code that
they leave with. Texts are translated when they are shown; commands are the same in both languages.
"""

from collections.abc import Callable
from typing import NamedTuple

from advedu.i18n import N_, _, current


class ExampleCommand(NamedTuple):
    """A command as it is typed, and the exit code that it leaves with."""

    words: str
    exit_code: int = 0


class ExampleFile(NamedTuple):
    """A file that the commands below read: its name, and its content in both languages or in one for both."""

    name: str
    content: str | dict[str, str]

    def spoken(self) -> str:
        """Return the content in the user's language."""
        return self.content if isinstance(self.content, str) else self.content[current()]


class Topic(NamedTuple):
    """One page. `demo` says whether its commands are for the demonstration district in demo.db."""

    title: str
    blocks: tuple[str | ExampleCommand | ExampleFile | Callable[[], list[str]], ...]
    demo: bool = True


def _columns() -> list[str]:
    """Return the columns of every kind of file, the required ones with an asterisk."""
    from advedu.importing.run import KINDS

    lines = []
    for name, kind in KINDS.items():
        shown = [f"{column.name}{'*' if column.is_needed else ''} {column.headings[0]}" for column in kind.columns]
        lines.append(f"{name}: {', '.join(shown)}")
    return lines


_UNITS = {
    "en": """\
code,name,parent,kind,batch
SL,Shili District,,district,
SL01,Education Office Committee,SL,committee,1
SL0101,First Branch,SL01,branch,""",
    "zh": """\
编码,名称,上级编码,类型,批次
SL,十里区委,,区委,
SL01,教育局党委,SL,党委,第一批
SL0101,第一党支部,SL01,党支部,""",
}
_MEMBERS = {
    "en": """\
name,unit,leader
Wang Min,SL01,yes
Li Xiuying,SL0101,no""",
    "zh": """\
姓名,所在党组织,领导干部
王敏,SL01,是
李秀英,SL0101,否""",
}
_DEMO = N_("The commands below are for the demonstration district, which `advedu demo --output demo.db` makes.")

TOPICS: dict[str, Topic] = {
    "first-day": Topic(
        N_("The first day: from nothing to the first report"),
        (
            N_("Choose a campaign among those that ship, and make a file with it. Everything is in this one file."),
            ExampleCommand("advedu campaign list"),
            ExampleCommand("advedu init --campaign advanced-nature-2005"),
            N_("Write the units into a table, or take the one you have: headings are understood in any order."),
            ExampleFile("units.csv", _UNITS),
            N_("See first what would happen, then import."),
            ExampleCommand("advedu import units units.csv --dry-run"),
            ExampleCommand("advedu import units units.csv"),
            N_("The same with the members; whoever has no code is given one."),
            ExampleFile("members.csv", _MEMBERS),
            ExampleCommand("advedu import members members.csv"),
            N_("Record what was done, and look who is late."),
            ExampleCommand("advedu milestone mark SL01 M101 --on 2005-01-10"),
            ExampleCommand("advedu status"),
            ExampleCommand("advedu overdue"),
            N_("A slip is taken back. At the end of the day a copy goes to another disk."),
            ExampleCommand("advedu undo"),
            ExampleCommand("advedu backup copy.db"),
        ),
        demo=False,
    ),
    "dates": Topic(
        N_("Dates: how they are written, and which day is today"),
        (
            N_(
                "A day may be written 2005-01-20, 2005.1.20, 2005/1/20, 20050120, 2005年1月20日 or"
                " 二〇〇五年一月二十日. Out it comes as 2005-01-20."
            ),
            N_(
                "Where a month is enough (born on, joined the Party on), 1985-03 or 1985年3月 will do. In a spreadsheet"
                " a number such as 1985.1 is refused: it may be January or October."
            ),
            N_(
                "Something that was done carries the day on which it was done (--on); without it that is today. A day"
                " in the future is refused."
            ),
            N_(
                "Figures are as of a day, that day included: today, or --as-of DATE. A file may pin its own day, which"
                " is then today for everything; the demonstration district does."
            ),
            _DEMO,
            ExampleCommand("advedu --db demo.db status --as-of 2005-03-01"),
            ExampleCommand("advedu --db demo.db overdue 330304001 --as-of 二〇〇五年八月三十一日"),
            ExampleCommand("advedu --db demo.db pin 2005-04-01"),
            ExampleCommand("advedu --db demo.db pin --off"),
        ),
    ),
    "files": Topic(
        N_("Files: what can be imported, and what an import does"),
        (
            N_(
                "csv, tsv and xlsx files are read; the content decides, not the ending, and a csv file may be in UTF-8,"
                " GB18030 or UTF-16. Titles above the header, blank rows and totals are left out."
            ),
            N_(
                "An import is all or nothing: with one error nothing is written, and every error is listed with file,"
                " row and column. --partial writes the good rows."
            ),
            N_(
                "A record that is known is updated, a new one added; a record that the file does not mention stays. A"
                " missing column and an empty cell change nothing; <clear> in a cell clears. The same file again"
                " changes nothing."
            ),
            N_("Nobody is moved silently: another unit or parent is an error, unless --moves-on DATE makes it a move."),
            N_("The columns, those with an asterisk required; English and Chinese headings are understood:"),
            _columns,
            _DEMO,
            ExampleFile("milestones.csv", "unit,milestone,done_on\n330304001002,M103,2005-03-01\n"),
            ExampleCommand("advedu --db demo.db import milestones milestones.csv --dry-run"),
            ExampleCommand("advedu --db demo.db import auto milestones.csv"),
            ExampleCommand("advedu --db demo.db unit list --output units.csv"),
        ),
    ),
    "figures": Topic(
        N_("Figures: what each of them counts"),
        (
            N_(
                "Expected are the required milestones that apply to a unit's kind and sector, less exemptions. They"
                " follow from the definition, so a unit that reported nothing counts in full."
            ),
            N_(
                "Due is what has its due day on or before the as-of day. Overdue is what is not done and was due before"
                " that day; on the due day itself nothing is late. On time is what was done on its due day or before."
            ),
            N_(
                "A unit's first day is its own, else the first day of its batch, else that of the nearest unit above"
                " with a batch. The due day is the first day plus the definition's number of days."
            ),
            N_(
                "Members covered are those with every due task done, out of those with a task due. Leaders are complete"
                " with every counted item done."
            ),
            N_(
                "A unit's figures hold everything below it and itself; the rows of a report add up to its total. No"
                " percentage is rounded up to 100 %."
            ),
            _DEMO,
            ExampleCommand("advedu --db demo.db status 330304001"),
            ExampleCommand("advedu --db demo.db status --by sector"),
            ExampleCommand("advedu --db demo.db overdue --format csv"),
            ExampleCommand("advedu --db demo.db nine status 330304001"),
        ),
    ),
    "campaigns": Topic(
        N_("Campaigns: the definition is data and can be changed"),
        (
            N_(
                "A file is made with one of the definitions that ship, or with your own. It holds batches, phases,"
                " milestones, tasks, items, rules, sectors, categories and ranks."
            ),
            ExampleCommand("advedu campaign list"),
            ExampleCommand("advedu --db new.db init --campaign mass-line-2013"),
            N_("To change it, write it out, edit it, raise its version, see what would change, and apply it."),
            _DEMO,
            ExampleCommand("advedu --db demo.db campaign export --output mine.toml"),
            ExampleCommand("advedu --db demo.db campaign apply mine.toml --dry-run"),
            ExampleCommand("advedu --db demo.db campaign apply mine.toml"),
            N_(
                "Codes tell the entries; a changed name is the same entry. What records stand on cannot be left out."
                " New entries stand behind the old ones, wherever they are in the file. It is one operation, and"
                " `advedu undo` takes it back."
            ),
        ),
    ),
    "exit-codes": Topic(
        N_("Exit codes: what a script can rely on"),
        (
            N_("0: done."),
            N_("1: it could not be done; one line says why and what to do."),
            N_("2: wrong usage, such as an option that does not exist or a date that is none."),
            N_("3: an import had rejections: nothing was written, or with --partial the good records."),
            N_("4: it ran, and found something: `verify` with any finding, `overdue --check` with anything overdue."),
            N_("130: interrupted; nothing was written."),
            N_("The answer goes to standard output; messages and warnings go to standard error."),
            _DEMO,
            ExampleCommand("advedu --db demo.db verify"),
            ExampleCommand("advedu --db no-such-file.db status", 1),
            ExampleCommand("advedu --db demo.db status --as-of soon", 2),
            ExampleFile("bad.csv", "unit,milestone,done_on\n330304001002,M999,2005-03-01\n"),
            ExampleCommand("advedu --db demo.db import milestones bad.csv", 3),
            ExampleCommand("advedu --db demo.db overdue --check", 4),
        ),
    ),
    "privacy": Topic(
        N_("Privacy: what the file holds, and who sees it"),
        (
            N_(
                "The file holds names, ID numbers and telephones of Party members. It records that something was done"
                " and when, never what somebody confessed, was criticised for, or how anybody voted."
            ),
            N_(
                "ID numbers and members' telephones are masked on screen, in files and in messages. --reveal shows them"
                " whole and is itself recorded in the history. A unit's own telephone is shown: somebody has to ring."
            ),
            N_(
                "The program needs no network and sends nothing anywhere. On Linux the file, its copies and what is"
                " written with --output can be read by their owner alone; on Windows the folder's rights decide."
            ),
            N_(
                "The history keeps old values, also of what was taken back. Whoever may have a backup may see"
                " everything in it: keep copies as you keep the file."
            ),
            _DEMO,
            ExampleCommand("advedu --db demo.db member show P05822"),
            ExampleCommand("advedu --db demo.db member show P05822 --reveal"),
            ExampleCommand("advedu --db demo.db log --operation 2"),
        ),
    ),
}
# Other names under which a page is found.
ALIASES = {"imports": "files", "import-files": "files", "exit": "exit-codes", "definitions": "campaigns"}


def blocks(topic: Topic) -> list[tuple[str, list[str]]]:
    """Return a page's blocks in the user's language: ("text", "command", "file" or "list", its lines)."""
    found: list[tuple[str, list[str]]] = []
    for block in topic.blocks:
        if isinstance(block, str):
            found.append(("text", [_(block)]))
        elif isinstance(block, ExampleCommand):
            found.append(("command", [block.words]))
        elif isinstance(block, ExampleFile):
            found.append(("file", [f"{block.name}:", *block.spoken().splitlines()]))
        else:
            found.append(("list", block()))
    return found
