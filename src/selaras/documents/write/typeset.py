"""The typesetter in a process of its own: one child per document, which ends and gives its memory back.

`typeset` is for everybody; `main` runs in the child.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from selaras.core.errors import CannotRun, Fault
from selaras.core.place import Place
from selaras.documents.fonts import SANS, SERIF, Face, font_path
from selaras.documents.write.delivery import deliver

SECONDS = 120.0
NICE = 10
"""Pages that people wait for go before the typesetter."""
_MAIN, _OUT, _FONTS = "main.typ", "out.pdf", "fonts"
_FACES = tuple(Face(family, weight, italic) for family in (SERIF, SANS)
               for weight, italic in ((400, False), (400, True), (600, False), (600, True), (700, False)))  # fmt: skip
_REFUSED = 3
_LONGEST_MESSAGE = 1500


def typeset(source: str, files: Mapping[str, bytes], path: Path, *, created: int, seconds: float = SECONDS) -> None:
    """Write `source`, which may read `files`, as PDF/A-3a to `path`.

    `created` is the time of creation written into the file, in seconds since 1970: the same input and the same time
    give the same bytes. Raises CannotRun with the typesetter's message if it refuses the source, takes longer than
    `seconds`, dies, or if `path` cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="selaras-") as name:
        folder = Path(name)
        _lay_out(folder, source, files)
        _run(folder, created, seconds)
        deliver((folder / _OUT).read_bytes(), path)


def _lay_out(folder: Path, source: str, files: Mapping[str, bytes]) -> None:
    (folder / _MAIN).write_text(source, encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / _FONTS).mkdir()
    for face in _FACES:
        original = font_path(face)
        shutil.copyfile(original, folder / _FONTS / original.name)


def _run(folder: Path, created: int, seconds: float) -> None:
    command = [sys.executable, "-P", "-m", "selaras.documents.write.typeset", str(folder), str(created)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False, cwd=folder
        )
    except subprocess.TimeoutExpired as late:
        raise CannotRun(f"Penyusunan PDF dihentikan karena melewati {seconds:g} detik.") from late
    except OSError as broken:
        raise CannotRun(f"Penyusun PDF tidak dapat dijalankan: {broken}.") from broken
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()[-_LONGEST_MESSAGE:]
        cause = "menolak naskah" if done.returncode == _REFUSED else f"berhenti dengan status {done.returncode}"
        raise CannotRun(f"Penyusun PDF {cause}.", Fault(words or "tanpa pesan", Place(source=_MAIN)))


def main(folder: str, created: str) -> int:
    """Typeset `folder`/main.typ to `folder`/out.pdf; the exit status."""
    import os

    import typst

    if hasattr(os, "nice"):
        os.nice(NICE)
    room = Path(folder)
    try:
        typst.compile(
            room / _MAIN,
            output=room / _OUT,
            root=room,
            font_paths=[room / _FONTS],
            ignore_system_fonts=True,
            pdf_standards=["a-3a"],
            timestamp=int(created),
        )
    except typst.TypstError as refused:
        sys.stderr.write("\n".join([refused.message, *refused.hints, refused.diagnostic]))
        return _REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
