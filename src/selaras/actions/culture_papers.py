"""The report of a culture study as a file; who takes it out leaves a record of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.document import Document
from selaras.core.errors import Fault, Refusal
from selaras.core.reporting import culture_study
from selaras.documents.write import FORMATS, write
from selaras.store.culture_papers import study_facts


def compose_report(by: Actor, *, agency: str, study: str) -> Document:
    """The report of a study as it stands, for who may read it. Raises NotFound, Refusal, NotAllowed."""
    return culture_study.compose(study_facts(by, agency, study, date.today()))


def export_report(by: Actor, *, agency: str, study: str, format: str, output: Path) -> Path:  # noqa: A002 (the writers' word)
    """Write the report of a study as `format` into the folder `output`; the audit record holds the hash of the file.

    Raises Refusal for an unknown format, CannotRun, NotAllowed, NotFound.
    """
    if format not in FORMATS:
        fault = Fault("format tidak dikenal", read=format, expected=" | ".join(FORMATS))
        raise Refusal("Laporan studi tidak ditulis.", fault)
    with traced(by, action="mengekspor laporan studi", agency=agency, act=Act.EXPORT) as trace:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", f"budaya-kerja-{study}").strip(".-")
        path = output / f"{stem}.{format}"
        with written(path) as draft:
            write(compose_report(by, agency=agency, study=study), format, draft)
        trace |= {"study": study, "format": format, "sha256": sha256_of(path)}
    return path
