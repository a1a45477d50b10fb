"""Words: everything that the page says, in Chinese and English, a module a page."""

from app.site.words import (
    briefs,
    campaigns,
    certificates,
    complaints,
    data,
    events,
    frame,
    gifts,
    home,
    log,
    news,
    organizations,
    projects,
    publications,
    ratios,
)

PAGES = (
    *(frame, home, campaigns, gifts, organizations, projects, publications, certificates, data, log),
    *(briefs, ratios, events, complaints, news),
)
WORDS: dict[str, tuple[str, str]] = {key: words for page in PAGES for key, words in page.WORDS.items()}
