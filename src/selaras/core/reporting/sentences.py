"""Sentences about figures, made from the figures: formal Indonesian, no praise that the number does not carry."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from selaras.core.computed import Computed
from selaras.core.law import Band
from selaras.core.numerals import format_number
from selaras.core.planning import Indicator, Polarity
from selaras.core.reporting.composition import Part
from selaras.core.reporting.figures import Aim
from selaras.core.terbilang import spell
from selaras.core.value import Value, ValueKind

HUNDRED = Decimal(100)


def count(number: int) -> str:
    """A count as running text has it: in words where one or two words do, else in digits (EYD V)."""
    words = spell(Decimal(number))
    return words if len(words.split()) <= 2 else format_number(Decimal(number))


def counts(numbers: list[int]) -> list[str]:
    """Counts that stand in one series: all in words, or all in digits if one of them needs digits (EYD V)."""
    words = [count(number) for number in numbers]
    return [format_number(Decimal(number)) for number in numbers] if any(word[0].isdigit() for word in words) else words


def series(items: list[str]) -> str:
    """Items joined as Indonesian does: a, b, dan c; with semicolons where an item holds a comma itself."""
    if len(items) < 2:
        return "".join(items)
    last = "serta" if any(" dan " in item for item in items) else "dan"
    if any(", " in item for item in items):
        return f"{'; '.join(items[:-1])}; {last} {items[-1]}"
    if len(items) == 2:
        return f"{items[0]} {last} {items[1]}"
    return f"{', '.join(items[:-1])}, {last} {items[-1]}"


def outcome(tally: Mapping[str, int]) -> str:
    """How many indicators met their target, missed it, or cannot be judged; what does not occur is not said."""
    words = {"met": "mencapai target", "missed": "belum mencapai target", "open": "belum dapat dinilai"}
    found = [(tally[key], said) for key, said in words.items() if tally[key]]
    if len(found) == 1 and found[0][0] > 1:
        return f"seluruh indikator ({found[0][0]}) {found[0][1]}"
    numbers = counts([number for number, _ in found])
    parts = [f"{number} {said}" for number, (_, said) in zip(numbers, found, strict=True)]
    if parts:
        opening = "sebanyak " if numbers[0].isdigit() else ""
        parts[0] = f"{opening}{numbers[0]} indikator {found[0][1]}"
    return series(parts)


def follow_up(total: int, done: int) -> str:
    """How many obstacles are recorded, and how many follow-ups are finished."""
    if not done:
        state = "belum ada tindak lanjut yang selesai"
    elif done == total:
        state = "seluruh tindak lanjutnya telah selesai"
    else:
        state = f"{count(done)} tindak lanjut di antaranya telah selesai"
    return f"{count(total)} hambatan; {state}"


def sentence(words: str) -> str:
    """Words with a capital at the beginning, the rest untouched."""
    return words[:1].upper() + words[1:]


def difference(old: Value, new: Value) -> str:
    """The size of a change in words: percentage points for percentages, the plain difference for numbers."""
    if old.amount is None or new.amount is None:
        return ""
    size = abs(new.amount - old.amount)
    if new.kind is ValueKind.PERCENT:
        return f"{format_number(size)} poin persentase"
    share = f" ({format_number(size / abs(old.amount) * 100, places=2)}%)" if old.amount else ""
    return f"{format_number(size)}{share}"


def verdict(
    indicator: Indicator, aim: Aim, realised: Value | None, figure: Computed, *, met: bool | None, band: Band | None
) -> tuple[Part, ...]:
    """Whether the target of the year was met, with target, realisation, achievement and class."""
    if aim.value is None:
        return (f"{indicator.name}: target tahun ini belum ditetapkan, sehingga capaian tidak dapat dihitung.",)
    if realised is None:
        return (f"{indicator.name}: realisasi belum diisi terhadap target {aim.shown()} ({aim.document}).",)
    opening = f"{indicator.name} terealisasi {realised.shown()} terhadap target {aim.shown()} ({aim.document})"
    if figure.value is None:
        return (f"{opening}; capaian tidak dihitung karena {figure.status.value}.",)
    kelas = f", kelas {band.label}" if band else ""
    outcome = "target tercapai" if met else "target belum tercapai"
    if (met and figure.raw is not None and figure.raw > 100) or (met and figure.value > 100):
        outcome = "target terlampaui"
    return (f"{opening}, sehingga capaiannya ", figure, f"{kelas}; {outcome}.")


def movement(indicator: Indicator, old_year: int, old: Value | None, year: int, new: Value | None) -> tuple[Part, ...]:
    """How the realisation moved since last year; the direction follows the sign, the judgement the polarity."""
    if old is None or new is None:
        missing = old_year if old is None else year
        return (
            f"{indicator.name}: realisasi tahun {missing} tidak tersedia, sehingga perubahan tidak dapat dihitung.",
        )
    if new.amount is None or old.amount is None:
        same = "sama dengan" if new == old else "berbeda dari"
        return (
            f"{indicator.name} pada tahun {year} memperoleh {new.shown()}, {same} tahun {old_year} ({old.shown()}).",
        )
    if new.amount == old.amount:
        return (f"Realisasi {indicator.name} tetap {new.shown()} seperti tahun {old_year}.",)
    rises = new.amount > old.amount
    direction = "naik" if rises else "turun"
    better = rises is (indicator.polarity is Polarity.HIGHER)
    judgement = (
        ""
        if indicator.polarity is Polarity.RANGE
        else "; perubahan ini merupakan perbaikan"
        if better
        else "; perubahan ini merupakan penurunan kinerja"
    )
    return (
        f"Realisasi {indicator.name} {direction} {difference(old, new)}, dari {old.shown()} pada tahun {old_year} "
        f"menjadi {new.shown()} pada tahun {year}{judgement}.",
    )


def lowered(indicator: Indicator, aim: Aim, year: int, last: Value | None) -> tuple[Part, ...]:
    """That the target of the year asks for less than the year before had reached; empty where it does not."""
    target = aim.value
    if target is None or last is None or target.kind is not last.kind or target.amount is None or last.amount is None:
        return ()
    gap = last.amount - target.amount
    if indicator.polarity is Polarity.LOWER:
        gap = -gap
    if indicator.polarity is Polarity.RANGE or target.upper is not None or gap <= 0:
        return ()
    return (
        f"Target {indicator.name} tahun {year} ({target.shown()}) lebih ringan daripada realisasi tahun {year - 1} "
        f"({last.shown()}), sehingga memerlukan penjelasan.",
    )


def course(indicator: Indicator, values: list[tuple[int, Value]]) -> tuple[Part, ...]:
    """How the realisation ran over several years: first, last, highest and lowest; no trend is claimed."""
    numbers = [(year, value) for year, value in values if value.amount is not None]
    if len(numbers) < 3:
        return ()
    (first_year, first), (last_year, last) = numbers[0], numbers[-1]
    amounts = [value.amount for _, value in numbers if value.amount is not None]
    steps = [later - earlier for earlier, later in pairwise(amounts)]
    run = (
        "naik setiap tahun"
        if all(step > 0 for step in steps)
        else "turun setiap tahun"
        if all(step < 0 for step in steps)
        else ""
    )
    if not run:
        run = "tidak berubah" if not any(steps) else "berubah-ubah"
    top_year, top = max(numbers, key=lambda pair: pair[1].amount or Decimal(0))
    low_year, low = min(numbers, key=lambda pair: pair[1].amount or Decimal(0))
    return (
        f"Selama {first_year}–{last_year} realisasi {indicator.name} {run}: {first.shown()} pada tahun {first_year} dan "
        f"{last.shown()} pada tahun {last_year}; tertinggi {top.shown()} ({top_year}), terendah {low.shown()} ({low_year}).",
    )


def headway(
    indicator: Indicator, realised: Value | None, final: Aim, last_year: int, figure: Computed
) -> tuple[Part, ...]:
    """How far the plan's final target has been reached, and what is left."""
    if final.value is None:
        return (f"{indicator.name}: target akhir Renstra ({last_year}) belum ditetapkan.",)
    if realised is None or figure.value is None:
        return (
            f"{indicator.name}: kemajuan menuju target {final.shown()} pada tahun {last_year} belum dapat dihitung.",
        )
    rest = ""
    if realised.amount is not None and final.value.amount is not None and indicator.polarity is Polarity.HIGHER:
        gap = final.value.amount - realised.amount
        rest = f"; masih kurang {difference(realised, final.value)}" if gap > 0 else "; target akhir telah dicapai"
    return (
        f"Realisasi {indicator.name} sebesar {realised.shown()} setara dengan ",
        figure,
        f" dari target akhir Renstra {final.shown()} pada tahun {last_year}{rest}.",
    )


def closed(items: list[tuple[Part, ...]]) -> list[tuple[Part, ...]]:
    """The items of a list with semicolons between them and a full stop at the end."""
    last = len(items) - 1
    return [(*item, "." if index == last else ";") for index, item in enumerate(items)]
