"""Sections: how each item of a form is filled from the books, by what the publication is about."""
