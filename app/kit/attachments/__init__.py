"""Attachments: files that belong to something: looked at, sealed if personal, kept, and deleted in time."""
