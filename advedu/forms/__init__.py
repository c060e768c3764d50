"""Workbooks that go out to units and come back through `import`.

    guides      what a column wants: its width, its list of words, what is checked as it is typed, its note
    prefill     what the file knows of a unit, as rows of each kind of file
    template    both → an empty form, or one with the unit's own data in it
    returned    a file that was sent in, given back with its errors at the cells

A further kind of file has a template as soon as its columns are declared in `importing.columns`; a function in
`prefill.ROWS` fills it in.
"""
