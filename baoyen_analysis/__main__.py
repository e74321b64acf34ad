"""`python -m baoyen_analysis` is the command `baoyen`."""

from baoyen_analysis.commands.cli import app

app()
