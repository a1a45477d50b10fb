"""Imports: what was recorded elsewhere, brought in from files; a command for each kind of file."""

from app.cli import import_donations, import_goods, import_statement

app = import_donations.app
app.command("bank-statement")(import_statement.bank_statement)
app.command("goods")(import_goods.goods)
