"""Which findings come with a fix: whether it is safe, what it does, and why others have none."""

from __future__ import annotations

from typing import NamedTuple

SAFE, UNSAFE, BOTH, NONE = "safe", "unsafe", "safe or unsafe", "none"


class Fixable(NamedTuple):
    """`kind` is one of the four above; `about` says what is done, or why nothing is."""

    kind: str
    about: str


FIXABLE = {  # one line each, however long
    "ambiguous-scalar": Fixable(BOTH, "quotes where text is due; `true`, `false` or a plain number where that is due; never `010`, `0x1F` or `12:30:00` as a number. A `null` is left out, which is unsafe"),
    "amounts-differ": Fixable(NONE, "either of the two may be meant"),
    "bad-allow": Fixable(BOTH, "the right beginning; the name of an error is taken out. Another word for `allow` is unsafe to replace"),
    "bad-moment": Fixable(SAFE, "`2026-2-3`, `2026/02/03` and a space for the `T`; never `02/03/2026`, nor an offset outside of UTC"),
    "bad-step": Fixable(NONE, "`check --fix` mends programs; steps are of their tests"),
    "bad-value": Fixable(SAFE, "a word, an id or a code in other letters, with other spacing or misspelled; a text that is listed twice"),
    "campaign-blocked": Fixable(NONE, "which rule should run is for people to say"),
    "campaign-overlap": Fixable(NONE, "either campaign may give way"),
    "campaign-strands-tiers": Fixable(NONE, "what these tiers should earn is not in the file"),
    "case-variant-names": Fixable(NONE, "a better name is not in the file"),
    "catch-all-tier": Fixable(NONE, "what was to be asked for is not in the file"),
    "condition-syntax": Fixable(BOTH, "the right operator, word, number or quote; a chain as two comparisons. A currency's sign that is not the program's is unsafe to drop"),
    "confusable-text": Fixable(NONE, "which letters were meant cannot be seen"),
    "dead-clause": Fixable(UNSAFE, "deletes the clause"),
    "double-earning": Fixable(UNSAFE, "leaves the tiers that have rules of their own out of the rule for everyone"),
    "duplicate-id": Fixable(NONE, "which of the two keeps the id matters to customers"),
    "duplicate-key": Fixable(SAFE, "deletes the second, where both say the same"),
    "encoding": Fixable(SAFE, "deletes a second byte order mark; another encoding is for an editor to change"),
    "entry-reward-on-first-tier": Fixable(NONE, "it may well be meant"),
    "expired-allow": Fixable(NONE, "either the day or what was allowed is to change"),
    "gift-card-earning": Fixable(NONE, "it may well be meant"),
    "inactive-rule": Fixable(NONE, "it may be kept for later"),
    "key-not-here": Fixable(UNSAFE, "leaves the key out"),
    "literal-out-of-range": Fixable(SAFE, "a country's code in upper case, `GB` for `UK`, a value of a `one_of` that is misspelled"),
    "missing-key": Fixable(SAFE, "writes `tiercel: 1`; what other keys should say is not in the file"),
    "multiple-order-rules": Fixable(NONE, "which rule should stay is for people to say"),
    "no-tier": Fixable(NONE, "it may well be meant"),
    "not-linear": Fixable(NONE, "what was meant is not in the file"),
    "one-tier-per-rule": Fixable(UNSAFE, "writes a rule for each tier; a rate table would do as well, and limits then count for each rule"),
    "overlap-on-a-day": Fixable(UNSAFE, "ends the first rule on the day before"),
    "plan-gate": Fixable(NONE, "the plan is a matter of money"),
    "platform-gate": Fixable(NONE, "the platform is a matter of fact"),
    "retain-harder-than-when": Fixable(NONE, "which of the two numbers is wrong cannot be seen"),
    "rule-never-matches": Fixable(NONE, "what it was to match is not in the file"),
    "same-condition": Fixable(NONE, "what should tell the tiers apart is not in the file"),
    "shadowed-tier": Fixable(NONE, "which of the tiers should move cannot be seen"),
    "spending-demotes": Fixable(NONE, "which of the conditions should change cannot be seen"),
    "tier-earns-nothing": Fixable(NONE, "what the tier should earn is not in the file"),
    "tier-not-nested": Fixable(NONE, "it may well be meant"),
    "too-large": Fixable(NONE, "what can go is for people to say"),
    "too-many-decimals": Fixable(SAFE, "drops zeros; never three of them, which may be thousands, and never other digits"),
    "type-mismatch": Fixable(BOTH, "`set has text` for `text in set`, quotes off a number and around a text, a comparison again behind `or`. `==` for a `has` of a text is unsafe"),
    "uncovered-tier": Fixable(NONE, "what the tier should earn is not in the file"),
    "unknown-allow": Fixable(UNSAFE, "the name that is misspelled: what it allows then is found no more"),
    "unknown-id": Fixable(SAFE, "the id that is misspelled, if no other is nearly as close"),
    "unknown-key": Fixable(SAFE, "the key that is misspelled, if no other is nearly as close, it is not there, and the value can be its own"),
    "unknown-name": Fixable(BOTH, "the name that is misspelled. One that is the same behind the dot is unsafe"),
    "unquoted-hash": Fixable(BOTH, "sets the comment behind a condition apart. Quotes around a text of your own are unsafe: customers see it"),
    "unreachable-tier": Fixable(NONE, "which of the clauses is wrong cannot be seen"),
    "unused-allow": Fixable(BOTH, "deletes the name, or the comment with the last one. It is unsafe where a finding of that name is near, since the comment may only be in the wrong place"),
    "unused-attribute": Fixable(UNSAFE, "takes the declaration out"),
    "wrong-type": Fixable(BOTH, "quotes off a number, `true` or `false` for a word, quotes around a text, brackets around one item. Leaving out a key without a value is unsafe"),
    "yaml-feature": Fixable(SAFE, "writes out what an alias stands for, where that is on one line; puts a condition in quotes"),
    "yaml-syntax": Fixable(BOTH, "puts a condition or a text in quotes, spaces for tabs, a space behind a colon. Deleting a control character is unsafe"),
}  # fmt: skip
