"""What building a wheel does beside copying: the manual pages are made from the program's own help and go along."""

from __future__ import annotations

import sys
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPages(BuildHookInterface):
    """Puts the manual pages where man finds them when the environment's bin folder is on the path."""

    def dependencies(self) -> list[str]:
        """Return what the program needs to show its help: its command line library, as the project requires it."""
        return [each for each in self.metadata.core.dependencies if each.startswith("typer")]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the pages; an editable install goes without, so that it stays quick."""
        if version != "standard":
            return
        # The sources that are being built, before anything that is installed.
        sys.path.insert(0, self.root)
        from tools import man_page

        self._folder = TemporaryDirectory()
        pages = man_page.written(man_page.Path(self._folder.name))
        build_data["shared_data"] |= {
            str(path): f"share/man/{man_page.PLACES[language]}" for language, path in pages.items()
        }

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Throw away the pages, which are in the wheel by now."""
        if version == "standard":
            self._folder.cleanup()
