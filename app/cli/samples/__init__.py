"""Samples: the data of the demo, generated or with its source named; nobody in it exists."""
