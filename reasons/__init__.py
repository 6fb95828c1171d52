"""What one order earns, and why: the runtime's effects beside the clauses, rules and amounts that led to them."""
