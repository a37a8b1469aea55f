"""How a page looks to somebody who needs it clear: axe finds nothing, and it is no wider than the screen."""

import pytest

from tests.web.browser.installation import PHONE, WIDE


def clean(page, *sizes):
    """The page passes at each size, on a desk and on a phone unless told; it is left at the size it had."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    had = page.viewport_size
    for size in sizes or (WIDE, PHONE):
        page.set_viewport_size(size)
        found = axe.run(page).response["violations"]
        assert [(item["id"], [node["html"][:200] for node in item["nodes"]]) for item in found] == [], page.url
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{page.url} is too wide at {size['width']}"
    page.set_viewport_size(had)
