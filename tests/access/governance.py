from tests.access.words import PUBLIC

_GOVERNORS = "admin disclosure_officer disclosure"
GOVERNS, SEES = f"acts: {_GOVERNORS}", f"looks: {_GOVERNORS}"
_GOVERNANCE = "/v1/disclosure/governance"
_MEMBER = f"{_GOVERNANCE}/organizations/{{organization_id}}"

MAY = {
    f"POST {_GOVERNANCE}/charters": GOVERNS,
    f"GET {_MEMBER}/charters": PUBLIC,
    f"POST {_GOVERNANCE}/terms": GOVERNS,
    f"GET {_MEMBER}/terms": PUBLIC,
    f"GET {_MEMBER}/roster": PUBLIC,
    f"POST {_GOVERNANCE}/audits": GOVERNS,
    f"GET {_GOVERNANCE}/audits": SEES,
    f"POST {_GOVERNANCE}/elections": GOVERNS,
    f"GET {_GOVERNANCE}/elections": SEES,
    f"POST {_GOVERNANCE}/registrations": GOVERNS,
    f"POST {_GOVERNANCE}/registrations/{{registration_id}}/completion": GOVERNS,
    f"GET {_GOVERNANCE}/registrations": SEES,
    f"POST {_GOVERNANCE}/officers": GOVERNS,
    f"GET {_GOVERNANCE}/officers": SEES,
    f"GET {_GOVERNANCE}/officers/{{officer_id}}": SEES,
    f"PATCH {_GOVERNANCE}/officers/{{officer_id}}": GOVERNS,
    f"POST {_GOVERNANCE}/appointments": GOVERNS,
    f"GET {_GOVERNANCE}/appointments": SEES,
    f"POST {_GOVERNANCE}/appointments/{{appointment_id}}/end": GOVERNS,
    f"POST {_GOVERNANCE}/related-parties": GOVERNS,
    f"GET {_GOVERNANCE}/related-parties": SEES,
    f"POST {_GOVERNANCE}/related-parties/{{party_id}}/end": GOVERNS,
    f"POST {_GOVERNANCE}/related-parties/{{party_id}}/consent": GOVERNS,
    f"POST {_GOVERNANCE}/related-events": GOVERNS,
    f"GET {_GOVERNANCE}/related-events": SEES,
    f"POST {_GOVERNANCE}/related-events/{{event_id}}/withdrawal": GOVERNS,
    f"POST {_GOVERNANCE}/recusals": GOVERNS,
    f"GET {_GOVERNANCE}/recusals": SEES,
    f"POST {_GOVERNANCE}/pay-lists": GOVERNS,
    f"POST {_GOVERNANCE}/staff-totals": GOVERNS,
    f"GET {_GOVERNANCE}/staff-totals": SEES,
    f"POST {_GOVERNANCE}/standards": GOVERNS,
    f"POST {_GOVERNANCE}/units": GOVERNS,
    f"POST {_GOVERNANCE}/units/{{unit_id}}/closing": GOVERNS,
    f"GET {_MEMBER}/basic-information": PUBLIC,
    f"GET {_MEMBER}/related-parties": PUBLIC,
    f"GET {_MEMBER}/related-events": PUBLIC,
    f"GET {_MEMBER}/pay-lists": PUBLIC,
    f"GET {_MEMBER}/standards": PUBLIC,
    f"GET {_MEMBER}/units": PUBLIC,
}
