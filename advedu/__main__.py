"""Run the program: argv → one call → a report → one place that prints."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from typing import TextIO

from advedu import i18n
from advedu.errors import AdveduError
from advedu.values.text import neutralise

# So many more objects than before are looked at for cycles: a large import still has some rounds, a report none.
YOUNG = 100_000


def main() -> None:
    """Run the program with the words of the command line and leave with its exit code."""
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["--read-workbook"]:
        # One frozen file is both the program and the child that reads a workbook for it.
        from advedu.importing.workbook import child

        child.main()
        os._exit(0)
    # A call ends before there is much to collect; looking for cycles again and again would cost it a fiftieth.
    gc.set_threshold(YOUNG)
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        # The reader of a pipe may be gone (`advedu status | head`).
        with contextlib.suppress(OSError):
            stream.flush()
    # The file is closed and all is printed: taking the interpreter apart piece by piece would cost a tenth of a call.
    os._exit(code)


def run(argv: list[str]) -> int:
    """Run one call, print its report or its error, and return the exit code."""
    import typer

    from advedu.commands import root, usage

    if argv[:1] == ["__complete"]:
        return _completed(argv[1:])
    words = root.hoisted(argv)
    i18n.use(i18n.choose(root.language(words), os.environ))
    _never_fail_to_print(sys.stdout, sys.stderr)
    try:
        return _answered(words)
    except typer.TyperException as error:
        if usage.is_help(error):
            print(error.format_message(), file=sys.stderr)
        else:
            _complain(usage.lines(error))
        return 2
    except AdveduError as error:
        from advedu.values.wording import error_lines

        _complain(error_lines(error))
        return error.exit_code
    except OSError as error:
        if not _reader_is_gone(error):
            raise
        return 0
    except (KeyboardInterrupt, typer.Abort):
        _complain([i18n._("interrupted; nothing was written")])
        return 130


def _answered(words: list[str]) -> int:
    from advedu.commands.base import Answer
    from advedu.commands.root import program

    calls: list[list[str]] = [words]
    answer = program().main(words, prog_name="advedu", standalone_mode=False, obj=calls[0])
    if not isinstance(answer, Answer):
        # --help and --version have printed already; typer returns the code they asked for.
        return int(answer or 0)
    from advedu.output import emit
    from advedu.output.screen import screen

    keys = None if "--no-pager" in words else sys.stdin
    look = screen(sys.stdout, os.environ, no_color="--no-color" in words, keys=keys)
    try:
        emit(answer.report, answer.format, answer.output, look)
    except OSError as error:
        # What was done is done, and what was refused is refused, whoever stops reading (`advedu import … | head`).
        if not _reader_is_gone(error):
            raise
    for warning in answer.report.warnings:
        print(warning, file=sys.stderr)
    return answer.report.exit_code


def _reader_is_gone(error: OSError) -> bool:
    """Say whether nobody reads standard output any more; Windows has no word of its own for that."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _completed(words: list[str]) -> int:
    """Answer the tab key."""
    from advedu.commands import complete, root

    i18n.use(i18n.choose(root.language(root.hoisted(words)), os.environ))
    _never_fail_to_print(sys.stdout)
    if not words:
        return 2
    print(*complete.answer(words), sep="\n")
    return 0


def _complain(lines: list[str]) -> None:
    print("advedu: " + " — ".join(map(neutralise, lines)), file=sys.stderr)


def _never_fail_to_print(*streams: TextIO) -> None:
    """Let a character that the terminal's code page lacks become visible instead of stopping the program."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
