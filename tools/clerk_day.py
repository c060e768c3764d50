"""Record a clerk's day on the full district: real keys in a real terminal, what stood there, and how long it took.

    python tools/clerk_day.py            record the day anew and write docs/clerk-day.md

Needed are tmux, bash and less. The program is installed from a wheel into an environment of its own, as a clerk has it
(an editable install starts twice as slowly). The steps stand in `clerk_day.toml`; who changes them records anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.terminal import TMUX, Terminal, terminal

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "clerk-day.md"
PLAN = Path(__file__).with_suffix(".toml")
COLUMNS, LINES = 100, 30
# So many lines of a screen are shown; the middle of a longer one is left out.
MOST = 24
CLERK = "李敏"
_HUNDREDTH = 0.01
# From one key of a step to the next.
PAUSE_SECONDS = 0.5
# What stands at the end of the last line when a call is through, unless the step says otherwise.
PROMPT = "$"


class Step(NamedTuple):
    """What the clerk wants, and the keys: a text is typed, <Name> is a key of that name; what ends the screen then."""

    what: str
    keys: tuple[str, ...]
    end: str


class Day(NamedTuple):
    """What lies in the clerk's folder in the morning, and the steps."""

    files: dict[str, str]
    steps: list[Step]


HEAD = """# 一天的录屏

在完整的演示区（782个基层党组织、14972名党员）上，一名工作人员从早到晚的{steps}步。每一步写明敲了什么键、
从最后一个键到屏幕不再变化用了多久、屏幕上是什么。终端{columns}列、{lines}行；超过{most}行的，中间从略，写作 `…`。
由 `make day` 在真的终端里录下；时间是录制的那一台电脑的，只看量级。演示区固定在2005年3月21日。

等待最久的一步{longest:.2f}秒，各步合计{total:.1f}秒，敲键{pressed}次。

"""

NEXT = "下一步：[一周](tutorial.md)，或[按用途找命令](by-purpose.md)。\n"


def planned() -> Day:
    """Return the day as it is planned."""
    read = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    return Day(
        read["files"], [Step(each["what"], tuple(each["keys"]), each.get("end", PROMPT)) for each in read["steps"]]
    )


def shown_keys(step: Step) -> str:
    """Return the keys of a step for the page."""
    return " ".join(f"<kbd>{key[1:-1]}</kbd>" if key.startswith("<") else f"`{key}`" for key in step.keys)


def shown_time(seconds: float) -> str:
    """Return how long a step took; the screen is looked at a hundred times a second."""
    return f"{seconds:.2f} 秒" if seconds >= _HUNDREDTH else f"不到 {_HUNDREDTH} 秒"


def pressed(step: Step) -> int:
    """Return how many keys a step takes."""
    return sum(1 if key.startswith("<") else len(key) for key in step.keys)


def taken(shell: Terminal, step: Step) -> float:
    """Press the keys of a step; return the seconds until the screen stands still and ends as the step says."""
    for key in step.keys[:-1]:
        _press(shell, key)
        # Not every key changes the screen: the first tab of two finds out only that there is more than one way on.
        time.sleep(PAUSE_SECONDS)
    _press(shell, step.keys[-1])
    return shell.settled(until=step.end)


def _press(shell: Terminal, key: str) -> None:
    if key.startswith("<"):
        shell.press(key[1:-1])
    else:
        shell.type(key)


def shortened(screen: str) -> str:
    """Return a screen with the middle of too many lines left out."""
    lines = [line.rstrip() for line in screen.splitlines()]
    if len(lines) <= MOST:
        return "\n".join(lines)
    half = MOST // 2
    return "\n".join([*lines[:half], "…", *lines[-half:]])


def page(recorded: list[tuple[Step, float, str]]) -> str:
    """Return the page of a recorded day."""
    seconds = [took for _, took, _ in recorded]
    text = HEAD.format(
        steps=len(recorded),
        columns=COLUMNS,
        lines=LINES,
        most=MOST,
        longest=max(seconds),
        total=sum(seconds),
        pressed=sum(pressed(step) for step, _, _ in recorded),
    )
    for number, (step, took, screen) in enumerate(recorded, start=1):
        text += f"{heading(number, step)} · {shown_time(took)}\n\n```text\n{shortened(screen)}\n```\n\n"
    return text + NEXT


def heading(number: int, step: Step) -> str:
    """Return what the page says of a step before it was done."""
    return f"## {number}. {step.what}\n\n{shown_keys(step)}"


def installed(folder: Path) -> Path:
    """Install the program as a clerk has it, with the keyboard screen; return the folder of its commands."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)  # noqa: S603
    programs = folder / "venv" / "bin"
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{ROOT}[tui]"]
    subprocess.run([programs / "python", *install], check=True)  # noqa: S603
    return programs


def record(day: Day, folder: Path, programs: Path) -> Iterator[tuple[Step, float, str]]:
    """Go through the day; yield each step with its seconds and the screen that it left."""
    for name, text in day.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    unset = ("ADVEDU_", "PYTHON", "PAGER", "LESS", "COLUMNS", "LINES", "PROMPT_COMMAND")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    environment |= {"PATH": f"{programs}:{environment['PATH']}", "ADVEDU_LANG": "zh", "ADVEDU_USER": CLERK}
    environment |= {"ADVEDU_DB": "demo.db", "LC_ALL": "C.UTF-8", "HOME": str(folder), "TERM": "xterm-256color"}
    with terminal(folder, environment, COLUMNS, LINES) as shell:
        for words in ("PS1='$ '", 'eval "$(advedu completion bash)"', "advedu demo"):
            shell.type(words)
            shell.press("Enter")
            shell.settled(until=PROMPT)
        for step in day.steps:
            # A new call begins on a clean screen; what goes on in the pager or the keyboard screen stays on it.
            if step.keys[0].startswith("advedu"):
                shell.type("clear")
                shell.press("Enter")
                shell.settled(until=PROMPT)
            took = taken(shell, step)
            yield step, took, shell.screen()


def main() -> int:
    """Record the day and write the page."""
    if TMUX is None:
        print("tmux is not installed", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        recorded = list(record(planned(), folder, installed(folder)))
    PAGE.write_text(page(recorded), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
