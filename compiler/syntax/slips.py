"""What went wrong in a text that is no condition, and the right spelling where the slip is a known one."""

from __future__ import annotations

from .condition_parser import Word
from .slip import Failure, Slip
from .slips_of_order import ORDER
from .slips_of_spelling import SPELLING


def explain(text: str, words: list[Word], index: int) -> Slip:
    """The slip because of which the parser stops at `words[index]`.

    `words` are the tokens of `text`, as `condition_parser.Unparsable` gives them.
    """
    failure = Failure(text, tuple(words), index)
    for recognize in (*SPELLING, *ORDER):
        slip = recognize(failure)
        if slip is not None:
            return slip
    return failure.slip_here(f"{failure.shown} cannot stand here")
