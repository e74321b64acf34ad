"""A table in, a picture out: titled, sourced, labelled where the eye is, in Vietnamese or English, wide or
narrow.

Each function takes tables and returns a `Chart`, a matplotlib Figure that shows itself in a notebook as SVG.
The SVG is the same on every machine, and a value changed by one part in ten thousand changes it. No pyplot:
nothing hangs on a backend, and no figure stays behind.

`lines` draws what goes over the years, `rows` what is compared row by row; both stand on the card of `canvas`
and the words of `reading`."""

from baoyen_analysis.views.drawing.canvas import Chart, figure_facts
from baoyen_analysis.views.drawing.lines import fan, trend
from baoyen_analysis.views.drawing.rows import coverage, decomposition, dots, scorecard

__all__ = ["Chart", "coverage", "decomposition", "dots", "fan", "figure_facts", "scorecard", "trend"]
