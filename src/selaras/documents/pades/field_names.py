"""How the fields of signatures and of copies of their stamps are called, for who makes them and who verifies them."""

from __future__ import annotations


def field_name(order: int) -> str:
    """The name of the field of a signature."""
    return f"TandaTangan{order}"


def copy_name(order: int, number: int) -> str:
    """The name of the field of one copy of a signature's stamp."""
    return f"Cap{order}-{number}"


def owner_of_copy(name: str) -> str:
    """The name of the signature field that a field of this name holds a copy of the stamp of; empty where it is none."""
    order, _, number = name.removeprefix("Cap").partition("-")
    is_copy = order.isdecimal() and number.isdecimal() and name == copy_name(int(order), int(number))
    return field_name(int(order)) if is_copy else ""
