"""Organizations: the federation's members, their people and machines, and who may do what."""
