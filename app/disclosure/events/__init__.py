"""Events: conferences, lectures and shows that an organization asks people to."""
