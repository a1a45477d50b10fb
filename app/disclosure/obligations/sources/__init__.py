"""Sources: where the facts that set clocks off stand in the database, one module for each kind of thing."""
