"""Every kind of page passes axe: in both languages, by day and by night, at a desk and on a phone."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from tests.site.browser.conftest import Served, opened

SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_axe_finds_nothing(browser: Browser, served: Served, locale: str, scheme: Any) -> None:
    width = 1280 if scheme == "light" else 360
    context = await browser.new_context(
        base_url=served.url,
        locale=locale,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    reader = await opened(context)
    found: list[tuple[str, str, str]] = []
    for path in served.paths:
        await reader.open(path)
        looked = (await Axe().run(reader.page)).response
        assert len(looked["passes"]) > 10, path
        found += [
            (path, one["id"], node["html"][:200])
            for one in looked["violations"]
            for node in one["nodes"]
            if one["impact"] in SERIOUS
        ]
    assert found == []
    await context.close()
