"""Where a broken file is broken, in our words: what a library says of it is English and names no place of the reader."""

from __future__ import annotations

from lxml import etree


def broken_at(error: BaseException) -> str:
    """The line and column at which XML stops being XML, in brackets after a blank; empty where it is not known."""
    if not isinstance(error, etree.XMLSyntaxError):
        return ""
    line, column = error.position
    return f" (baris {line}, kolom {column})" if line else ""
