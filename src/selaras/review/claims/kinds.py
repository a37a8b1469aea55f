"""What a table is for: from the roles of its columns first, then from caption, headings and the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from selaras.review.claims.names import fold
from selaras.review.report import GridColumn, Role, TableKind
from selaras.rulebook.review_words import review_words

_ONLY_YEAR = re.compile(r"(?:tahun\s*)?\(?(?:19|20)[0-9]{2}\)?", re.IGNORECASE)
_PEOPLE = frozenset({Role.RANK, Role.SEX, Role.EDUCATION, Role.POST})
_MEASURED = frozenset({Role.REALISATION, Role.ACHIEVEMENT})


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[TableKind, tuple[str, ...]], ...]:
    return tuple((TableKind(kind), tuple(map(fold, words))) for kind, words in review_words().tables)


def _says(text: str, kind: TableKind) -> bool:
    padded = f" {text} "
    return any(f" {word} " in padded for name, words in _named() if name is kind for word in words)


def year_columns(roles: Sequence[Role], headers: Sequence[str], caption: str) -> list[Role]:
    """Columns headed by a year alone: targets, unless the caption speaks of realisation or comparison."""
    lone = [
        index
        for index, header in enumerate(headers)
        if roles[index] is Role.OTHER and _ONLY_YEAR.fullmatch(header.strip())
    ]
    if len(lone) < 2 and not (lone and Role.INDICATOR in roles):
        return list(roles)
    folded = fold(caption)
    measured = any(
        word in folded for word in ("realisasi", "capaian", "perbandingan", "perkembangan", "actual", "achievement")
    ) and ("target" not in folded or bool({Role.TARGET, Role.FINAL_TARGET} & set(roles)))
    role = Role.REALISATION if measured else Role.TARGET
    return [role if index in lone else item for index, item in enumerate(roles)]


def kind_of(
    columns: Sequence[GridColumn], caption: str, path: Sequence[str], before: str, banner: str = ""
) -> TableKind:
    """The kind of a table with these columns. The caption counts before the headings, these before the sentence."""
    roles = {column.role for column in columns}
    texts = [fold(f"{caption} {banner}"), fold(path[-1]) if path else "", fold(before)]
    return (
        _by_people(roles, texts, columns)
        or _by_money(roles, texts)
        or _by_work(roles, texts, columns, path)
        or _by_words(texts)
    )


def _by_people(roles: set[Role], texts: Sequence[str], columns: Sequence[GridColumn]) -> TableKind | None:
    if (Role.INTERVAL in roles and roles & {Role.CLASS, Role.COLOUR}) or (
        _says(texts[0], TableKind.SCALE) and not roles & {Role.INDICATOR, Role.PROGRAMME}
    ):
        return TableKind.SCALE
    if Role.NAME in roles and roles & _PEOPLE:
        return TableKind.ROSTER
    levels = sum(column.header.split(" / ")[-1].strip() in review_words().language.educations for column in columns)
    if levels > 2 or (roles & _PEOPLE and roles & {Role.TOTAL, Role.COUNT, Role.SEX} and Role.INDICATOR not in roles):
        return TableKind.STAFF
    if _says(texts[0], TableKind.REFORM) and Role.INDICATOR not in roles:
        return TableKind.REFORM
    return None


def _by_money(roles: set[Role], texts: Sequence[str]) -> TableKind | None:
    work = Role.INDICATOR in roles or Role.SASARAN in roles
    if work and (
        Role.EFFICIENCY in roles
        or ({Role.BUDGET, Role.SPENT} <= roles and roles & _MEASURED and Role.PROGRAMME not in roles)
    ):
        return TableKind.EFFICIENCY
    if Role.SPENT in roles and (Role.PROGRAMME in roles or not roles & {Role.TARGET, Role.REALISATION}):
        return TableKind.BUDGET
    if Role.BUDGET not in roles or roles & _MEASURED:
        return None
    named = next(
        (kind for kind in (TableKind.AGREEMENT, TableKind.RKT) if Role.TARGET in roles and _says(texts[0], kind)), None
    )
    return named or TableKind.PROGRAMMES


def _by_work(
    roles: set[Role], texts: Sequence[str], columns: Sequence[GridColumn], path: Sequence[str]
) -> TableKind | None:
    if roles & {Role.ANALYSIS, Role.SOLUTION} and roles & {Role.INDICATOR, Role.SASARAN}:
        return TableKind.ANALYSIS
    if roles & {Role.OBSTACLE, Role.CONSTRAINT}:
        return TableKind.OBSTACLES
    if Role.SUPPORT in roles or (Role.PROGRAMME in roles and Role.ACHIEVEMENT in roles and Role.TARGET not in roles):
        return TableKind.SUPPORT
    if Role.PROGRESS in roles or (Role.FINAL_TARGET in roles and roles & _MEASURED):
        return TableKind.PROGRESS
    if not roles & {Role.INDICATOR, Role.SASARAN}:
        return None
    years = {
        role: {column.year for column in columns if column.role is role and column.year}
        for role in (Role.TARGET, *_MEASURED)
    }
    if any(len(years[role]) > 1 for role in _MEASURED):
        return TableKind.COMPARISON
    if len(years[Role.TARGET]) > 1 and not roles & _MEASURED:
        return TableKind.RENSTRA
    if roles & _MEASURED and Role.TARGET in roles:
        summary = any(word in fold(item) for item in path for word in review_words().language.summaries)
        return TableKind.SUMMARY if summary else TableKind.ACHIEVEMENT
    if roles & _MEASURED:
        return TableKind.ACHIEVEMENT
    return _promised(texts, path) if Role.INDICATOR in roles else None


def _promised(texts: Sequence[str], path: Sequence[str]) -> TableKind | None:
    """Indicators with targets, or alone: what is promised, planned or listed, by the nearest words that say so."""
    order = (TableKind.SKP, TableKind.AGREEMENT, TableKind.RKT, TableKind.IKU, TableKind.RENSTRA)
    for text in (*texts[:2], *(fold(item) for item in reversed(path)), texts[2]):
        for kind in order:
            if _says(text, kind):
                return kind
    return TableKind.OTHER


def _by_words(texts: Sequence[str]) -> TableKind:
    for text in texts[:1]:
        for kind in (TableKind.SCALE, TableKind.STAFF, TableKind.REFORM):
            if _says(text, kind):
                return kind
    return TableKind.OTHER
