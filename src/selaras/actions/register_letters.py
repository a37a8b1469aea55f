"""Letters of a register: written from one record by the template of its definition, as PDF or Word file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions._registers import add_event, hand, record_held, refuse_stranger
from selaras.core.access import Act, Actor
from selaras.core.calendar import format_date
from selaras.core.document import (
    Align,
    Block,
    Division,
    Document,
    Fields,
    PageNumbers,
    Paragraph,
    Signatory,
    Signatures,
    text,
)
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.letters import write_letter
from selaras.documents.write import write
from selaras.store.models.registers import Happening
from selaras.store.register_access import sees_personal

FORMATS = ("pdf", "docx")
SIGNER = "Pejabat yang berwenang,"
"""Who signs a letter whose definition names no position."""


def compose_record_letter(
    by: Actor, *, agency: str, register: str, number: str, letter: str, formats: Sequence[str], output: Path
) -> list[Path]:
    """Write a letter of a record in each format into the folder `output`; the record remembers it.

    Raises Refusal for an unknown format, a state the letter is not for, or empty fields; NotAllowed for who does not
    read the personal data that letters hold; NotFound, CannotRun.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise Refusal("Surat tidak disusun.", Fault("format", read=", ".join(unknown), expected=", ".join(FORMATS)))
    with record_held(by, agency, register, number, "menyusun surat register", Act.KEEP_REGISTER) as kept:
        refuse_stranger(kept)
        if not sees_personal(by, kept.held, kept.record.unit):
            raise NotAllowed(f"{by.name} tidak berhak membaca data pribadi yang dimuat surat ini.")
        found = next((item for item in kept.register.letters if item.code == letter), None)
        if found is None:
            raise NotFound(f"Surat {letter} tidak ditemukan dalam register {register}.")
        facts = RecordFacts(kept.register, kept.record, kept.workdays, kept.today)
        paragraphs = write_letter(found, facts)
        office = kept.held.row.agency
        blocks: tuple[Block, ...] = (
            Division(PageNumbers.NONE, running=found.name, restart=True),
            Paragraph(text(office.name), align=Align.CENTER),
            Fields((("Nomor register", number), ("Tanggal", format_date(kept.today)), ("Hal", found.name))),
            *(Paragraph(text(words)) for words in paragraphs),
            # The block of a signature is where `issuing` stamps it; until then there is room for a pen.
            Signatures((Signatory("", found.signer or SIGNER),), f"………………………………, {format_date(kept.today)}"),
        )
        document = Document(found.name, "surat", office.name, kept.today.year, blocks, subject=kept.register.name)
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{letter}-{number}").strip("-.")
        paths = [output / f"{stem}.{name}" for name in dict.fromkeys(formats)]
        for path in paths:
            with written(path) as draft:
                write(document, path.suffix[1:], draft)
        add_event(kept.row, Happening.LETTER, on=kept.today, by=hand(by), code=letter)
        kept.trace["files"] = {path.name: sha256_of(path) for path in paths}
    return paths
