"""Many realisations one step further: each an act of its own with its own audit record, each with its own outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from selaras.actions.measurement import (
    lock_realisation,
    return_realisation,
    submit_realisation,
    verify_realisation,
)
from selaras.core.access import Act, Actor, check_somewhere, may_by_position
from selaras.core.errors import Refusal
from selaras.core.period import Period

MOST = 500


class Step(StrEnum):
    """The steps that a realisation can take."""

    SUBMIT = "ajukan"
    VERIFY = "verifikasi"
    RETURN = "kembalikan"
    LOCK = "kunci"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one realisation: done, or the sentence that says why not and how to mend it."""

    indicator: str
    period: Period
    done: bool
    words: str = ""


def move_realisations(
    by: Actor, *, agency: str, step: Step, items: Sequence[tuple[str, Period]], note: str = ""
) -> tuple[Outcome, ...]:
    """Take each realisation one step; what is refused stays as it is and does not hold up the others.

    `note` is for returning only. Raises Refusal for nothing or too many at once, NotAllowed and NotFound for an
    actor who may do this nowhere in the agency.
    """
    act = Act.MEASURE if step is Step.SUBMIT else Act.VERIFY
    if not any(may_by_position(by, act, agency, position) for _, position in by.positions):
        check_somewhere(by, act, agency)
    if not items:
        raise Refusal("Belum ada yang dipilih. Pilih dahulu barisnya.")
    if len(items) > MOST:
        raise Refusal(f"Terlalu banyak sekaligus: {len(items)}. Pilih paling banyak {MOST}.")
    return tuple(_moved(by, agency, step, indicator, period, note) for indicator, period in dict.fromkeys(items))


def _moved(by: Actor, agency: str, step: Step, indicator: str, period: Period, note: str) -> Outcome:
    try:
        if step is Step.RETURN:
            return_realisation(by, agency=agency, indicator=indicator, period=period, note=note)
        elif step is Step.SUBMIT:
            submit_realisation(by, agency=agency, indicator=indicator, period=period)
        elif step is Step.VERIFY:
            verify_realisation(by, agency=agency, indicator=indicator, period=period)
        else:
            lock_realisation(by, agency=agency, indicator=indicator, period=period)
    except Refusal as refusal:
        return Outcome(indicator, period, done=False, words=refusal.message)
    return Outcome(indicator, period, done=True)
