"""Own: what donors read and decide about their own gifts, found by what they proved to be."""
