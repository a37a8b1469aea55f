"""Field work of a study: informants by pseudonym, what they agreed to, sealed identities, guides.

Names live in one sealed place only; every look at one leaves a record.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from selaras.actions._culture import (
    LONGEST_LINE,
    Held,
    drop_titled,
    found,
    next_code,
    next_order,
    store_columns,
    study_held,
    words,
)
from selaras.actions._culture_withdrawing import drop_files, refuse_names, scrub
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.culture.displays import withdraw
from selaras.core.culture.frameworks import Asking
from selaras.core.culture.sources import Method
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import study_at
from selaras.store.culture_identities import open_identity, seal_identity
from selaras.store.culture_rows import framework_of, material_of, rule_of

INFORMANT = "StudyInformant"
MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: segments that are gone, and codes whose only dissent went with them."""

    removed: tuple[str, ...]
    lost_dissent: tuple[str, ...]
    copies: int


def save_informant(
    by: Actor, *, agency: str, study: str, role: str, group: str, reason: str = "", holders: int | None = None,
    code: str = "",
) -> str:  # fmt: skip
    """Write an informant by role; without `code` a new one gets the next pseudonym (`INF-03`), which is returned.

    `reason` is the purposive criterion, `holders` how many people hold that role in the agency. Raises Refusal,
    NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menyimpan informan studi") as (trace, held):
        rows = tables.StudyInformant.objects.filter(study=held.row)
        if code:
            row = found(rows, code, "Informan")
        else:
            row = tables.StudyInformant(study=held.row, code=next_code(rows, "INF-"), order=next_order(rows))
        if holders is not None and not 1 <= holders <= 100_000:
            raise Refusal(
                "Informan tidak disimpan.", Fault("jumlah pemegang peran", read=str(holders), expected="mulai 1")
            )
        columns = {
            "role": words(role, "peran", empty=False, most=LONGEST_LINE),
            "group": words(group, "kelompok peran", empty=False, most=LONGEST_LINE),
            "reason": words(reason, "alasan pemilihan"), "holders": holders,
        }  # fmt: skip
        refuse_names(held, {row.code: " ".join(map(str, columns.values()))})
        store_columns(trace, row, f"{study} {row.code}", columns, kind=INFORMANT)
        return str(row.code)


def remove_informant(by: Actor, *, agency: str, study: str, code: str) -> None:
    """Remove an informant who stands behind no source. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus informan studi") as (trace, held):
        row = found(tables.StudyInformant.objects.filter(study=held.row), code, "Informan")
        if row.sources.exists():
            raise Refusal(
                "Informan tidak dihapus.",
                Fault("informan mempunyai sumber", Place(record=code), remedy="Catat penarikan persetujuannya."),
            )
        trace.changed(INFORMANT, f"{study} {code}", "", row.role, "")
        row.delete()


def record_consent(
    by: Actor, *, agency: str, study: str, informant: str, record: bool, quote: bool, archive: bool, given: date,
    form: str = "", channel: str = "", named_by_office: bool = False,
) -> None:  # fmt: skip
    """Record what an informant agreed to, each tick by itself, and on which form. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "mencatat persetujuan informan") as (trace, held):
        row = found(tables.StudyInformant.objects.filter(study=held.row), informant, "Informan")
        if row.withdrawn is not None:
            raise Refusal("Persetujuan tidak dicatat.", Fault("persetujuan sudah ditarik", Place(record=informant)))
        if given > date.today():
            raise Refusal("Persetujuan tidak dicatat.", Fault("tanggal di depan", read=given.isoformat()))
        columns = {
            "consent_record": record, "consent_quote": quote, "consent_archive": archive, "consent_given": given,
            "consent_form": words(form, "formulir", most=LONGEST_LINE),
            "consent_channel": words(channel, "saluran", most=LONGEST_LINE), "named_by_office": named_by_office,
        }  # fmt: skip
        store_columns(trace, row, f"{study} {informant}", columns, kind=INFORMANT)


def withdraw_consent(by: Actor, *, agency: str, study: str, informant: str, on: date) -> Withdrawn:
    """Take an informant out: identity, texts, quotes and codings go, from frozen copies too; the row says only when.

    A joint answer goes as a whole. What is left is told: codes whose only dissent was withdrawn. Also in a published
    study, whose edition holds no quotes. Raises NotFound, NotAllowed, Refusal if it was withdrawn before.
    """
    with study_held(by, agency, study, "mencatat penarikan persetujuan", published=True) as (trace, held):
        row = found(tables.StudyInformant.objects.filter(study=held.row), informant, "Informan")
        if row.withdrawn is not None:
            raise Refusal("Penarikan tidak dicatat.", Fault("persetujuan sudah ditarik", Place(record=informant)))
        left = withdraw(material_of(held.row.pk), informant, rule_of(held.row))
        kept = {source.code for source in left.material.sources}
        gone = tables.StudySource.objects.filter(study=held.row).exclude(code__in=kept)
        removed = [source.code for source in gone]
        drop_files(held, [source.file for source in gone if source.file])
        _drop_memos(held, {informant, *left.removed, *removed})
        gone.delete()
        tables.InformantIdentity.objects.filter(informant=row).delete()
        columns = {"withdrawn": on, "consent_record": False, "consent_quote": False, "consent_archive": False}
        store_columns(trace, row, f"{study} {informant}", columns, kind=INFORMANT)
        copies = scrub(held.row, set(left.removed))
        trace |= {"informant": informant, "segments": len(left.removed), "sources": len(removed), "copies": copies}
        return Withdrawn(left.removed, left.lost_dissent, copies)


def _drop_memos(held: Held, about: Collection[str]) -> None:
    """Delete the memos on any of these, also where a memo is on a passage together with a code."""
    rows = tables.StudyMemo.objects.filter(study=held.row).exclude(about="").values_list("pk", "about")
    gone = [pk for pk, words_ in rows if not set(about).isdisjoint({words_, *words_.split()})]
    tables.StudyMemo.objects.filter(pk__in=gone).delete()


def save_identity(
    by: Actor, *, agency: str, study: str, informant: str, name: str, contact: str = "", nip: str = ""
) -> None:
    """Seal who an informant is, apart from everything else; the history says only that it was done.

    Raises Refusal, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menyimpan identitas informan", Act.SEE_IDENTITY) as (trace, held):
        row = found(tables.StudyInformant.objects.filter(study=held.row), informant, "Informan")
        if row.withdrawn is not None:
            raise Refusal("Identitas tidak disimpan.", Fault("persetujuan sudah ditarik", Place(record=informant)))
        given = {
            "name": words(name, "nama", empty=False, most=LONGEST_LINE), "contact": words(contact, "kontak", most=LONGEST_LINE),
            "nip": re.sub(r"\D", "", nip)[:18],
        }  # fmt: skip
        tables.InformantIdentity.objects.update_or_create(informant=row, defaults={"sealed": seal_identity(given)})
        trace["informant"] = informant


