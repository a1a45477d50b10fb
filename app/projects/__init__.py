"""Projects: what the money is for, from a programme's plan to what the last beneficiary has received.

A programme (慈安桥) holds projects, a project may have sites (a bridge each), and a site its milestones. Each
part of the feature is a package of nouns, with files of the same name in `models`, `schemas` and `routers`:

    register    programmes, projects, who carries them out, aid standards, search, statistics, import
    lifecycle   from the proposal to the start, the end or the stop: what a project's state may become
    budgets     lines by year and kind beside the ledger's actuals, funds, shares, what is left over
    sites       like-for-like assets by the hundred: milestones, acceptance, maintenance, the map
    beneficiaries  people, households, groups; what they received; how many they are, each once
    aid_cases   help in an illness: two who look, one who decides by the standard, notice, payment
    villages    Happy Homes: five items, the public book, requests, statements, supervision
    disbursements  requests, checks, payment orders, the bank's results, what shows that money arrived
    transfers   money to other members, confirmed by both sides, and how much of it has arrived
    progress    reports and their figures, indicators, inspections with findings

A project is a dimension of the books (`projects.id` is a `dimensions.id` of kind `project`): what was spent
on it stands on the accounts of that dimension. `projects.get` locks and returns one, `steps.move` is the only
way from one state to another, `standards.in_force` tells which aid standard holds on a day.
Packages stand on `register` and not on one another (aid cases on beneficiaries too: what is paid is help
that somebody received; disbursements ask `budgets` what is left); `lifecycle` stands on all of them.
"""
