"""What scenarios cover of a program: what there is to cover, what a run saw of it, and scenarios for the rest."""
