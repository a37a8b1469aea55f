"""One entry of a rulebook file, read strictly: every field has a type, nothing is left over, every fault is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from selaras.core.errors import Fault, Refusal
from selaras.core.law import Certainty, Source
from selaras.core.place import Place

Choice = TypeVar("Choice", bound=StrEnum)
Kind = TypeVar("Kind")
TYPES = {str: "teks", bool: "true atau false", int: "bilangan bulat", list: "daftar", dict: "tabel", date: "tanggal"}


class Entry:
    """The fields of one table; `file` and `name` say in every refusal where it stands."""

    def __init__(self, file: str, name: str, fields: Mapping[str, Any]) -> None:
        self.file = file
        self.name = name
        self.fields = dict(fields)

    def refusal(self, message: str, read: object = "", expected: str = "", remedy: str = "") -> Refusal:
        """The refusal of this entry, to be raised."""
        place = Place(source=self.file, record=self.name)
        fault = Fault(message, place, str(read), expected, remedy)
        return Refusal(f"Buku aturan tidak dapat dimuat: {self.file}, {self.name}: {message}.", fault)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; one without default must be there and not be empty."""
        value = self._take(key, str, default)
        if default is None and not value.strip():
            raise self.refusal(f"{key} kosong", expected="teks")
        return value

    def whole(self, key: str) -> int:
        """A whole number."""
        return self._take(key, int, None)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return self._take(key, bool, default)

    def day(self, key: str) -> date:
        """A date that must be there."""
        return self._take(key, date, None)

    def day_or_none(self, key: str) -> date | None:
        """A date, or None."""
        return self.day(key) if key in self.fields else None

    def number(self, key: str) -> Decimal | None:
        """A number or None; written as a number or, to keep its decimals, as text."""
        if key not in self.fields:
            return None
        value = self.fields.pop(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
            raise self.refusal(f"{key} bukan angka", value, "angka")
        try:
            return Decimal(value)
        except ArithmeticError:
            raise self.refusal(f"{key} bukan angka", value, "angka dengan titik desimal") from None

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of the values of an enumeration."""
        if key not in self.fields and default is not None:
            return default
        value = self.text(key)
        if value not in {str(item) for item in kind}:
            raise self.refusal(f"{key} tidak dikenal", value, " | ".join(kind))
        return kind(value)

    def texts(self, key: str) -> dict[str, str]:
        """A table of texts."""
        table = self._take(key, dict, None)
        wrong = [name for name, value in table.items() if not isinstance(value, str) or not value.strip()]
        if wrong:
            raise self.refusal(f"{key}: isian {', '.join(wrong)} bukan teks", expected="teks yang berisi")
        return dict(table)

    def labels(self, key: str) -> tuple[str, ...]:
        """A list of texts, each only once."""
        values = self._take(key, list, None)
        if not values or any(not isinstance(value, str) or not value for value in values):
            raise self.refusal(f"{key} harus berupa daftar teks", values, "daftar teks")
        if len(set(values)) != len(values):
            raise self.refusal(f"{key} memuat isian ganda", values)
        return tuple(values)

    def entries(self, key: str, label: str = "") -> Iterator[Entry]:
        """The tables below this one, named by their field `label` or their position."""
        for position, fields in enumerate(self._take(key, list, []), 1):
            if not isinstance(fields, dict):
                raise self.refusal(f"{key} harus berupa daftar tabel", fields, "tabel")
            yield Entry(self.file, f"{self.name} / {fields.get(label) or f'{key} {position}'}", fields)

    def source(self) -> Source:
        """The source of the entry: text and certainty must be there, article and dates may."""
        return Source(
            self.text("source"),
            self.choice("certainty", Certainty),
            self.text("article", ""),
            self.day_or_none("since"),
            self.day_or_none("until"),
            self.text("note", ""),
        )

    def done(self) -> None:
        """Refuse fields that nobody asked for: they are misspelt or belong elsewhere."""
        if self.fields:
            raise self.refusal("isian tidak dikenal", ", ".join(self.fields), remedy="Periksa ejaannya.")

    def _take(self, key: str, kind: type[Kind], default: Kind | None) -> Kind:
        if key not in self.fields:
            if default is None:
                raise self.refusal(f"{key} tidak ada", expected=TYPES[kind])
            return default
        value = self.fields.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refusal(f"{key} salah jenis", value, TYPES[kind])
        return value
