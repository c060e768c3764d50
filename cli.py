"""Run advedu from a checkout: `python cli.py status`."""

from advedu.__main__ import main

if __name__ == "__main__":
    main()
