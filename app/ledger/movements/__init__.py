"""Movements: what makes money move from fund to fund, to members, and to its purpose."""
