"""Words: everything that the page says, in Chinese and English, a module a page."""

from app.site.words import campaigns, certificates, data, frame, gifts, home, log, organizations, projects

PAGES = (frame, home, campaigns, gifts, organizations, projects, certificates, data, log)
WORDS: dict[str, tuple[str, str]] = {key: words for page in PAGES for key, words in page.WORDS.items()}
