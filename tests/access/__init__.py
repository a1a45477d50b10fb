"""Who may do what: one table per door, written by hand, apart from permissions.py.

"looks" reaches the subtree, "acts" stays; then the roles and scopes that may.
"""

from tests.access import (
    accounting,
    audit,
    complaints,
    disbursing,
    disclosure,
    filings,
    fundraising,
    goods,
    governance,
    honours,
    legal,
    onboarding,
    organizations,
    platforms,
    projects,
    publications,
    volunteers,
    vouchers,
    ways,
)

TABLES = (
    *(accounting, audit, disclosure, filings, fundraising, legal, onboarding, organizations),
    *(platforms, publications, volunteers, vouchers, ways),
    *(complaints, disbursing, goods, governance, honours, projects),
)
MAY = {operation: says for table in TABLES for operation, says in table.MAY.items()}
