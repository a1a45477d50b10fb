"""Create-admin: the first person who may sign in."""

from typing import Annotated

import typer

from app.cli import context
from app.kit.database import Database
from app.organizations import organizations, people


def create_admin(
    username: Annotated[str, typer.Argument(help="What the admin signs in with.")],
    organization: Annotated[str, typer.Option(help="Code of the organization to administer.")],
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="At least 12 characters."),
    ],
) -> None:
    """Make an account with the role of an admin at an organization."""

    async def make(database: Database) -> None:
        async with database.writing() as session:
            at = await organizations.by_code(session, organization)
            await people.create_admin(session, username, password, at)

    context.run(make)
    context.err.print(f"{username} administers {organization}", style="green")
