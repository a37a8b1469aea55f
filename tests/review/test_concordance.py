"""The index of a report's words: it only leaves out sentences in which an expression is not found."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import selaras.review
from selaras.core.document import Document
from selaras.core.place import Place
from selaras.core.source import Form, Reading
from selaras.review.concordance import beginnings, saying, says
from selaras.review.report import Identity, Report, Sentence, SentenceKind

WORDS = [
    "Capaian",
    "tercapai",
    "berada",
    "ada",
    "TARGET",
    "target",
    "melampaui",
    "12,5%",
    "(IKU 1)",
    "Renstra",
    "tidak",
    "terealisasi",
]
EXPRESSIONS = [
    r"\b(?:ter)?capai\w*", r"ada", r"\bada\b", r"(?<!\w)(?:target|renstra)(?!\w)", r"\b(?:di|te)?(?:target|realisasi)", r"\d+",
    r"\b[Tt]arget", r"\btidak (?:ada|tercapai)|\bmelampaui", r"(?:tidak )?ada", r"\btarget{2,}", r"^capaian", r"\b(?i:TIDAK)\b", r"x?",
    r"\d+\s+indikator\b", r".*tidak.*tercapai", r"\w+ tercapai\b", r"(?:12|13),5%(?: target)?", r"(?!tidak)\w+ ada", r"[a-z]+ (?:ada|renstra)?",
    r"(?<=tidak )tercapai", r"tidak(?! tercapai)", r"tidak.{0,9}ada|\d{2,}%?", r"(?:tidak\s+)+ada", r"target{0}", r"berada(?:\b|x)",
    r"\bter(?=capai)", r"a|\bb", r"\bmelampau[ij]", r"\((?:IKU|IKK)", r"\b(?P<word>renstra)\b", r"(?<![\w(-])iku",
]  # fmt: skip


def report_of(texts):
    place = Place(source="contoh.txt")
    reading = Reading("contoh.txt", Form.TEXT, Document("", "", "", 2024, ()))
    sentences = [
        Sentence(text, place, kind=SentenceKind.HEADING if text.isupper() else SentenceKind.TEXT) for text in texts
    ]
    return Report(reading, Identity(), sentences=tuple(sentences))


@pytest.mark.parametrize("source", EXPRESSIONS)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=6))
@pytest.mark.slow
def test_it_finds_what_a_search_through_all_sentences_finds(source, flags, texts):
    wanted, report = re.compile(source, flags), report_of(texts)
    found = [sentence for sentence in report.sentences if wanted.search(sentence.text)]
    assert [id(each) for each in saying(report, wanted)] == [id(each) for each in found]
    assert says(report, wanted) is bool(found)


def test_running_text_has_no_headings():
    report = report_of(["TARGET TERCAPAI", "Target tercapai."])
    assert [each.text for each in saying(report, re.compile(r"\btarget", re.IGNORECASE), running=True)] == [
        "Target tercapai."
    ]


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        (r"\b(?:capaian|target\w*)\b", {"\ncapaian", "\ntarget"}),
        (r"\b(?:di)?target", {"\nditarget", "\ntarget"}),
        (r"\b(?:di\s)?target", {"\ndi", "\ntarget"}),
        (r"\bxa?b", {"\nx"}),
        (r"tanpa kendala|tidak ada", {"tanpa", "tidak"}),
        (r"\b(?:[A-Z]+|renstra)", None),
        (r"\s*target", None),
        (r"(?:ter)?", None),
    ],
)
def test_the_beginnings_of_an_expression_are_read_off_it(source, heads):
    found = beginnings(re.compile(source, re.IGNORECASE))
    assert found is None if heads is None else found == heads


def test_the_expressions_of_all_rules_are_understood_or_left_alone():
    names = [each.name for each in pkgutil.walk_packages(selaras.review.__path__, "selaras.review.")]
    every = [
        each for name in names for each in vars(importlib.import_module(name)).values() if isinstance(each, re.Pattern)
    ]
    told = [beginnings(each) for each in every]
    assert sum(each is not None for each in told) > len(told) // 3
