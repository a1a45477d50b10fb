"""The law as data: which duties have a clock, from when until when, and how their days are counted."""
