"""advedu: track a staged education campaign in one SQLite file."""

__version__ = "0.1.0"
