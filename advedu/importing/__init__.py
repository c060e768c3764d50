"""Files → records.

    delivery  folders and patterns → files
    sources   bytes → sheets of rows of cells, by separated (csv, tsv) or workbook (xlsx, xls, ods)
    headings  what a heading means, exactly or nearly
    belonging cells that name units → units
    layout    where the header is, which rows are data, which are title, blank, total and note
    columns   what may stand in a file of each kind: declared, not coded
    table     cells → values, column by column, every bad cell gathered; cells: ditto marks, missing values
    shifts, likeness, seen   rows that slipped; people that look alike; where everybody stood
    units, members, milestones, tasks, items   values → rows of the file, by the keys and rules of interface.md
    run       files → one operation → a result

To add a kind: a tuple of columns in `columns`, a module with `apply`, a line in `run.KINDS`.
"""
