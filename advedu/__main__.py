"""Run the program: argv → one call → a report → one place that prints."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO

from advedu import i18n
from advedu.errors import AdveduError
from advedu.text import neutralise


def main() -> None:
    """Run the program with the words of the command line and leave with its exit code."""
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

    words = root.hoisted(argv)
    i18n.use(i18n.choose(root.language(words), os.environ))
    _never_fail_to_print(sys.stdout, sys.stderr)
    try:
        return _answered(words)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), file=sys.stderr)
        else:
            _complain(usage.lines(error, words))
        return 2
    except AdveduError as error:
        from advedu.wording import error_lines

        _complain(error_lines(error))
        return error.exit_code
    except BrokenPipeError:
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
    from advedu.output import emit, screen

    look = screen(sys.stdout, os.environ, no_color="--no-color" in words)
    emit(answer.report, answer.format, answer.output, look)
    for warning in answer.report.warnings:
        print(warning, file=sys.stderr)
    return answer.report.exit_code


def _complain(lines: list[str]) -> None:
    print("advedu: " + " — ".join(map(neutralise, lines)), file=sys.stderr)


def _never_fail_to_print(*streams: TextIO) -> None:
    """Let a character that the terminal's code page lacks become visible instead of stopping the program."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
