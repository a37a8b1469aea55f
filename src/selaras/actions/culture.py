"""Studies of work culture: opened, described, staffed, taken from stage to stage, published; frameworks of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._culture import (
    KIND,
    LONGEST_LINE,
    Held,
    code_word,
    store_columns,
    study_held,
    words,
)
from selaras.actions._culture_edition import edition_of
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check
from selaras.core.culture.coding import codebook
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.privacy import Threshold
from selaras.core.culture.sources import Method
from selaras.core.culture.studies import Stage
from selaras.core.errors import Conflict, Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import KnownFramework, known_framework, rules_on, study_file
from selaras.store.culture_rows import content_of, framework_in
from selaras.store.models.culture import StudyRole
from selaras.store.snapshot import find_agency
from selaras.store.users import find_user

ORDER = tuple(Stage)
FRAMEWORK = "CultureFramework"
MOST_NODES = 500
TEXTS = {
    "title": LONGEST_LINE, "subject": LONGEST_LINE, "question": 20_000, "design": 2000, "sampling": 2000,
    "analysis": 2000, "places": 2000, "legal_basis": 4000, "source": 2000, "note": 20_000,
}  # fmt: skip
LISTS = ("validity", "not_reported")
WHOLE = ("k_screen", "k_publish", "strong_accounts", "strong_groups", "fair_accounts")
DAYS = ("fieldwork", "reported_on", "retention_until")
FLAGS = ("tested", "claims_influence")


def copy_framework(by: Actor, *, agency: str, base: str, code: str, title: str) -> Framework:
    """Make a framework of the agency's own out of a preset or another own one, to be edited.

    Raises Refusal for a code that is taken, NotFound, NotAllowed.
    """
    with traced(by, action="menyalin kerangka budaya kerja", agency=agency, act=Act.STUDY) as trace:
        known = known_framework(agency, base, date.today())
        made = replace(
            known.framework, code=code_word(code, "kerangka"), name=words(title, "judul", empty=False, most=LONGEST_LINE)
        )  # fmt: skip
        _refuse_taken(agency, made.code)
        _keep_framework(trace, by, agency, tables.CultureFramework(base=base), made)
        return made


def save_framework(by: Actor, *, agency: str, content: Mapping[str, Any], seen: str = "") -> Framework:
    """Write a framework of the agency's own from plain data (as `store.culture_rows.content_of` gives it).

    `seen` is the version that the person had before them. The version of a framework that a study uses must be
    a new one: studies keep the tree that they were begun with. Raises Refusal with every fault of the tree,
    Conflict, NotAllowed.
    """
    with traced(by, action="menyimpan kerangka budaya kerja", agency=agency, act=Act.STUDY) as trace:
        nodes = content.get("nodes")
        if isinstance(nodes, list) and len(nodes) > MOST_NODES:
            raise Refusal(
                "Kerangka tidak disimpan.",
                Fault("simpul terlalu banyak", read=str(len(nodes)), expected=f"paling banyak {MOST_NODES}"),
            )
        made = framework_in(content)
        code_word(made.code, "kerangka")
        for node in made.nodes:
            code_word(node.code, "simpul")  # it becomes a code, and blanks part one code from the next
        row = tables.CultureFramework.objects.select_for_update().filter(agency__code=agency, code=made.code).first()
        if row is None:
            _refuse_taken(agency, made.code)
            row = tables.CultureFramework()
        elif seen and seen != row.content.get("version"):
            raise Conflict(f"Kerangka {made.code} sudah diubah oleh {row.changed_by}.", by=row.changed_by)
        elif (
            made.version == row.content.get("version")
            and content_of(made) != row.content
            and tables.Study.objects.filter(agency__code=agency, framework=made.code).exists()
        ):
            raise Refusal(
                "Kerangka tidak disimpan.",
                Fault("kerangka sudah dipakai studi", Place(record=made.code), made.version, "versi yang baru"),
            )
        _keep_framework(trace, by, agency, row, made)
        return made


def remove_framework(by: Actor, *, agency: str, code: str) -> None:
    """Remove a framework of the agency's own; studies keep their copy of it. Raises NotFound, NotAllowed."""
    with traced(by, action="menghapus kerangka budaya kerja", agency=agency, act=Act.STUDY) as trace:
        row = tables.CultureFramework.objects.filter(agency__code=agency, code=code).first()
        if row is None:
            raise NotFound(f"Kerangka {code} tidak ditemukan.")
        trace |= {"framework": code}
        trace.changed(FRAMEWORK, code, "", row.title, "")
        row.delete()


