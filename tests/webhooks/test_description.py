"""The webhook door in the OpenAPI document: every type that it understands, and nothing that it does not."""

from fastapi import FastAPI

from app.webhooks import description
from app.webhooks.translators import standard


def test_the_document_lists_every_type_that_the_door_understands(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]
    told = {
        form["properties"]["type"]["const"]: form["properties"]["data"]["$ref"].rpartition("/")[2]
        for form in schemas["WebhookEvent"]["anyOf"]
        if "const" in form["properties"]["type"]
    }

    assert told.keys() == standard.READERS.keys() == description.EVENTS.keys()
    assert told == {kind: model.__name__ for kind, model in description.EVENTS.items()}
    assert set(told.values()) <= schemas.keys()
    [other] = [form for form in schemas["WebhookEvent"]["anyOf"] if form["title"] == "another type"]
    assert set(other["properties"]["type"]["not"]["enum"]) == set(told)


def test_a_settlement_is_described_in_the_platforms_words(app: FastAPI) -> None:
    members = app.openapi()["components"]["schemas"]["PayoutSaid"]["properties"]
    assert {"settlement_id", "from", "to", "gross", "fee", "net", "paid_at"} <= members.keys()
