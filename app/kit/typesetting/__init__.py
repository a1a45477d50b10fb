"""Typesetting: documents in PDF, set offline from templates by typst; equal data make equal bytes."""
