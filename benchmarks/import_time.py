"""How much importing the package costs beside importing pandas alone: the ratio must stay at or below 1.1.

    python benchmarks/import_time.py

Each is imported in fresh processes, in turn; the medians of what `python -X importtime` reports are compared.
"""

import re
import statistics
import subprocess
import sys

ROUNDS = 7


def milliseconds(module: str) -> float:
    """Cumulative time of one import in a fresh process."""
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"import {module}"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    return int(re.findall(rf"\|\s+(\d+) \|\s*{module}$", said, re.MULTILINE)[-1]) / 1000


def main() -> int:
    times: dict[str, list[float]] = {"pandas": [], "baoyen_analysis": []}
    for _ in range(ROUNDS):
        for module, taken in times.items():
            taken.append(milliseconds(module))
    pandas, package = (statistics.median(taken) for taken in times.values())
    print(
        f"import pandas {pandas:.1f} ms, import baoyen_analysis {package:.1f} ms, "
        f"ratio {package / pandas:.3f} (at most 1.1)"
    )
    return 0 if package <= 1.1 * pandas else 1


if __name__ == "__main__":
    sys.exit(main())
