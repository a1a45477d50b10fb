"""Opening: what the settings make of the outside: database, vault, files, mail, platforms, subscribers."""

from app.disclosure.complaints import clock
from app.disclosure.obligations import states
from app.fundraising.paying.payables import Gates
from app.fundraising.ways import providers
from app.kit import mail
from app.kit.attachments import stores
from app.kit.attachments.stores import Store
from app.kit.database import Database
from app.kit.vault import Vault
from app.organizations.approvals import factors
from app.organizations.visitors import messages
from app.settings import Environment, Settings, secret_bytes
from app.transparency.signer import Office
from app.webhooks.outward import couriers
from app.wiring import handed_down


def open_database(settings: Settings) -> Database:
    """Return the pool of connections; each of its sessions carries the vault."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    return Database(
        url,
        pool_size=settings.database_pool_size,
        info={"vault": open_vault(settings)} | handed_down() | chosen(settings),
    )


def chosen(settings: Settings) -> dict[str, object]:
    """Return what every session carries because this installation was set up so."""
    required = settings.second_factor_required
    if required is None:
        required = settings.environment is Environment.production
    demand = factors.Demand(settings.second_factor_above_yuan * 100) if required else None
    return {
        factors.DEMAND: demand,
        mail.CARRIER: open_mail(settings),
        stores.STORE: open_store(settings),
        providers.GATES: gates(settings),
        couriers.COURIER: open_courier(settings),
        states.READINGS: states.Readings(settings.deadline_reminders_roll, settings.deadline_lateness_rolls),
        clock.CLOCK: clock.Promise(settings.complaint_answer_working_days),
    }


def gates(settings: Settings) -> Gates:
    """Return where payment platforms are asked to collect, and where they tell us of it."""
    return Gates(
        wechat_pay=settings.wechat_pay_url,
        alipay=settings.alipay_url,
        ours=settings.public_url,
        seconds=settings.payment_timeout_seconds,
    )


def open_mail(settings: Settings) -> mail.Carrier | None:
    """Return what carries letters: the mail server, else the folder, else nothing."""
    if settings.mail_host is None:
        folder = settings.mail_folder
        return None if folder is None else mail.Folder(folder, settings.mail_sender)
    password = settings.mail_password
    return mail.Server(
        settings.mail_host,
        settings.mail_port,
        settings.mail_sender,
        mail.Security(settings.mail_security),
        settings.mail_username,
        None if password is None else password.get_secret_value(),
    )


def open_courier(settings: Settings) -> couriers.Courier:
    """Return who carries events to subscribers; to this machine itself only outside production."""
    production = settings.environment is Environment.production
    return couriers.Courier(loopback=settings.subscriptions_to_loopback and not production)


def open_sender(settings: Settings) -> messages.Sender | None:
    """Return what sends codes to telephones: a file, which production refuses, or nothing.

    A gateway for text messages is a `Sender` that an installation puts here.
    """
    if settings.codes_file is None or settings.environment is Environment.production:
        return None
    return messages.FileSender(settings.codes_file)


def open_vault(settings: Settings) -> Vault:
    """Return the vault under the master keys of the settings."""
    index_key = settings.vault_index_key.get_secret_value() if settings.vault_index_key else ""
    return Vault(
        settings.master_keys(), current=settings.vault_current_key or "", index_key=secret_bytes(index_key)
    )


def office(settings: Settings) -> Office | None:
    """Return where the public log is signed; None in a process that does not sign it."""
    origin, key_file, memory_file = settings.log_origin, settings.log_key_file, settings.log_memory_file
    return Office(origin, key_file, memory_file) if origin and key_file and memory_file else None


def open_store(settings: Settings) -> Store:
    """Return the store of files that the settings name; one that keeps nothing if they name none."""
    secret = settings.s3_secret_access_key
    return stores.opened(
        settings.attachments_url,
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=secret.get_secret_value() if secret else None,
    )
