"""The typeface of the reports on the screen too: two files out of the wheel `font-source-sans-pro`, as static files."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = "selaras/fonts"
FILES = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf", "LICENSE.txt")


def source() -> Path:
    """The folder of the installed wheel that holds the font files."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise FileNotFoundError("font-source-sans-pro")
    return Path(found.origin).parent / "files"


class TypefaceFinder(BaseFinder):
    """Finds `selaras/fonts/…`; only the two weights that pages use, not the whole family of the wheel."""

    def check(self, **_options: Any) -> list[Any]:
        """Nothing to set, nothing to check."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """The file for the static name `path`."""
        folder, _slash, name = path.rpartition("/")
        found = [str(source() / name)] if folder == FOLDER and name in FILES else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:  # noqa: ARG002
        """What `collectstatic` copies."""
        storage = FileSystemStorage(location=source())
        storage.prefix = FOLDER  # type: ignore[attr-defined]
        return [(name, storage) for name in FILES]
