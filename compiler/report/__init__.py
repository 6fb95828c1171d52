"""Diagnostics in, characters out: a module for each format."""

from typing import Final

# The formats that report on all files in one document, and the module of each: `render` in it takes `Findings`.
FORMATS: Final = {
    "json": "json",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}
