"""The hook for a virus scanner: a command of the installation that looks at every file before it is kept."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from selaras.core.errors import CannotRun, Fault, Refusal, reason_of

LONGEST_SCAN = 120


def scan(path: Path, name: str) -> bool:
    """Let the scanner of `settings.SCAN_COMMAND` look at a file; False where none is set.

    Exit status 0 means clean and 1 means infected, as ClamAV's programs do; any other status means that the
    scanner itself failed. Raises Refusal and CannotRun; a file that could not be looked at is not kept.
    """
    command = shlex.split(getattr(settings, "SCAN_COMMAND", ""))
    if not command:
        return False
    try:
        done = subprocess.run([*command, str(path)], capture_output=True, timeout=LONGEST_SCAN, check=False)
    except subprocess.TimeoutExpired as error:
        raise _failed(f"belum selesai setelah {LONGEST_SCAN} detik") from error
    except OSError as error:
        raise _failed(reason_of(error)) from error
    if done.returncode == 1:
        raise Refusal(
            f"Berkas {name} tidak disimpan: pemindai virus menemukan sesuatu di dalamnya.",
            Fault("berkas terinfeksi", read=name, remedy="Periksa komputer asalnya, lalu unggah berkas yang bersih."),
        )
    if done.returncode != 0:
        raise _failed(f"berhenti dengan status {done.returncode}")
    return True


def _failed(reason: str) -> CannotRun:
    return CannotRun(
        "Berkas tidak disimpan: pemindai virus tidak dapat dijalankan.",
        Fault("pemindai virus gagal", read=reason, remedy="Hubungi pengelola sistem, lalu unggah lagi."),
    )
