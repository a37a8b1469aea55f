"""The reform of a year as a file: sheet with formula, years, units and action plans."""

from __future__ import annotations

import re
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions._rules import law_of
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, Refusal
from selaras.core.reporting import reformed
from selaras.documents.write import FORMATS, write
from selaras.store.snapshot import load_snapshot


def export_reform(by: Actor, *, agency: str, year: int, format: str, output: Path) -> Path:  # noqa: A002 (the writers' word)
    """Write the reform of a year as `format` into the folder `output`; the audit record holds the hash of the file.

    Raises Refusal for an unknown format, CannotRun, NotAllowed, NotFound.
    """
    if format not in FORMATS:
        fault = Fault("format tidak dikenal", read=format, expected=" | ".join(FORMATS))
        raise Refusal("Berkas reformasi birokrasi tidak ditulis.", fault)
    with traced(by, action="mengekspor reformasi birokrasi", agency=agency, act=Act.EXPORT) as trace:
        snapshot = load_snapshot(agency, year)
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", agency).strip(".-") or "instansi"
        path = output / f"rb-{year}-{stem}.{format}"
        with written(path) as draft:
            write(reformed.compose(snapshot, law_of(snapshot.settings)), format, draft)
        trace |= {"year": year, "format": format, "sha256": sha256_of(path)}
    return path
