"""Projects as the public reads them, as JSON: no person is named in them."""

from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure import names
from app.disclosure.projects.accounts import Account
from app.disclosure.projects.dossiers import Dossier
from app.disclosure.projects.projects import Wanted
from app.disclosure.schemas.campaigns import OrganizationSaid
from app.disclosure.schemas.projects import examples
from app.disclosure.schemas.projects.parts import (
    PublicCostOut,
    PublicExecutorOut,
    PublicHelpOut,
    PublicIndicatorOut,
    PublicLeftoverOut,
    PublicProgressOut,
    PublicSiteCountOut,
    PublicTargetOut,
)
from app.kit.fields import Code, Line, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode
from app.projects.models import ProjectCategory, ProjectState


class PublicProjectQuery(PageQuery):
    """Which projects to list."""

    organization: Code | None = Field(default=None, description="The code of one that carries it out.")
    programme: Code | None = Field(default=None, description="The programme's code.")
    category: ProjectCategory | None = None
    state: Literal["approved", "running", "closing", "closed", "stopped"] | None = None
    region_code: RegionCode | None = Field(default=None, description="There, or anywhere in it.")
    year: int | None = Field(
        default=None, ge=1900, le=2999, description="Carried out on at least one day of this year."
    )
    q: Line | None = Field(default=None, description="Parts of code, title, content, brand, town or village.")
    sort: Literal["code", "-code", "planned_from", "-planned_from"] = "-planned_from"

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        asked = ("organization", "programme", "category", "region_code", "year", "q")
        state = ProjectState(self.state) if self.state else None
        return Wanted(state=state, **{name: getattr(self, name) for name in asked})


class ProgrammeSaid(BaseModel):
    """A programme, by name."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str


class PublicProjectOut(BaseModel):
    """A project: who leads it, where, when, what it is planned to cost and what was spent on it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PROJECT))

    code: str
    title: str
    category: ProjectCategory
    organization: OrganizationSaid
    programme: ProgrammeSaid | None
    region_code: str
    region: str
    town: str | None
    village: str | None
    planned_from: date
    planned_to: date
    executed_from: date | None
    executed_to: date | None
    state: ProjectState
    planned: MoneyOut | None = Field(description="By the budget that holds; absent without one.")
    spent: MoneyOut = Field(description="By the books of everybody who carries it out.")
    site_count: int = Field(description="Without those that were given up.")
    accepted_site_count: int
    demo: bool = Field(description="Whether the organization is there for demonstration only.")

    @classmethod
    def of(cls, account: Account) -> Self:
        """Return a project as JSON shows it."""
        return cls.model_validate(_facts(account))


def _facts(account: Account) -> dict[str, Any]:
    project, owner, brand = account.project, account.organization, account.programme
    copied = ("code", "title", "category", "region_code", "town", "village", "state")
    days = ("planned_from", "planned_to", "executed_from", "executed_to")
    return {
        **{name: getattr(project, name) for name in (*copied, *days)},
        "organization": OrganizationSaid(code=owner.code, name=owner.name),
        "programme": None if brand is None else ProgrammeSaid.model_validate(brand),
        "region": account.region.name,
        "planned": None if account.planned is None else MoneyOut.of(account.planned),
        "spent": MoneyOut.of(account.spent),
        "site_count": account.site_count,
        "accepted_site_count": account.accepted_site_count,
        "demo": owner.demo,
    }


class PublicProjectDetail(PublicProjectOut):
    """A project with its content, its costs, those it helped (counted), its progress and its sites."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PROJECT_IN_FULL))

    content: str
    brand: str | None
    beneficiary_rule: str = Field(description="Who is helped, and how they are chosen.")
    closed_on: date | None
    executors: list[PublicExecutorOut]
    costs: list[PublicCostOut]
    helped: PublicHelpOut
    indicators: list[PublicIndicatorOut]
    progress: list[PublicProgressOut] = Field(description="Published reports, the latest first; at most 40.")
    sites: list[PublicSiteCountOut] = Field(description="Target against actual, by kind of site.")
    programme_targets: list[PublicTargetOut] = Field(
        description="What its programme means to finish in each year, whoever carries its projects out."
    )
    leftovers: list[PublicLeftoverOut]

    @classmethod
    def whole(cls, dossier: Dossier) -> Self:
        """Return everything that the public reads about a project."""
        project = dossier.account.project
        more = {
            "content": names.without_contacts(project.content),
            "brand": project.brand,
            "beneficiary_rule": names.without_contacts(project.beneficiary_rule),
            "closed_on": dossier.closed_on,
            "executors": [PublicExecutorOut.of(one) for one in dossier.executors],
            "costs": [PublicCostOut.of(one) for one in dossier.costs],
            "helped": PublicHelpOut.of(dossier.helped),
            "indicators": [PublicIndicatorOut.of(one) for one in dossier.indicators],
            "progress": [PublicProgressOut.of(one) for one in dossier.reports],
            "sites": [PublicSiteCountOut.model_validate(one) for one in dossier.sites],
            "programme_targets": [PublicTargetOut.of(one) for one in dossier.targets],
            "leftovers": [PublicLeftoverOut.of(one) for one in dossier.leftovers],
        }
        return cls.model_validate(_facts(dossier.account) | more)
