"""Where the files of the nation lie for this installation."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def nation_folder() -> Path:
    """The folder of the snapshot files: `SELARAS_NATION`, else `nation` in the workspace."""
    return Path(getattr(settings, "NATION", "") or Path(settings.DATA) / "nation")


def nation_kept() -> Path:
    """Where the results lie that were computed from them."""
    return Path(settings.DATA) / "nation-kept"
