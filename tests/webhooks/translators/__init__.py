"""The translators: what payment platforms sign, and how they want to be answered."""
