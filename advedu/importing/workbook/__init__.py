"""Workbooks (xlsx, xls, ods) → sheets, at arm's length.

A workbook is a program's memory image more than a text: a hundred bytes of it can ask for five hundred gigabytes, and
the library that reads it then takes the whole process along. So a child process reads it under limits of memory
and time that follow from the size of its parts, and hands the rows over, while the program looks at the parts itself
without that library. Whatever becomes of the child, the program goes on.

    archive   the directory of a zip: sizes, ratios, overlaps, names, before anything is unpacked
    sheets    how far the cells of xlsx and ods sheets really reach, merged cells of ods, cells whose value is missing
    look      all parts of a workbook, by the two above
    child     runs in the child: checks the directory, sets its own limits, reads, writes rows to a pipe
    call      runs in the program: starts the child, looks meanwhile, takes the rows, says what went wrong

`archive` and `child` import nothing but the standard library and calamine: a child starts in 20 milliseconds.
"""
