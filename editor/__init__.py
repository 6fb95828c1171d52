"""What an editor asks about a program while it is written: findings, meanings, completions, uses and changes."""
