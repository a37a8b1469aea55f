"""Target, realisasi, atau capaian yang disebut kalimat untuk indikator atau sasaran harus sama dengan tabel.

Mengapa: pembaca percaya kepada kalimat; target yang ditulis lain daripada tabel membuat capaian tampak lain.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: “target jumlah layanan tahun 2024 sebesar 17 layanan”, padahal semua tabel menargetkan 14.
Benar: “target jumlah layanan tahun 2024 sebesar 14 layanan”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.arithmetic import fraction
from selaras.review.concordance import saying
from selaras.review.likeness import fold
from selaras.review.prose import YEAR
from selaras.review.report import Grid, Report, Role, Sentence
from selaras.review.spoken import Part, Spoken, is_formula, spoken
from selaras.review.subjects import Subject, agrees, amounts, named, shares
from selaras.review.topics import About, topics
from selaras.review.wording import amount, places, short, shown, table_name

CODE = "CR11"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
MOST_ROWS = 10
_F = re.IGNORECASE
_MONEY = re.compile(r"\b(?:anggaran|keuangan|pagu|dana|serap\w*|penyerapan|terserap|fisik|biaya|belanja)\b", _F)
_ELSEWHERE = re.compile(
    r"\b(?:akhir|renstra|rencana strategis|jangka menengah|rpjm\w*|rpd|nasional|rata-?\s?rata|rerata|triwulan|semester|tw|bulan\w*|"
    r"minimal|maksimal|di\s?atas|di\s?bawah|lebih dari|kurang dari|hampir|mendekati|skala|kumulatif|selisih|deviasi|gap)\b",
    _F,
)
_PARTS = re.compile(r"\b(?:program|kegiatan|sub\s?kegiatan)\b", _F)
_LABEL = re.compile(r"\b(?:IKU?|IKK|IKS)\s?-?\d", _F)
_EFFICIENCY = re.compile(r"\befisiensi\b", _F)
_MEAN = re.compile(r"\b(?:rata-?\s?rata|rerata)\s+(?:\w+\s+){0,2}?(efisiensi|capaian|pencapaian)\b[^,;]{0,40}$", _F)
_MEANS = re.compile(r"rata-?\s?rata|rerata", _F)
_AFTER_NUMBER = frozenset({
    "", "pada", "di", "tahun", "dan", "dari", "dengan", "atau", "sedangkan", "namun", "tetapi", "realisasi", "target",
    "capaian", "terealisasi", "tercapai", "sehingga", "maka", "sementara",
})  # fmt: skip
_ROLE_WORD = re.compile(r"\b(?:di|te)?(target|realisasi|capaian)(?:kan|nya)?\b", _F)
_ASIDE = re.compile(
    r"\b(?:naik|turun|meningkat|menurun|peningkatan|penurunan|kenaikan|kurang|lebih|belum|tidak|sisa|antara)\b", _F
)
_SAYS = re.compile(r"\b(?:sebesar|sebanyak|adalah|yaitu|yakni|berjumlah|sejumlah|mencapai|menjadi)\s*$", _F)
_REACHES = re.compile(r"\b(?:mencapai|sebesar|sebanyak)\s*$", _F)
_VERDICT = re.compile(
    r"\s*(?:[a-z]+\s?){0,2},?\s*(?:masih\s+|telah\s+|sudah\s+)?(?:belum|tidak|melampaui|melebihi|memenuhi|di\s?(?:atas|bawah)|lebih\s+\w+\s+(?:dari|daripada))\b[^.;]{0,30}?"
    r"\b(?:target|rencana|batas)\b",
    _F,
)
_YEAR_BEHIND = re.compile(r"\s*(?:\(|(?:pada |di )?tahun )((?:19|20)[0-9]{2})\b", _F)
_OPENS_VALUE = re.compile(r"(?:[:;,(]|\b(?:tertinggi|terendah|dan|dari|menjadi|sebesar|adalah|yaitu|yakni))\s*$", _F)
_EFFICIENT = re.compile(r"\s*(?:tingkat\s+)?efisiensi\b", _F)
_BY_WORD = {"target": Role.TARGET, "realisasi": Role.REALISATION, "capaian": Role.ACHIEVEMENT}
_ROLES = {Part.TARGET: Role.TARGET, Part.REALISATION: Role.REALISATION, Part.PERCENT: Role.ACHIEVEMENT}


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every figure that a sentence gives to an indicator or sasaran, then every stated mean of a column."""
    for sentence, about in topics(report):
        for item in spoken(sentence):
            yield from _figure(report, sentence, item, about)
    for sentence in saying(report, _MEANS, running=True):
        for item in spoken(sentence):
            yield from _mean(report, sentence, item)


