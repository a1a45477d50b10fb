"""Consent withdrawn: every public answer forgets the name at once, also one that was remembered before."""

from pathlib import Path

from httpx import URL, AsyncClient

from app.kit.database import WriteSession
from tests.organizations.visiting import FrontEnd
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import partner

NAME, WORDS = "金丝雀甲", "金丝雀的留言"


async def test_a_withdrawn_consent_is_withdrawn_from_every_public_answer_at_once(
    client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    them = await partner(session)
    mini = FrontEnd(client=client, headers=await platform_key(session, them), codes=tmp_path / "codes")
    consent = {"name": True, "amount": True, "message": True, "photo": True}
    donor = {"external_id": "u_123", "display_name": NAME, "publish_consent": True, "consent": consent}
    gift = (await them.post(client, them.event(donor=donor, message=WORDS))).json()
    me = await mini.sign_in(platform_user="u_123")
    listed = f"/v1/disclosure/campaigns/{them.campaign.code}/donations"
    public = (listed, URL(gift["trace_url"]).path, f"/campaigns/{them.campaign.code}")
    before = {path: await client.get(path) for path in public}
    assert NAME in before[listed].text
    assert WORDS in before[listed].text
    mine = (await client.get(f"/v1/fundraising/me/donations/{gift['donation_id']}", headers=me)).json()
    assert mine["show_photo"] is True

    nothing = {"show_name": False, "show_amount": False, "show_message": False}
    answer = await client.put(
        f"/v1/fundraising/me/donations/{gift['donation_id']}/consent", json=nothing, headers=me
    )
    assert (answer.status_code, answer.json()["show_photo"]) == (200, False)

    for path in public:
        known = {"If-None-Match": before[path].headers.get("etag", '"none"')}
        after = await client.get(path, headers=known)
        assert after.status_code in {200, 304}
        if before[path].text.count("金丝雀"):
            assert after.status_code == 200
        assert "金丝雀" not in after.text
