"""A study given as values (a worked example, an imported project) written into the tables; for verbs of this stage."""

from __future__ import annotations

from collections.abc import Mapping

from selaras.core.culture.coding import Material
from selaras.core.culture.conclusions import Advice, Conclusion
from selaras.core.culture.sources import fingerprint
from selaras.store import models as tables
from selaras.store.culture_rows import CODE
from selaras.store.models.culture import ActionState

BATCH = 1000


def write_material(row: tables.Study, material: Material, titles: Mapping[str, str] | None = None) -> None:
    """Everything of a material behind what a study has; codes that are there keep their rows."""
    people = _people(row, material)
    sources = _sources(row, material, people, titles or {})
    codes = _codes(row, material)
    segments = _segments(row, material, sources)
    tables.StudyCoding.objects.bulk_create(
        (
            tables.StudyCoding(
                study=row, segment_id=segments[item.segment], code_id=codes[item.code], stance=item.stance.value,
                kind=item.kind.value, coder=item.coder, layer=item.layer,
            )
            for item in material.codings
        ),
        batch_size=BATCH,
    )  # fmt: skip
    tables.StudyMemo.objects.bulk_create(
        (
            tables.StudyMemo(study=row, about=item.about, text=item.text, kind=item.kind.value, author=item.author)
            for item in material.memos
        ),
        batch_size=BATCH,
    )


def write_conclusions(row: tables.Study, conclusions: tuple[Conclusion, ...], advice: tuple[Advice, ...]) -> None:
    """Conclusions and recommendations in their order."""
    tables.StudyConclusion.objects.bulk_create(
        tables.StudyConclusion(
            study=row, order=order, code=item.code, construct=item.construct, statement=item.statement,
            codes=list(item.codes), override=item.override, reason=item.reason, rival=item.rival,
            recommendation=item.recommendation,
        )
        for order, item in enumerate(conclusions, 1)
    )  # fmt: skip
    tables.StudyAction.objects.bulk_create(
        tables.StudyAction(
            study=row, code=item.code, statement=item.statement, action=item.action, owner_words=item.owner, due=item.due,
            state=ActionState.PLANNED.value,
        )
        for item in advice
    )  # fmt: skip


def _people(row: tables.Study, material: Material) -> dict[str, int]:
    made = []
    for order, item in enumerate(material.informants, 1):
        given = item.consent
        made.append(
            tables.StudyInformant(
                study=row, order=order, code=item.code, role=item.role, group=item.group, reason=item.reason,
                holders=item.holders, consent_record=bool(given and given.record),
                consent_quote=bool(given and given.quote), consent_archive=bool(given and given.archive),
                consent_given=given.given if given else None, consent_form=given.form if given else "",
                named_by_office=bool(given and given.named_by_office), withdrawn=given.withdrawn if given else None,
            )
        )  # fmt: skip
    return {item.code: item.pk for item in tables.StudyInformant.objects.bulk_create(made)}


def _sources(
    row: tables.Study, material: Material, people: Mapping[str, int], titles: Mapping[str, str]
) -> dict[str, tables.StudySource]:
    made = tables.StudySource.objects.bulk_create(
        tables.StudySource(
            study=row, order=order, code=item.code, title=titles.get(item.code) or item.method.value.capitalize(),
            method=item.method.value, held=item.held, place=item.place, collector=item.collector, joint=item.joint,
            gap=item.gap, seal=item.seal, length=len(item.text), text=item.text,
        )
        for order, item in enumerate(material.sources, 1)
    )  # fmt: skip
    found = {item.code: item for item in made}
    through = tables.StudySource.informants.through
    through.objects.bulk_create(
        through(studysource_id=found[item.code].pk, studyinformant_id=people[person])
        for item in material.sources
        for person in item.informants
    )
    return found


def _codes(row: tables.Study, material: Material) -> dict[str, int]:
    there = dict(row.codes.values_list("code", "pk"))
    tables.StudyCode.objects.bulk_create(
        (
            tables.StudyCode(study=row, order=order, **{name: getattr(item, name) for name in CODE})
            for order, item in enumerate(material.codes, len(there) + 1)
            if item.code not in there
        ),
        batch_size=BATCH,
    )
    return dict(row.codes.values_list("code", "pk"))


def _segments(row: tables.Study, material: Material, sources: Mapping[str, tables.StudySource]) -> dict[str, int]:
    tables.StudySegment.objects.bulk_create(
        (
            tables.StudySegment(
                study=row, source=(source := sources[item.source]), code=item.code, number=number, start=item.start,
                end=item.end, within=source.length, sha256=fingerprint(source.text[item.start : item.end]), by=row.created_by,
            )
            for number, item in enumerate(material.segments, 1)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return dict(row.segments.values_list("code", "pk"))
