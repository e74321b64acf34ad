"""Files of every generated layout, in the formats of their numbers: none is read wrong. Their numbers are
invented."""

import sys

from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import office


def test_generated_files_of_every_layout_are_never_wrong(tmp_path, capsys):
    count = 2 * len(office.LAYOUTS + office.UNUSUAL)
    assert office.generated(tmp_path, count, seed=7) == 0
    assert f"{count} generated files" in capsys.readouterr().out
