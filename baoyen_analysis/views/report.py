"""The one-page report: a self-contained HTML file, both languages in it, made from what the answers gave."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from baoyen_analysis.views import style
from baoyen_analysis.views.charts import Chart


class Section(NamedTuple):
    """A part of the report in one language: its title, sentences, charts and tables (name to table), and what it cannot say."""

    key: str
    title: str
    sentences: list[str]
    charts: list[Chart]
    tables: dict[str, pd.DataFrame]
    limits: list[str]


class Page(NamedTuple):
    """The report in one language."""

    lang: str
    title: str
    lead: str
    labels: dict[str, str]
    sections: list[Section]
    sources: pd.DataFrame


def render(pages: list[Page]) -> str:
    """The HTML of the report; everything that comes from data is escaped, and nothing is fetched from anywhere."""
    environment = Environment(
        loader=PackageLoader("baoyen_analysis.views"), autoescape=select_autoescape(["html", "j2"]), undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["svg"] = lambda chart: Markup(chart.svg())
    environment.filters["link"] = _link
    return environment.get_template("report.html.j2").render(pages=pages, fonts=Markup(style.font_face_css()))


def _link(address: str) -> str:
    """An address that a browser may open: anything but http and https is no link."""
    return address if address.startswith(("https://", "http://")) else ""
