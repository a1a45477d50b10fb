"""News: what the federation's own media tell of campaigns and projects, which is no disclosure."""
