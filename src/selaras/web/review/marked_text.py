"""The marked text of a report without pages: its numbers lead to the findings of this page, and can be jumped to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

NUMBER = re.compile(r'<a class="no" href="#t(\d+)">\d+</a>')


def linked(html: str, base: str, names: Sequence[str]) -> str:
    """The text with the number of each finding as a link to it; the first of each number can be jumped to (`tanda-3`)."""
    seen: set[int] = set()

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= len(names):
            return ""
        anchor = "" if number in seen else f' id="tanda-{number}"'
        seen.add(number)
        url = escape(base + urlencode({"temuan": names[number - 1]}))
        return f'<a class="no"{anchor} href="{url}" aria-label="Temuan {number}">{number}</a>'

    return NUMBER.sub(link, html)
