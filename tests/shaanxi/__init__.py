"""Shaanxi's 2020, generated to match an article's numbers: every gift, person and project is made up.

The article (新西部网, March 2021) tells totals. Here they come out of events: gifts, refunds, goods,
transfers, projects, benefits, volunteers, weighings, villages and targets, recorded as staff and platforms
would. Whatever the article leaves open (who raised which part, what was spent on which category) is decided
in `numbers`. The books are kept on the chart of 2026, by declaration, as the demo's history is.
"""
