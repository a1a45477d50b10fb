"""Create-admin: the first person who may sign in, and the federation's head if there is none yet."""

from typing import Annotated

import typer

from app.cli import context
from app.kit.database import Database
from app.organizations import organizations, people
from app.organizations.models import Tier
from app.organizations.organizations import Particulars


def create_admin(
    username: Annotated[str, typer.Argument(help="What the admin signs in with.")],
    organization: Annotated[str, typer.Option(help="Code of the organization to administer.")],
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="At least 10 characters."),
    ],
    head: Annotated[
        str | None, typer.Option(help="Found the federation: its head joins first, under this name.")
    ] = None,
    region: Annotated[str, typer.Option(help="Code of the head's region.")] = "610000",
) -> None:
    """Make an account with the role of an admin at an organization."""

    async def make(database: Database) -> None:
        async with database.writing() as session:
            if head is None:
                at = await organizations.by_code(session, organization)
            else:
                # Whoever joins later joins below somebody; the first has nobody to be let in by.
                first = Particulars(code=organization, name=head, tier=Tier.province, region_code=region)
                at = await organizations.create(session, first)
            await people.create_admin(session, username, password, at)

    context.run(make)
    context.err().print(f"{username} administers {organization}", style="green")