def open_study(
    by: Actor, *, agency: str, code: str, title: str, framework: str, year: int, fields: Mapping[str, Any] | None = None
) -> tables.Study:
    """Open a study in the stage of design; who opens it leads it, if that is a person with an account.

    `fields` are those of `save_study`. The tree of the framework becomes the first codebook. Raises Refusal, NotFound
    (framework), NotAllowed.
    """
    with traced(by, action="membuka studi budaya kerja", agency=agency, act=Act.STUDY) as trace:
        pk, _ = find_agency(agency)
        name = code_word(code, "studi")
        if tables.Study.objects.filter(agency=pk, code=name).exists():
            raise Refusal(
                "Studi tidak dibuka.", Fault("kode studi sudah dipakai", read=name, expected="kode yang lain")
            )
        known = known_framework(agency, framework, date.today())
        rules = rules_on(date.today())
        row = tables.Study(
            agency_id=pk, code=name, year=_year(year), framework=framework, stage=Stage.DESIGN.value,
            content=content_of(known.framework), created_by=by.name, k_screen=rules.threshold.screen,
            k_publish=rules.threshold.publish, strong_accounts=rules.support.strong_accounts,
            strong_groups=rules.support.strong_groups, fair_accounts=rules.support.fair_accounts,
        )  # fmt: skip
        trace |= {"study": name, "framework": framework}
        store_columns(trace, row, name, _columns(row, {"title": title, **(fields or {})}))
        tables.StudyStep.objects.create(study=row, after=Stage.DESIGN.value, by=by.name)
        if by.login:
            tables.StudyMember.objects.create(study=row, user=find_user(by.login), role=StudyRole.LEAD.value)
        _write_codebook(row, known.framework)
        return row


def save_study(by: Actor, *, agency: str, study: str, fields: Mapping[str, Any]) -> tables.Study:
    """Write what a study says of itself; only the named fields are touched.

    Texts: title, subject, question, design, sampling, analysis, places, legal_basis, source, note. Lists: methods
    (`Method`), validity, not_reported, values ([[name, [code, …]], …]). Dates: fieldwork, reported_on,
    retention_until. Yes or no: tested, claims_influence. Numbers: year, k_screen, k_publish, strong_accounts,
    strong_groups, fair_accounts. `indicator` is the code of the indicator that the study reports for, or empty.
    Raises Refusal, NotFound (study, indicator), NotAllowed.
    """
    with study_held(by, agency, study, "mengubah studi budaya kerja") as (trace, held):
        store_columns(trace, held.row, study, _columns(held.row, fields))
        return held.row