def _figure(report: Report, sentence: Sentence, item: Spoken, about: About) -> Iterator[Finding]:
    dated = _dated(sentence, item, about)
    role = dated[0] if dated else _efficiency(sentence, item, about) or _role(sentence, item, about)
    if role is None or _speaks_of_money(item):
        return
    meant = _meant(about.subjects, role)
    if dated:
        heard = [amounts(subject, {role}, {dated[1]}, report) for subject in meant]
    else:
        heard = [_values(report, sentence, item, subject, role) for subject in meant]
    if not meant or not all(heard) or not all(_is_of_unit(item, subject, about, role) for subject in meant):
        return
    if any(agrees(item.figure, values) for values in heard):
        return
    subject = meant[-1]
    right = sorted(heard[-1])
    yield _finding(sentence, item, subject, role, right, _spots(report, subject, role))


def _dated(sentence: Sentence, item: Spoken, about: About) -> tuple[Role, int] | None:
    """`realisasi NAME …: 79% pada tahun 2020; tertinggi 89,13% (2024)`: the only role of the sentence, and the year behind."""
    year = _YEAR_BEHIND.match(item.after)
    if year is None or about.carried or len(about.subjects) != 1 or not _OPENS_VALUE.search(item.before):
        return None
    said = {word.casefold() for word in _ROLE_WORD.findall(_without_names(sentence.text[: item.start], about))}
    role = _BY_WORD[said.pop()] if len(said) == 1 else None
    if role not in (Role.TARGET, Role.REALISATION) or _ELSEWHERE.search(_without_names(sentence.text, about)):
        return None
    return role, int(year[1])


def _efficiency(sentence: Sentence, item: Spoken, about: About) -> Role | None:
    """`Tingkat efisiensi NAME sebesar 131,07%`: nothing but the name stands between the word and the figure."""
    before = sentence.text[: item.start]
    if not item.figure.percent or about.carried or len(about.subjects) != 1 or not _SAYS.search(before):
        return None
    match = _EFFICIENT.match(before)
    named_ = match is not None and len(named(before[match.end() :], about.subjects)) == 1
    return Role.EFFICIENCY if named_ and not _ROLE_WORD.search(_without_names(before, about)) else None


def _without_names(text: str, about: About) -> str:
    for subject in about.subjects:
        text = _named(subject.name).sub(" ", text)
    return text


@lru_cache(maxsize=1024)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), _F)


def _meant(told: Sequence[Subject], role: Role) -> list[Subject]:
    """Of the subjects those that can have a value in the role: a sasaran of several indicators has no target of its own."""
    if role is Role.ACHIEVEMENT:
        return list(told)
    single = [subject for subject in told if not subject.is_goal]
    return single or [subject for subject in told if len(subject.indicators()) == 1]


def _role(sentence: Sentence, item: Spoken, about: About) -> Role | None:
    figure = item.figure
    if figure.money or is_formula(item) or figure.doubtful:
        return None
    clause = item.before.rsplit(",", 1)[-1]
    if _ELSEWHERE.search(clause) or _ELSEWHERE.search(re.split(r"[,;.]", item.after, maxsplit=1)[0]):
        return None
    role = _ROLES.get(item.part) or _distant(item, about) or _plain(sentence, item, about)
    if role is Role.ACHIEVEMENT and (not figure.percent or _LABEL.search(sentence.text)):
        return None
    return role


def _distant(item: Spoken, about: About) -> Role | None:
    """The last role word before the figure, however long the name that stands between them."""
    names = " ".join(subject.name for subject in about.subjects)
    if _ROLE_WORD.search(names) or _ASIDE.search(item.before):
        return None
    said = _ROLE_WORD.findall(item.before)
    return _BY_WORD[said[-1].casefold()] if said and _SAYS.search(item.before) else None


def _plain(sentence: Sentence, item: Spoken, about: About) -> Role | None:
    """`NAME mencapai 17.945 ton, belum memenuhi target 18.500 ton`: what an indicator reaches is its realisation."""
    if about.carried or len(about.subjects) != 1 or about.subjects[0].is_goal or not _VERDICT.match(item.after):
        return None
    before = sentence.text[: item.start]
    alone = item.start == min(other.start for other in spoken(sentence)) and not _ROLE_WORD.search(
        _without_names(before, about)
    )
    return Role.REALISATION if alone and _REACHES.search(before) and not _ASIDE.search(item.before) else None


def _speaks_of_money(item: Spoken) -> bool:
    return bool(_MONEY.search(item.before[-80:]) or _MONEY.match(item.after.lstrip()) or _PARTS.search(item.before))


def _values(report: Report, sentence: Sentence, item: Spoken, subject: Subject, role: Role) -> set[Fraction]:
    if role is Role.ACHIEVEMENT:
        return shares(subject, report)
    if role is Role.EFFICIENCY:
        return _efficiencies(subject)
    found = amounts(subject, {role}, _years(report, sentence, item, subject), report)
    if role is Role.REALISATION and item.figure.percent and found:
        found |= shares(subject, report)
    return found


