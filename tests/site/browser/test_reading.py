"""People read the site in a browser: at a desk, on a phone, with the keyboard alone, in either language."""

import asyncio

import pytest
from playwright.async_api import Browser, Page

from tests.site.browser.conftest import PATIENCE_MILLISECONDS, Reader, Served, opened

FIRST_LOAD_BYTES_MAX = 200_000
PHONE = {"width": 360, "height": 740}


async def language_of(page: Page) -> str | None:
    return await page.locator("html").get_attribute("lang")


async def heading(page: Page) -> str:
    return await page.locator("h1").inner_text()


async def loaded(page: Page, picture: str) -> None:
    # Playwright's own way of waiting evaluates a string within the page, whose policy forbids it.
    for _ in range(PATIENCE_MILLISECONDS // 100):
        if await page.locator(picture).first.evaluate("picture => picture.naturalWidth > 0"):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{picture} never came")


async def test_from_the_front_page_to_where_a_gift_is(reader: Reader, served: Served) -> None:
    page = reader.page
    await reader.open("/")
    await page.get_by_role("link", name="慈安桥<b>", exact=True).click()
    assert await heading(page) == "慈安桥<b>"
    assert await page.get_by_role("img", name="每日募集与退款").count() == 1
    await page.get_by_text("以表格查看每日数字").click()
    assert await page.get_by_role("row", name="2026年5月1日").is_visible()
    await page.get_by_role("link", name="凭查询码或订单号").click()
    await page.get_by_role("textbox", name="查询码").fill(served.code.lower())
    await page.get_by_role("button", name="查看去向").first.click()
    assert await heading(page) == "这笔捐赠的去向"
    assert await page.get_by_text("各部分之和等于捐赠金额").is_visible()
    assert reader.complaints == []


async def test_a_project_is_looked_at(reader: Reader, served: Served) -> None:
    page = reader.page
    await reader.open("/projects")
    await page.get_by_role("link", name="省级示范慈安桥").click()
    assert page.url == served.url + served.project
    assert await page.get_by_role("img", name="项目点位图").is_visible()
    assert await page.locator(".sites li").count() == await page.locator(".map circle").count() == 4
    shown = page.get_by_role("img", name="现场照片1")
    await shown.scroll_into_view_if_needed()
    await loaded(page, ".photos img")
    assert await page.get_by_text("2 / 4 座").is_visible()
    assert reader.complaints == []


async def test_a_language_stays_chosen(reader: Reader, served: Served) -> None:
    page = reader.page
    await reader.open(served.campaign)
    assert await language_of(page) == "zh-CN"
    await page.get_by_role("link", name="English").click()
    assert await language_of(page) == "en"
    assert page.url.startswith(served.url + served.campaign)
    await page.get_by_role("link", name="Follow a gift").first.click()
    assert (await language_of(page), await heading(page)) == ("en", "Follow a gift")
    await page.get_by_role("link", name="中文").click()
    assert (await language_of(page), await heading(page)) == ("zh-CN", "查询一笔捐赠的去向")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_no_page_is_wider_than_a_phone(browser: Browser, served: Served, locale: str) -> None:
    context = await browser.new_context(
        base_url=served.url, locale=locale, viewport=PHONE, is_mobile=True, has_touch=True
    )
    reader = await opened(context)
    for path in served.paths:
        await reader.open(path)
        width = await reader.page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], (path, width)
    await context.close()


async def test_the_keyboard_alone_leads_to_a_gift(reader: Reader, served: Served) -> None:
    page = reader.page
    await reader.open("/")
    await page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert await skip.get_attribute("href") == "#content"
    assert (await skip.bounding_box() or {})["x"] >= 0
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "content"
    for _ in range(60):
        await page.keyboard.press("Tab")
        shown = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", await page.evaluate("document.activeElement.outerHTML")
        if await page.evaluate("document.activeElement.id") == "code":
            break
    await page.keyboard.type(served.code)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/follow/{served.code}")
    assert await heading(page) == "这笔捐赠的去向"


async def test_nothing_moves_for_who_wants_it_still(browser: Browser, served: Served) -> None:
    for wish, scrolling in (("reduce", "auto"), ("no-preference", "smooth")):
        context = await browser.new_context(base_url=served.url, reduced_motion=wish)
        reader = await opened(context)
        await reader.open("/")
        told = await reader.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert told == scrolling
        await context.close()


async def test_the_first_load_is_light_and_comes_from_here_alone(browser: Browser, served: Served) -> None:
    for path in served.paths:
        context = await browser.new_context(base_url=served.url)
        reader = await opened(context)
        loaded: dict[str, int] = {}

        async def weigh(response, loaded=loaded) -> None:
            if response.status == 200 and response.request.resource_type != "image":
                loaded[response.url] = len(await response.body())

        reader.page.on("response", weigh)
        await reader.page.goto(path, wait_until="networkidle")
        assert all(address.startswith(served.url) for address in loaded), loaded
        assert sum(loaded.values()) < FIRST_LOAD_BYTES_MAX, (path, loaded)
        # An unknown page is itself a complaint of the browser's.
        assert path == "/nowhere" or reader.complaints == [], path
        await context.close()