def renew_framework(by: Actor, *, agency: str, study: str) -> Framework:
    """Take the framework as it stands now into a study that is still in design; its codebook follows.

    Raises Refusal outside the design and where codings rest on the tree, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "memperbarui kerangka studi") as (trace, held):
        if held.stage is not Stage.DESIGN or held.row.codings.exists():
            raise Refusal(
                "Kerangka studi tidak diperbarui.",
                Fault("kerangka sudah dipakai", Place(record=study), held.stage, Stage.DESIGN.value),
            )
        known = known_framework(agency, held.row.framework, date.today())
        store_columns(trace, held.row, study, {"content": content_of(known.framework)})
        held.row.codes.exclude(node="").delete()
        _write_codebook(held.row, known.framework)
        return known.framework


def set_member(by: Actor, *, agency: str, study: str, login: str, role: StudyRole | None) -> None:
    """Give a person a place in the team of a study, another one, or (None) none. The last lead stays.

    Raises Refusal, NotFound (study, account), NotAllowed.
    """
    with study_held(by, agency, study, "mengatur tim studi", published=True) as (trace, held):
        user = find_user(login)
        rows = tables.StudyMember.objects.filter(study=held.row)
        row = rows.filter(user=user).first()
        before = row.role if row else ""
        leads = rows.filter(role=StudyRole.LEAD.value).exclude(user=user)
        if before == StudyRole.LEAD.value and role is not StudyRole.LEAD and not leads.exists():
            raise Refusal(
                "Tim studi tidak diubah.", Fault("ketua terakhir", read=login, expected="satu ketua atau lebih")
            )
        if role is None:
            rows.filter(user=user).delete()
        else:
            tables.StudyMember.objects.update_or_create(study=held.row, user=user, defaults={"role": role.value})
        trace.changed(KIND, study, f"Tim: {login}", before, role.value if role else "")


def step_study(by: Actor, *, agency: str, study: str, to: Stage, reason: str = "") -> Stage:
    """Take a study one stage on, if its gate lets it, or back to any earlier one with a reason. Every step is kept.

    Publication has a verb of its own. Raises Refusal with everything that the gate asks for, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "memindahkan tahap studi", published=True) as (trace, held):
        before, why = held.stage, words(reason, "alasan")
        step = ORDER.index(to) - ORDER.index(before)
        if to is Stage.PUBLISHED or step > 1 or step == 0:
            expected = ORDER[min(ORDER.index(before) + 1, len(ORDER) - 2)].value
            raise Refusal(
                "Tahap studi tidak berubah.", Fault("tahap tidak berurutan", Place(record=study), to.value, expected)
            )
        if step < 0 and not why:
            raise Refusal("Tahap studi tidak berubah.", Fault("alasan kosong", expected="alasan untuk kembali"))
        if step > 0 and (faults := study_file(by, agency, study).gate()):
            raise Refusal(f"Studi belum dapat meninggalkan tahap {before}.", *faults)
        _move(trace, held, by, to, why)
        return to


def publish_study(by: Actor, *, agency: str, study: str, reason: str = "") -> dict[str, Any]:
    """Sign a study off: every conclusion verified, thresholds kept; what is published is frozen and returned.

    Raises Refusal with everything that is missing, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menerbitkan studi budaya kerja", Act.PUBLISH_STUDY) as (trace, held):
        check(by, Act.PUBLISH_STUDY, agency)
        file = study_file(by, agency, study)
        faults = list(file.gate())
        if held.stage is not Stage.CONCLUSION:
            faults.insert(0, Fault("tahap studi", Place(record=study), held.stage, Stage.CONCLUSION.value))
        if not file.conclusions:
            faults.append(Fault("studi tanpa simpulan", Place(record=study), expected="satu simpulan atau lebih"))
        if faults:
            raise Refusal(f"Studi {study} belum dapat diterbitkan.", *faults)
        held.row.edition = edition_of(file)
        held.row.published_at, held.row.published_by = timezone.now(), by.name
        _move(trace, held, by, Stage.PUBLISHED, words(reason, "alasan"))
        return dict(held.row.edition)


def remove_study(by: Actor, *, agency: str, study: str, reason: str) -> None:
    """Remove a study that was never published, with everything in it. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus studi budaya kerja") as (trace, held):
        why = words(reason, "alasan", empty=False)
        if held.row.surveys.exists() or held.row.published_at is not None:
            raise Refusal(
                "Studi tidak dihapus.", Fault("studi pernah terbit atau mempunyai survei", Place(record=study))
            )
        trace.changed(KIND, study, "", held.row.title, "", why)
        held.row.delete()


