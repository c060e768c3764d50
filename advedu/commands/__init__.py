"""The way in: typer lives here and nowhere else.

One file per noun. A verb is a function from a `Session` and typed options to a `Report`; `base` gives it the options
that all verbs share and hands the report on to the one place that prints. `root` knows the nouns and imports only the
one that was called.
"""
