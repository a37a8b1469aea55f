"""What the regulations and practice demanded, and since when: data files and one loader."""

from selaras.rulebook.loader import load

__all__ = ["load"]