def _write_codebook(row: tables.Study, framework: Framework) -> None:
    """The deductive codes of a framework as rows of a study, behind the ones that it has; for verbs of this stage."""
    there = set(row.codes.values_list("code", flat=True))
    tables.StudyCode.objects.bulk_create(
        tables.StudyCode(
            study=row, order=number, code=item.code, name=item.name, node=item.node, family=item.family,
            definition=item.definition,
        )
        for number, item in enumerate(codebook(framework), 1)
        if item.code not in there
    )  # fmt: skip


def _move(trace: Trace, held: Held, by: Actor, to: Stage, why: str) -> None:
    before = held.stage
    trace.changed(KIND, held.row.code, "Tahap", before.value, to.value, why)
    tables.StudyStep.objects.create(study=held.row, before=before.value, after=to.value, reason=why, by=by.name)
    held.row.stage = to.value
    held.row.save()


def _columns(row: tables.Study, fields: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in fields.items():
        if name in TEXTS:
            made[name] = words(str(value), name, empty=name != "title", most=TEXTS[name])
        elif name in LISTS:
            made[name] = [line for item in value if (line := words(str(item), name, most=LONGEST_LINE))]
        elif name in WHOLE or name in DAYS or name in FLAGS:
            made[name] = value
        elif name == "year":
            made[name] = _year(value)
        elif name == "methods":
            made[name] = [Method(item).value for item in dict.fromkeys(value)]
        elif name == "values":
            made[name] = _values(row, value)
        elif name == "indicator":
            made["indicator_id"] = _indicator(row, str(value or ""))
        else:
            raise Refusal("Studi tidak disimpan.", Fault("isian tidak dikenal", read=name))
    _check_numbers(row, made)
    return made


def _check_numbers(row: tables.Study, made: Mapping[str, Any]) -> None:
    held = {name: made.get(name, getattr(row, name)) for name in WHOLE}
    Threshold(held["k_screen"], held["k_publish"])
    if not 1 <= held["fair_accounts"] <= held["strong_accounts"] <= 100 or not 1 <= held["strong_groups"] <= 100:
        raise Refusal(
            "Aturan kekuatan bukti tidak disimpan.",
            Fault("jumlah akun tidak berurutan", read=f"{held['fair_accounts']} dan {held['strong_accounts']}",
                  expected="cukup tidak melebihi kuat"),
        )  # fmt: skip


def _values(row: tables.Study, given: Iterable[Any]) -> list[list[Any]]:
    known = set(row.codes.values_list("code", flat=True)) if row.pk else set()
    made = []
    for name, codes in given:
        if row.pk and (strange := sorted(set(codes) - known)):
            raise Refusal("Peta nilai tidak disimpan.", Fault("kode tidak dikenal", read=", ".join(strange)))
        made.append([words(str(name), "nilai", empty=False, most=LONGEST_LINE), list(codes)])
    return made


def _indicator(row: tables.Study, code: str) -> int | None:
    if not code:
        return None
    pk = tables.Indicator.objects.filter(agency=row.agency_id, code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(f"Indikator {code} tidak ditemukan.")
    return pk


def _year(year: int) -> int:
    if not 1990 <= year <= 2200:
        raise Refusal("Studi tidak disimpan.", Fault("tahun tidak sah", read=str(year), expected="1990 sampai 2200"))
    return year


def _refuse_taken(agency: str, code: str) -> None:
    try:
        known: KnownFramework = known_framework(agency, code, date.today())
    except NotFound:
        return
    raise Refusal(
        "Kerangka tidak disimpan.",
        Fault("kode kerangka sudah dipakai", Place(record=code), known.framework.name, "kode yang lain"),
    )


def _keep_framework(
    trace: Trace, by: Actor, agency: str, row: tables.CultureFramework, made: Framework
) -> None:  # fmt: skip
    pk, _ = find_agency(agency)
    row.agency_id = pk
    trace |= {"framework": made.code}
    columns = {"code": made.code, "title": made.name, "content": content_of(made), "changed_by": by.name}
    store_columns(trace, row, made.code, columns, kind=FRAMEWORK)