def _efficiencies(subject: Subject) -> set[Fraction]:
    """What the tables of efficiency give to an indicator."""
    rows = {(id(claim.grid), claim.row): claim.grid for claim in subject.claims}
    cells = [grid.rows[row].cells[at] for (_, row), grid in rows.items() for at in grid.columns_of(Role.EFFICIENCY)]
    return {fraction(cell.figure.amount) for cell in cells if cell.figure is not None}


def _years(report: Report, sentence: Sentence, item: Spoken, subject: Subject) -> set[int | None]:
    """The years that the words beside a figure allow: those of its clause, else all that stand near, else the report's."""
    clause = {int(year) for year in YEAR.findall(item.before.rsplit(",", 1)[-1])}
    if len(clause) == 1:
        return {*clause}
    after = {int(year) for year in YEAR.findall(re.split(r"[,;]", item.after, maxsplit=1)[0])}
    beside = after | {int(year) for year in YEAR.findall(item.before)}
    if beside:
        return {*beside}
    around = {int(year) for text in (sentence.text, *sentence.path) for year in YEAR.findall(text)}
    if around - {report.identity.year}:
        return {claim.year or report.identity.year for claim in subject.claims}
    return {report.identity.year}


def _is_of_unit(item: Spoken, subject: Subject, about: About, role: Role) -> bool:
    """Whether the figure can be a value of the subject: its unit, and no other noun after it."""
    if role in (Role.ACHIEVEMENT, Role.EFFICIENCY):
        return not about.carried
    units = subject.units()
    if item.figure.percent:
        return bool(units & {"persen", "%", "persentase"}) or fold(subject.name).startswith("persentase")
    following = re.match(r"\W*(\w*)", item.after)
    word = following[1].casefold() if following else ""
    if word in units and word:
        return True
    return not about.carried and (word in _AFTER_NUMBER or item.after[:1] in ".,;:)(")


def _spots(report: Report, subject: Subject, role: Role) -> list[Place]:
    year = report.identity.year
    return [
        claim.place
        for claim in subject.claims
        if claim.role is role and claim.value is not None and (claim.year or year) == year
    ][:3]


def _finding(
    sentence: Sentence, item: Spoken, subject: Subject, role: Role, right: Sequence[Fraction], spots: Sequence[Place]
) -> Finding:
    told = ", ".join(_shown(value, item) for value in right[:4])
    what = "Sasaran" if subject.is_goal else "Indikator"
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"{what} “{short(subject.name)}”: {role.value} dalam kalimat {amount(item.figure)}, tidak ada tabel yang menyebutnya.",
        stated=f"{role.value} {amount(item.figure)}",
        expected=f"{role.value} {told}" if len(right) <= 4 else f"{role.value} yang sama dengan tabel",
        places=places([sentence.place_at(item.start), *spots]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel, atau perbaiki tabelnya.",
    )


def _shown(value: Fraction, item: Spoken) -> str:
    decimals = 0 if value.denominator == 1 else max(2, item.figure.decimals)
    return shown(value, decimals) + ("%" if item.figure.percent else "")


def _mean(report: Report, sentence: Sentence, item: Spoken) -> Iterator[Finding]:
    """A stated mean of efficiency that is the mean of no rows of any such column."""
    match = _MEAN.search(item.before) if item.figure.percent else None
    if match is None or not _EFFICIENCY.match(match[1]) or _of_other_year(report, sentence):
        return
    columns = [(grid, column) for grid in report.grids for column in grid.columns_of(Role.EFFICIENCY)]
    if not columns or any(agrees(item.figure, _possible(grid, column)) for grid, column in columns):
        return
    grid, column = columns[0]
    last = next((row.cells[column] for row in grid.rows if row.mean and row.cells[column].figure), None)
    written = last.text if last is not None else ""
    yield Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"Rata-rata efisiensi dalam kalimat {amount(item.figure)}; {table_name(grid)} tidak menghasilkan angka itu"
        + (f" (rata-ratanya {written})." if written else "."),
        stated=amount(item.figure),
        expected=written or f"rata-rata kolom dalam {table_name(grid)}",
        places=places([sentence.place_at(item.start), last.place if last is not None else grid.place]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel efisiensi.",
    )


def _possible(grid: Grid, column: int) -> set[Fraction]:
    """The figures of a column, and the means of any of its rows."""
    rows = [row.cells[column].figure for row in grid.rows if not row.cells[column].spanned]
    values = [fraction(figure.amount) for figure in rows if figure is not None]
    found = set(values)
    for size in range(2, len(values) + 1) if len(values) <= MOST_ROWS else (len(values),):
        found |= {sum(group, Fraction(0)) / size for group in combinations(values, size)}
    return found


def _of_other_year(report: Report, sentence: Sentence) -> bool:
    years = {int(year) for year in YEAR.findall(sentence.text)}
    return bool(years - {report.identity.year})
