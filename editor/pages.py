"""The pages of findings as files that an editor can open: in a folder that is gone when the server is."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ..compiler.pages import all_names, page_text


class Pages:
    """Writes each page when it is first asked for. The site of the documentation may not be in reach; a file is."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._written: dict[str, str | None] = {}

    def uri(self, name: str) -> str | None:
        """The address of the page of a finding; none where there is no page, or no place for files."""
        if name not in self._written:
            self._written[name] = self._write(name) if name in all_names() else None
        return self._written[name]

    def close(self) -> None:
        """Take the files away."""
        if self._folder:
            self._folder.cleanup()

    def _write(self, name: str) -> str | None:
        try:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="tiercel-pages-")
            path = Path(self._folder.name).resolve() / f"{name}.md"
            page = page_text(name).strip().removeprefix("# ")
            path.write_text(f"# {name}: {page}\n", encoding="utf-8")
        except OSError:
            return None
        return path.as_uri()
