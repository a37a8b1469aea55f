"""Reads a worked example of a culture study: segment texts are joined to sources, offsets counted, texts locked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from selaras.core.culture.coding import Code, Coding, Kind, Material, Memo, MemoKind, Segment, Stance, codebook
from selaras.core.culture.conclusions import Advice, Conclusion
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.sources import Informant, Method, Source, lock
from selaras.core.culture.studies import Example, Study
from selaras.rulebook.entry import Entry

Choice = TypeVar("Choice", bound=StrEnum)
CODER = "penyandi-1"


def example_from(whole: Entry, frameworks: Mapping[str, Framework]) -> Example:
    """One example from its file; every field is read strictly, and the lengths of its texts are held against them."""
    study = _study(Entry(whole.file, "study", whole.fields.pop("study", {})))
    framework = frameworks.get(study.framework)
    if framework is None:
        raise whole.refusal("kerangka tidak dikenal", study.framework, " | ".join(frameworks))
    informants = tuple(_informant(item) for item in whole.entries("informants", "code"))
    inductive = tuple(_code(item) for item in whole.entries("codes", "code"))
    read = [_source(item) for item in whole.entries("sources", "code")]
    memos = tuple(_memo(item) for item in whole.entries("memos", "about"))
    segments = sorted((segment for _, found, _ in read for segment in found), key=lambda segment: int(segment.code))
    material = Material(
        informants, tuple(source for source, _, _ in read), (*codebook(framework), *inductive), tuple(segments),
        tuple(coding for _, _, codings in read for coding in codings), memos,
    )  # fmt: skip
    conclusions = tuple(_conclusion(item) for item in whole.entries("conclusions", "code"))
    advice = tuple(_advice(item) for item in whole.entries("advice", "code"))
    values = tuple(_value(item) for item in whole.entries("values", "name"))
    return Example(study, framework, material, conclusions, advice, values)


def _study(entry: Entry) -> Study:
    made = Study(
        entry.text("code"), entry.text("title"), entry.text("agency"), entry.text("framework"), entry.text("design", ""),
        entry.text("sampling", ""), entry.text("analysis", ""), _choices(entry, "methods", Method),
        _labels(entry, "validity"), entry.day_or_none("published"), entry.day_or_none("fieldwork"),
        entry.flag("tested"), entry.flag("claims_influence"), _labels(entry, "not_reported"), entry.text("source"),
        entry.text("note", ""),
    )  # fmt: skip
    entry.done()
    return made


def _informant(item: Entry) -> Informant:
    holders = item.whole("holders") if "holders" in item.fields else None
    made = Informant(item.text("code"), item.text("role"), item.text("group"), item.text("reason", ""), holders)
    item.done()
    return made


def _code(item: Entry) -> Code:
    made = Code(
        item.text("code"), item.text("name"), family=item.text("family", ""), definition=item.text("definition", "")
    )  # fmt: skip
    item.done()
    return made


def _source(item: Entry) -> tuple[Source, list[Segment], list[Coding]]:
    code = item.text("code")
    texts: list[str] = []
    segments: list[Segment] = []
    codings: list[Coding] = []
    start = 0
    for below in item.entries("segments", "code"):
        text = below.text("text")
        name, kind = below.text("code"), below.choice("kind", Kind)
        segments.append(Segment(name, code, start, start + len(text)))
        codings += [_coding(below, name, kind, label) for label in below.labels("codings")]
        below.done()
        texts.append(text)
        start += len(text) + 1
    whole = "\n".join(texts)
    if (length := item.whole("length")) != len(whole):
        raise item.refusal("panjang teks berbeda dari yang tertulis", len(whole), str(length))
    source = Source(
        code, item.choice("method", Method), whole, item.day_or_none("held"), _labels(item, "informants"),
        item.flag("joint"), item.text("collector", ""), gap=item.text("gap", ""),
    )  # fmt: skip
    item.done()
    return lock(source), segments, codings


def _coding(item: Entry, segment: str, kind: Kind, label: str) -> Coding:
    code, mark = label[:-1], label[-1:]
    if mark not in set(Stance):
        raise item.refusal("penyandian tanpa arah", label, "kode diikuti +, 0, atau -")
    return Coding(segment, code, Stance(mark), kind, CODER)


def _memo(item: Entry) -> Memo:
    made = Memo(item.text("about"), item.text("text"), MemoKind.CONDENSATION, CODER)
    item.done()
    return made


def _conclusion(item: Entry) -> Conclusion:
    made = Conclusion(item.text("code"), item.text("statement"), item.labels("codes"), item.text("construct", ""))
    item.done()
    return made


def _advice(item: Entry) -> Advice:
    made = Advice(
        item.text("code"),
        item.text("statement"),
        item.text("owner", ""),
        item.text("action", ""),
        item.day_or_none("due"),
    )
    item.done()
    return made


def _value(item: Entry) -> tuple[str, tuple[str, ...]]:
    made = item.text("name"), item.labels("codes")
    item.done()
    return made


def _labels(entry: Entry, key: str) -> tuple[str, ...]:
    return entry.labels(key) if key in entry.fields else ()


def _choices(entry: Entry, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
    found = []
    for text in _labels(entry, key):
        if text not in {item.value for item in kind}:
            raise entry.refusal(f"{key} memuat isian yang tidak dikenal", text, " | ".join(kind))
        found.append(kind(text))
    return tuple(found)
