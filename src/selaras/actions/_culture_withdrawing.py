"""What keeps persons out: texts that name an informant are refused; a withdrawal reaches frozen copies and files too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from selaras.actions._culture import Held
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture_identities import named_in
from selaras.store.evidence import path_of

QUOTES, GONE = "quotes", "withdrawn"


def scrub(study: tables.Study, segments: Collection[str]) -> int:
    """Take the quotes of some segments out of every frozen display and conclusion; how many copies were touched."""
    touched = 0
    for model in (tables.StudyConclusion, tables.StudyDisplay):
        rows: Any = model.objects.filter(study=study)
        for row in rows:
            quotes = row.frozen.get(QUOTES, [])
            kept = [quote for quote in quotes if quote["segment"] not in segments]
            if len(kept) < len(quotes):
                gone = len(quotes) - len(kept) + int(row.frozen.get(GONE, 0))
                row.frozen = {**row.frozen, QUOTES: kept, GONE: gone}
                row.save()
                touched += 1
    return touched


def refuse_names(held: Held, texts: Mapping[str, str]) -> None:
    """Refuse texts, by their keys, that name an informant whose identity is sealed with the study."""
    if named := named_in(held.row.pk, texts):
        raise Refusal(
            "Teks masih memuat nama atau nomor informan.",
            *(
                Fault("nama informan dalam teks", Place(record=key), expected=f"nama samaran {code}",
                      remedy="Ganti nama itu dengan nama samarannya.")
                for key, code in named
            ),
        )  # fmt: skip


def drop_files(held: Held, names: Iterable[str]) -> None:
    """Delete originals that no other source and no evidence of the agency names."""
    for name in names:
        others = tables.StudySource.objects.filter(study__agency=held.row.agency_id, file=name).count()
        kept = tables.Evidence.objects.filter(agency=held.row.agency_id, target=name).exists()
        if others <= 1 and not kept:
            try:
                path_of(held.agency, name).unlink()
            except NotFound:
                continue  # somebody put the file elsewhere; what counts is that it is gone
