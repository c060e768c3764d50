"""The keyboard screen of `advedu tick`.

`board` and `choices` know nothing of a terminal; `app` draws them with textual, and is the one module that imports it.
"""
