"""Words: everything that the page says, in Chinese and English, a module a page."""

from app.site.words import campaigns, certificates, data, frame, gifts, home, log, organizations

_PAGES = (frame, home, campaigns, gifts, organizations, certificates, data, log)
WORDS: dict[str, tuple[str, str]] = {key: words for page in _PAGES for key, words in page.WORDS.items()}
