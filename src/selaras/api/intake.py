"""How the API reads what it is sent: numbers exactly, texts that every database can keep, nothing turned into another type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Self, Union, get_args, get_origin, get_type_hints
from urllib.parse import unquote

from django.http import HttpRequest
from ninja import Path, Schema
from ninja.parser import Parser
from pydantic import AfterValidator, BeforeValidator, ConfigDict, ModelWrapValidatorHandler, model_validator

MOST_PLACES = 40
"""A number has at most so many digits before or after the comma; the tables keep fewer, and say so themselves."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_ROWS = 2**63 - 1
PLAIN = r"^[^\x00]*$"
"""Of texts in an address: no NUL, which PostgreSQL keeps nowhere."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ExactParser(Parser):
    """JSON with every digit of its numbers."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as data. Raises ValueError, which the door tells as an unreadable body."""
        return json.loads(request.body, parse_float=Decimal, parse_constant=_refuse_constant)


class Given(Schema):
    """A body: every field by its own name and of its own type, numbers of a size that anybody could mean."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _strictly(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(values, dict):
            misfits = [
                f"{name}: {fault}"
                for name, field in cls.model_fields.items()
                if name in values and (fault := _misfit(field.annotation, values[name]))
            ]
            if misfits:
                raise ValueError("; ".join(misfits))
        made = handler(values)
        for name in cls.model_fields:
            for part in _parts(getattr(made, name)):
                if isinstance(part, Decimal):
                    _bounded(part)
                elif type(part) is str:
                    plain_text(part)
        return made


def _misfit(hint: Any, value: Any) -> str:
    """What is wrong with the JSON type of a value, where the library would turn it into another type; empty if nothing.

    A date is never read from a number, a number never from a truth value, a truth value never from a word.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _misfit(inner[0], value)
    if origin in {Union, UnionType}:
        faults = [_misfit(each, value) for each in inner]
        return "" if "" in faults else next(filter(None, faults), "")
    if origin is list and isinstance(value, list):
        return next(filter(None, (_misfit(inner[0], each) for each in value)), "")
    if is_dataclass(hint) and isinstance(value, dict):
        hints = get_type_hints(hint)
        unknown = sorted(set(value) - set(hints))
        faults = [_misfit(hints[name], each) for name, each in value.items() if name in hints]
        return f"isian tidak dikenal {unknown[0][:80]}" if unknown else next(filter(None, faults), "")
    if hint in WORDS and type(value) not in WORDS[hint][0]:
        return f"seharusnya {WORDS[hint][1]}"
    return ""


WORDS: dict[Any, tuple[frozenset[type], str]] = {
    bool: (frozenset({bool}), "true atau false"),
    int: (frozenset({int}), "bilangan bulat"),
    date: (frozenset({str, date}), "teks tanggal seperti 2024-12-31"),
    Decimal: (frozenset({str, int, Decimal}), "teks desimal atau angka"),
    NoneType: (frozenset({NoneType}), "null"),
}


def plain_text(text: str) -> str:
    """The text itself; raises ValueError for NUL and for halves of letters, which no database keeps."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("huruf yang tidak dapat disimpan")
    return text


def code_of(text: str) -> str:
    """A code as it stands in an address, with what an address cannot hold written as `~2F`. Raises ValueError."""
    return plain_text(unquote(text.replace("~", "%"), errors="strict"))


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)
    elif isinstance(value, Schema):
        yield from _parts([getattr(value, name) for name in type(value).model_fields])
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _parts([getattr(value, field.name) for field in fields(value)])
    else:
        yield value


def _bounded(number: Decimal) -> None:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(number.adjusted()) > MOST_PLACES or abs(exponent) > MOST_PLACES:
        raise ValueError("angka di luar batas")


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} bukan angka")


def _day(text: Any) -> Any:
    """A day only in its full form; the library would also read a number as seconds since 1970."""
    if isinstance(text, str) and not DAY.fullmatch(text):
        raise ValueError("tanggal seperti 2024-12-31")
    return text


# Aliases of types: how every operation names the same parts of its address.
AgencyCode = Annotated[
    str,
    AfterValidator(code_of),
    Path(description="Kode instansi. Huruf yang tidak dapat berdiri dalam alamat ditulis ~2F (garis miring), ~7E (tilde).",
         examples=["BIRO-ORG"]),
]  # fmt: skip
IndicatorCode = Annotated[str, AfterValidator(code_of), Path(description="Kode indikator.", examples=["IKU-1"])]
Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, description="Tahun laporan.", examples=[2024])]
Row = Annotated[int, Path(ge=1, le=MOST_ROWS, description="Nomor pada instalasi ini (`id`).", examples=[1])]
Day = Annotated[date, BeforeValidator(_day)]
