"""People send forms without scripts: by keyboard, twice by accident, and wrongly at first."""

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from app.disclosure.models import Complaint
from tests.site.browser.conftest import Reader, Served, opened
from tests.site.browser.test_axe import SERIOUS


async def focused(page: Page) -> str:
    return await page.evaluate("document.activeElement.id")


async def complaints(served: Served) -> int:
    assert served.database is not None
    async with served.database.reading() as session:
        return len((await session.scalars(select(Complaint.id))).all())


async def test_the_keyboard_alone_signs_up_and_cancels(reader: Reader, served: Served) -> None:
    page = reader.page
    await reader.open(served.event)
    await page.get_by_role("link", name="活动报名").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sign-ups")
    await page.get_by_role("textbox", name="姓名").focus()
    await page.keyboard.type("来宾甲")
    await page.keyboard.press("Tab")
    assert await focused(page) == "contact"
    await page.keyboard.type("13800000000")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sign-ups/*")
    assert await page.get_by_role("status").inner_text() != ""
    ticket = await page.locator(".ticket").inner_text()
    await page.reload()
    assert await page.locator(".ticket").inner_text() == ticket

    # Going back and sending the same form again leads to the same seat.
    await page.go_back()
    await page.get_by_role("textbox", name="姓名").fill("来宾甲")
    await page.goto(f"{served.event}/sign-ups")
    await page.get_by_role("textbox", name="报名码").fill(ticket.lower())
    await page.get_by_role("button", name="查看报名").press("Enter")
    await page.get_by_role("button", name="取消我的报名").press("Enter")
    await page.get_by_text("报名已取消").wait_for()
    assert await page.get_by_role("button", name="取消我的报名").count() == 0
    assert reader.complaints == []


async def test_two_quick_presses_are_one_complaint(reader: Reader, served: Served) -> None:
    page, before = reader.page, await complaints(served)
    await reader.open(f"/complaints?organization={served.organization}")
    await page.get_by_role("textbox", name="情况说明").fill("账目看不明白")
    # Both go out: the browser gives the first up, we do not.
    await page.get_by_role("button", name="提交").dblclick(no_wait_after=True)
    # Looked at until it is so: who waits for the navigation itself may be told of the one given up.
    await expect(page).to_have_url(re.compile(r"/complaints/[^/]+\?sent=1$"))
    code = await page.locator("dl code").first.inner_text()
    await page.reload()
    assert await page.locator("dl code").first.inner_text() == code
    assert await complaints(served) == before + 1
    await page.goto("/complaints")
    await page.get_by_role("textbox", name="查询码").fill(code)
    await page.get_by_role("button", name="查看进展").click()
    assert await page.get_by_text("已受理", exact=True).is_visible()
    assert reader.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("locale", "send", "sign_up", "words"),
    [("zh-CN", "提交", "提交报名", "请填写此项。"), ("en", "Send", "Sign up", "Please fill this in.")],
)
async def test_what_is_amiss_is_seen_heard_and_focused(
    browser: Browser, served: Served, locale: str, send: str, sign_up: str, words: str, scheme: Any
) -> None:
    context = await browser.new_context(
        base_url=served.url, locale=locale, color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    reader = await opened(context)
    for path, button, field in (
        (f"/complaints?organization={served.organization}", send, "text"),
        (f"{served.event}/sign-ups", sign_up, "name"),
    ):
        page = reader.page
        await reader.open(path)
        await page.locator(f"#{field}").fill("   ")
        if field == "name":
            await page.locator("#contact").fill("13800000000")
        await page.get_by_role("button", name=button, exact=True).click()
        await page.locator("[aria-invalid]").wait_for()
        assert await focused(page) == field
        told = await page.locator(f"#{field}").get_attribute("aria-describedby")
        assert f"{field}-wrong" in (told or "").split()
        assert await page.locator(f"#{field}-wrong").inner_text() == words
        if field == "name":
            assert await page.locator("#contact").input_value() == "13800000000"
        await page.get_by_role("alert").get_by_role("link").click()
        assert await focused(page) == field
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        looked = (await Axe().run(page)).response
        assert [one["id"] for one in looked["violations"] if one["impact"] in SERIOUS] == []
    await context.close()
