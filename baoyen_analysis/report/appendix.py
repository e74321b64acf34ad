"""What the stored notebooks ask and explain, as plain HTML in one language. Their tables and charts are those
of the page, and stay in the notebooks."""

from __future__ import annotations

import json
import re

from markupsafe import Markup

from baoyen_analysis.report.page import Notebook, tongue


def notebook(name: str, stored: str, lang: str) -> Notebook:
    """One notebook, from the text of its file; whatever markup its words hold is shown as text. English is
    what stands in a cell, and for a cell that has no other."""
    import mistune  # 0.1 s that only the report needs

    written = mistune.create_markdown(escape=True)
    texts: list[str] = [
        cell.get("metadata", {}).get(lang) or "".join(cell["source"])
        for cell in json.loads(stored)["cells"]
        if cell["cell_type"] == "markdown"
    ]
    title = next((line[2:] for line in "\n".join(texts).splitlines() if line.startswith("# ")), name)
    # A head that nothing is said under leads only to a table.
    said = [re.sub(r"(?m)^#{1,2} .*\n*", "", text).strip() for text in texts]

    def mark(phrase: re.Match) -> str:
        """A phrase of the other language, which notebooks set in italics, marked as such."""
        other = tongue(phrase.group(1), lang)
        return f'<em lang="{other}">{phrase.group(1)}</em>' if other else phrase.group()

    body = "\n".join(str(written(text)) for text in said if text)
    return Notebook(name, title, Markup(re.sub(r"<em>(.*?)</em>", mark, body)))
