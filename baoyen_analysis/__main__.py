"""`python -m baoyen_analysis` is the command `baoyen`."""

from baoyen_analysis.cli import app

app()
