"""What the regulations demanded, and since when: data files, one loader."""

from selaras.rulebook.loader import load

__all__ = ["load"]
