"""CLI: what operators and developers type, one module per command."""

import typer

from app.cli import (
    create_admin,
    demo,
    erasures,
    import_donations,
    import_goods,
    import_statement,
    log,
    migrate,
    onboard,
    receipt,
    serve,
    verify,
    work,
)

app = typer.Typer(
    name="zhengxinlu",
    help="The account book of a federated charity: serve it, migrate it, try it, check it.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.command("migrate")(migrate.migrate)
app.command("create-admin")(create_admin.create_admin)
app.command("demo")(demo.demo)
app.command("onboard")(onboard.onboard)
app.command("verify")(verify.verify)
import_donations.app.command("bank-statement")(import_statement.bank_statement)
import_donations.app.command("goods")(import_goods.goods)
app.add_typer(import_donations.app, name="import", help="Bring in what was recorded elsewhere.")
app.add_typer(receipt.app, name="receipt", help="A donor's receipt file, checked offline.")
app.add_typer(erasures.app, name="erasures", help="People erased on request, also after a restore.")
app.add_typer(log.app, name="log", help="The public log: its keys, its signature, its check from outside.")


def main() -> None:
    """Run the command that was typed."""
    app()
