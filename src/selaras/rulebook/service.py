"""Loads what is known of public service: the satisfaction surveys and the components of a service standard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.document import Tone
from selaras.core.law import Source
from selaras.core.registers.standards import StandardComponent
from selaras.core.registers.survey import Element, SampleRule, ServiceSurvey, SurveyBand
from selaras.rulebook.entry import Entry
from selaras.rulebook.tables import RuleFile, percentage, positive, within

SKM, SMART = "skm", "smart"


@lru_cache(maxsize=8)
def load_surveys(day: date) -> dict[str, ServiceSurvey]:
    """The surveys in force on `day`, by code. Raises Refusal if the file is broken."""
    return read_surveys(files("selaras.rulebook") / "data" / "skm", day)


def read_surveys(folder: Traversable, day: date) -> dict[str, ServiceSurvey]:
    """The surveys of the file in `folder`; one code must not be in force twice."""
    file = RuleFile(folder, "surveys.toml", day)
    made = [survey for survey, _ in file.all("survey", _survey)]
    file.whole.done()
    if len({survey.code for survey in made}) != len(made):
        raise file.whole.refusal("survei berlaku ganda pada waktu yang sama", ", ".join(item.code for item in made))
    return {survey.code: survey for survey in made}


@lru_cache(maxsize=8)
def load_standard(day: date) -> tuple[tuple[StandardComponent, ...], Source]:
    """The components of a service standard in force on `day`, with their source."""
    return read_standards(files("selaras.rulebook") / "data" / "skm", day)[0]


@lru_cache(maxsize=8)
def load_strategies(day: date) -> tuple[Element, ...]:
    """The strategies of good service, as a checklist."""
    return read_standards(files("selaras.rulebook") / "data" / "skm", day)[1]


def read_standards(
    folder: Traversable, day: date
) -> tuple[tuple[tuple[StandardComponent, ...], Source], tuple[Element, ...]]:
    """The components with their source, and the strategies, of the file in `folder`. Raises Refusal if it is broken."""
    file = RuleFile(folder, "standards.toml", day)
    standard = file.only("standard", _standard)
    strategies = file.only("strategies", _strategies)
    file.whole.done()
    return standard, strategies


def _standard(entry: Entry, source: Source) -> tuple[tuple[StandardComponent, ...], Source]:
    entry.text("code")
    entry.text("name")
    made = []
    for item in entry.entries("components", "code"):
        made.append(StandardComponent(item.text("code"), item.text("name"), item.flag("published")))
        item.done()
    if not made or len({item.code for item in made}) != len(made):
        raise entry.refusal("komponen kosong atau ganda", ", ".join(item.code for item in made))
    return tuple(made), source


def _strategies(entry: Entry, _source: Source) -> tuple[Element, ...]:
    entry.text("code")
    entry.text("name")
    return _items(entry)


def _items(entry: Entry, key: str = "items") -> tuple[Element, ...]:
    made = []
    for item in entry.entries(key, "code"):
        made.append(Element(item.text("code"), item.text("name")))
        item.done()
    return tuple(made)


def _survey(entry: Entry, source: Source) -> ServiceSurvey:
    return ServiceSurvey(
        entry.text("code"), entry.text("name"), _items(entry, "elements"), within(entry, "lowest", 0, 10),
        within(entry, "highest", 1, 11), positive(entry, "factor"), source,
        tuple(_band(item) for item in entry.entries("bands", "letter")), _sample(entry), entry.labels("answers"),
        within(entry, "places", 0, 4), within(entry, "weakest", 1, 9),
    )  # fmt: skip


def _band(item: Entry) -> SurveyBand:
    made = SurveyBand(
        item.text("letter"), item.text("name"), percentage(item, "least"), percentage(item, "most"),
        item.choice("tone", Tone, Tone.NONE),
    )  # fmt: skip
    item.done()
    return made


def _sample(entry: Entry) -> SampleRule | None:
    if "sample" not in entry.fields:
        return None
    fields = entry.fields.pop("sample")
    if not isinstance(fields, dict):
        raise entry.refusal("sample salah jenis", fields, "tabel")
    item = Entry(entry.file, f"{entry.name} / sample", fields)
    chi, share, error = (_share(item, key, check) for key, check in _CONSTANTS)
    item.done()
    return SampleRule(chi, share, error)


def _share(item: Entry, key: str, fits: Callable[[Decimal], bool]) -> Decimal:
    value = positive(item, key)
    if not fits(value):
        raise item.refusal(f"{key} di luar batas", value, "di antara 0 dan 1")
    return value


_CONSTANTS: tuple[tuple[str, Callable[[Decimal], bool]], ...] = (
    ("chi_square", lambda _: True),
    ("share", lambda value: value < 1),
    ("error", lambda value: value < 1),
)
