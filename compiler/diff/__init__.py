"""What changes for customers and orders between two versions of a program."""