def reveal_identity(by: Actor, *, agency: str, study: str, informant: str) -> dict[str, str]:
    """Who an informant is: name, contact, nip. Every look leaves a record. Raises NotFound, NotAllowed, CannotRun."""
    with study_held(by, agency, study, "melihat identitas informan", Act.SEE_IDENTITY, published=True) as (trace, held):
        row = tables.InformantIdentity.objects.filter(informant__study=held.row, informant__code=informant).first()
        if row is None:
            raise NotFound(f"Identitas {informant} tidak tersimpan.")
        trace["informant"] = informant
        return open_identity(row.sealed)


def delete_expired_identities(by: Actor, *, agency: str, on: date) -> int:
    """Delete the identities of every study of an agency whose retention date has passed; codings stay. How many.

    Raises NotAllowed, NotFound.
    """
    with traced(by, action="menghapus identitas yang lewat masa simpan", agency=agency, act=Act.STUDY) as trace:
        rows = tables.InformantIdentity.objects.filter(
            informant__study__agency__code=agency, informant__study__retention_until__lt=on
        )
        trace["identities"] = rows.count()
        rows.delete()
        return int(trace["identities"])


def save_guide(
    by: Actor, *, agency: str, study: str, title: str, method: Method, questions: Iterable[Mapping[str, str]],
    opening: str = "", guide: int | None = None,
) -> int:  # fmt: skip
    """Write a guide: questions {"node": code or "", "text": question} in their order; its number is returned.

    Raises Refusal, NotFound (study, guide), NotAllowed.
    """
    with study_held(by, agency, study, "menyimpan pedoman pengumpulan data") as (trace, held):
        row = tables.StudyGuide(study=held.row)
        if guide is not None:
            old = tables.StudyGuide.objects.filter(study=held.row, pk=guide).first()
            if old is None:
                raise NotFound("Pedoman ini tidak ditemukan.")
            row = old
        nodes = {node.code for node in framework_of(held.row).nodes} | {""}
        made = []
        for item in questions:
            if item.get("node", "") not in nodes:
                raise Refusal("Pedoman tidak disimpan.", Fault("simpul tidak dikenal", read=item["node"]))
            made.append(
                {"node": item.get("node", ""), "text": words(item["text"], "pertanyaan", empty=False, most=2000)}
            )
        if not made or len(made) > MOST_QUESTIONS:
            raise Refusal(
                "Pedoman tidak disimpan.",
                Fault("jumlah pertanyaan", read=str(len(made)), expected=f"1 sampai {MOST_QUESTIONS}"),
            )
        columns = {
            "title": words(title, "judul", empty=False, most=LONGEST_LINE), "method": method.value,
            "opening": words(opening, "pembuka"), "questions": made, "by": by.name,
        }  # fmt: skip
        store_columns(trace, row, f"{study} {title}", columns, kind="StudyGuide")
        return row.pk


def draw_guide(by: Actor, *, agency: str, study: str, title: str, method: Method) -> int:
    """A guide with every question that the framework puts by a method, to be edited. Raises Refusal, NotFound, NotAllowed."""
    row, _ = study_at(by, agency, study)
    asking = {
        Method.INTERVIEW: Asking.INTERVIEW,
        Method.OBSERVATION: Asking.OBSERVATION,
        Method.DOCUMENT: Asking.DOCUMENT,
    }
    if method not in asking:
        raise Refusal("Pedoman tidak disusun.", Fault("metode tanpa pedoman", read=method, expected=" | ".join(asking)))
    drawn = [
        {"node": node.code, "text": question.text} for node, question in framework_of(row).questions(asking[method])
    ]
    return save_guide(by, agency=agency, study=study, title=title, method=method, questions=drawn)


def remove_guide(by: Actor, *, agency: str, study: str, guide: int) -> None:
    """Remove a guide. Raises NotFound, NotAllowed."""
    drop_titled(
        by, tables.StudyGuide.objects, agency=agency, study=study, action="menghapus pedoman pengumpulan data", pk=guide,
        what="Pedoman",
    )  # fmt: skip
