"""Papers: what accounting prints, each a template beside the code that fills it."""
