"""Chinese: what other programs say in English only, in Chinese."""
