"""How much is tried: `make test-all` (CI) tries every kind of thing, `make test-long` many more of each."""

import os

LONG = os.environ.get("SELARAS_LONG") == "1"


def tries(usual, long):
    """How many to try: `long` with `make test-long`."""
    return long if LONG else usual
