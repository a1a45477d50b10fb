"""A letter follows when a subscription is disabled by itself: whoever looks after it need not look in."""

import email
from email.policy import default
from pathlib import Path

from app.kit import jobs, mail
from app.kit.database import Database
from app.kit.vault import Vault
from app.organizations import addresses
from app.organizations.access import Role
from app.organizations.desk import mailing
from app.webhooks.outward.couriers import COURIER, Courier
from app.wiring import handed_down
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.webhooks.outward.conftest import subscribe
from tests.webhooks.outward.receivers import Receiver


async def test_who_looks_after_a_subscription_is_written_when_it_is_disabled(
    cluster: Cluster, fresh_database: str, vault: Vault, receiver: Receiver, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    carried = {mail.CARRIER: mail.Folder(folder, "zhengxinlu@example.org"), COURIER: Courier(loopback=True)}
    database = Database(
        cluster.url(fresh_database), pool_size=12, info={"vault": vault} | carried | handed_down()
    )
    try:
        subscribed = await subscribe(database, receiver)
        async with database.writing() as session:
            keeper = await make.staff(session, subscribed.organization, Role.admin)
            await addresses.put(session, keeper, "keeper@example.org")
            await make.staff(session, subscribed.organization, Role.viewer)
        await subscribed.happen()
        receiver.takes(410)

        await subscribed.turn()
        await mailing.tell_people(database)
        url = database.engine.url.set(drivername="postgresql")
        await jobs.work(url.render_as_string(hide_password=False), database, until_empty=True)

        assert (await subscribed.now()).disabled_at is not None
        [letter] = [email.message_from_bytes(one.read_bytes(), policy=default) for one in folder.iterdir()]
        assert letter["To"] == "keeper@example.org"
        assert letter["Subject"] == "征信录：订阅方长期不接收，订阅已停用"
        assert receiver.url not in letter.get_content()
        # Going through the events again writes to nobody twice.
        await mailing.tell_people(database)
        await jobs.work(url.render_as_string(hide_password=False), database, until_empty=True)
        assert len(list(folder.iterdir())) == 1
    finally:
        await database.close()
