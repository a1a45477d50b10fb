"""Words: everything that the page says, in Chinese and English, a module a page."""

from app.site.words import (
    campaigns,
    certificates,
    data,
    frame,
    gifts,
    home,
    log,
    organizations,
    projects,
    publications,
)

PAGES = (frame, home, campaigns, gifts, organizations, projects, publications, certificates, data, log)
WORDS: dict[str, tuple[str, str]] = {key: words for page in PAGES for key, words in page.WORDS.items()}
