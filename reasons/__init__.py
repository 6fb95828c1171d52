"""Programs and orders in words: what a program does, what one order earns, and the clauses, rules and amounts that led to it."""
