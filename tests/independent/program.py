"""The one place where the comparison touches the program: it is called in-process, its output caught."""

import contextlib
import io


def run(argv: list[str]) -> tuple[int, str, str]:
    """Run the program; answer its exit code, its standard output and its standard error."""
    # Imported late, so that the count can be collected and tested without the program.
    from advedu.__main__ import run as run_program

    # Not StringIO: the program may rightly write bytes to `sys.stdout.buffer`.
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_program(argv)
    return code, _text(out), _text(err)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
