"""What to say about a word that is not known: the words of the syntax, for the model."""

from ..syntax.nearest import listed, named, nearest, suggestion

__all__ = ["listed", "named", "nearest", "suggestion"]
