from tests.access.disclosure import ACTS, LOOKS
from tests.access.words import PUBLIC

REVIEWS = "acts: disclosure_officer reviewer"
_DRAFT = "/v1/disclosure/publications/drafts/{draft_id}"
_PUBLICATION = "/v1/disclosure/publications/{publication_id}"

MAY = {
    "GET /v1/disclosure/publications": PUBLIC,
    "GET /v1/disclosure/publications.atom": PUBLIC,
    f"GET {_PUBLICATION}": PUBLIC,
    f"GET {_PUBLICATION}/snapshot": PUBLIC,
    f"GET {_PUBLICATION}/paper": PUBLIC,
    f"GET {_PUBLICATION}/history": PUBLIC,
    f"GET {_PUBLICATION}/difference": LOOKS,
    f"POST {_PUBLICATION}/correction": ACTS,
    "GET /v1/disclosure/publications/drafts": LOOKS,
    "POST /v1/disclosure/publications/drafts": ACTS,
    f"GET {_DRAFT}": LOOKS,
    f"POST {_DRAFT}/compilation": ACTS,
    f"POST {_DRAFT}/review": REVIEWS,
    f"POST {_DRAFT}/publication": ACTS,
    f"POST {_DRAFT}/withdrawal": ACTS,
    "POST /v1/disclosure/statement-notes": "acts: accountant disclosure_officer accounting disclosure",
    "GET /v1/disclosure/statement-notes": LOOKS,
    "POST /v1/disclosure/statement-notes/{note_id}/review": REVIEWS,
    "GET /v1/disclosure/organizations/{organization_id}/statement-notes/{year}": LOOKS,
    "GET /v1/disclosure/news": PUBLIC,
    "POST /v1/disclosure/news": ACTS,
    "POST /v1/disclosure/news/{article_id}/withdrawal": ACTS,
}
