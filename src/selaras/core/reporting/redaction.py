"""What everybody may read: the snapshot and the documents without names, NIP and the rows of single employees.

Positions stay, because the public has a right to know which office answers for what; people do not (UU 27/2022 on
personal data; UU 14/2008 leaves it to the agency to publish more).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from selaras.core.document import Block, Document, Paragraph, Table, Voice, text
from selaras.core.measurement.records import EvidenceKind
from selaras.core.place import NOWHERE
from selaras.core.snapshot import Snapshot

HIDDEN_NAME = "[nama tidak dimuat]"
HIDDEN_NIP = "[NIP tidak dimuat]"
ROSTER = "roster-"
NIP = re.compile(r"(?<!\d)(?:19|20)\d{6}[ .]?(?:19|20)\d{4}[ .]?[12][ .]?\d{3}(?!\d)")
"""Birth date, month of appointment, sex, number: 18 digits, with or without spaces (as PP and BKN print it)."""
SHORTEST_NAME = 6


def public_snapshot(snapshot: Snapshot) -> Snapshot:
    """The snapshot that public documents and open data are made of.

    Names, NIP and ranks of holders are gone, also where a text of the agency repeats them in full; employees keep only
    what is counted. Who entered and verified figures, and where evidence lies, are gone too.
    """
    hide = _hider([*(holder.name for holder in snapshot.tenures), *(person.name for person in snapshot.employees)])
    bare = replace(
        snapshot,
        tenures=tuple(replace(item, name=HIDDEN_NAME, nip="", rank="") for item in snapshot.tenures),
        employees=tuple(
            replace(item, code=str(number), name="", nip="", rank="", job="", since_year=None)
            for number, item in enumerate(snapshot.employees, 1)
        ),
        realisations=tuple(replace(item, entered_by="", verified_by="", note="") for item in snapshot.realisations),
        evidence=tuple(
            replace(item, target="" if item.kind is EvidenceKind.LINK else item.target, sha256="")
            for item in snapshot.evidence
        ),
    )
    cleaned: dict[str, Any] = {
        field.name: tuple(_without_people(item, hide) for item in getattr(bare, field.name))
        for field in fields(bare)
        if isinstance(getattr(bare, field.name), tuple)
    }
    return replace(bare, **cleaned)


def data_snapshot(snapshot: Snapshot) -> Snapshot:
    """The public snapshot for the data that go with a document: no row for any single employee or holder."""
    return replace(public_snapshot(snapshot), employees=(), tenures=())


def public_document(document: Document, *, attachment: str) -> Document:
    """A document composed from `public_snapshot`, with rosters of employees replaced by a sentence."""
    blocks = tuple(_public_block(block) for block in document.blocks)
    return replace(document, blocks=blocks, attachment=attachment, footer="Versi publik, tanpa nama dan NIP pegawai.")


def _public_block(block: Block) -> Block:
    if isinstance(block, Table) and block.key.startswith(ROSTER):
        words = f"{block.label} {block.caption} tidak dimuat dalam versi publik karena berisi data pribadi pegawai."
        return Paragraph(text(words), voice=Voice.NOTE)
    return block


def _hider(people: Iterable[str]) -> re.Pattern[str] | None:
    """Finds full names; very short ones are left, because they are also ordinary words."""
    names = sorted({name for name in people if len(name) >= SHORTEST_NAME and " " in name}, key=len, reverse=True)
    if not names:
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)


def _without_people(item: Any, hide: re.Pattern[str] | None) -> Any:
    changes: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, str) and type(value) is str and value:
            cleaned = NIP.sub(HIDDEN_NIP, value)
            cleaned = hide.sub(HIDDEN_NAME, cleaned) if hide else cleaned
            if cleaned != value:
                changes[field.name] = cleaned
        elif field.name == "place" and value != NOWHERE:
            changes["place"] = NOWHERE
    return replace(item, **changes) if changes else item
