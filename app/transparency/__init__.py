"""Transparency: the public log, to which every entry of the books is appended and nothing ever rewritten."""
