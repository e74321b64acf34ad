"""From raw to panel for a whole country's communes: seconds of a core, peak memory, how both grow with the
number of figures, and how they compare with bare pandas.

    python benchmarks/national.py             21 thousand, 210 thousand and 2.1 million figures
    python benchmarks/national.py --small     the first two

The figures are invented: 20 indicators of 10 years for up to 10 600 communes, printed in Vietnamese. Each
size is written to a folder like data/raw and read in a process of its own; in another one bare pandas reads
the same rows, sorts them, drops the doubles, pivots them and writes them. Ours must take at most 5 times as
long and 3 GB at the largest size, and the exponent of growth from the smallest to the largest must be at most
1.05."""

import csv
import hashlib
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

INDICATORS = [
    "income_per_capita",
    "yield_per_ha",
    "tourism_revenue",
    "tourist_visits",
    "grdp_per_capita",
    "income_per_capita_rural",
    "budget_revenue",
    "grdp",
    "gross_output_total",
    "gross_output_agriculture",
    "value_added_agriculture",
    "share_agriculture",
    "cinnamon_area",
    "tea_area",
    "grain_output",
    "forest_cover",
    "population",
    "poverty_rate",
    "festival_visits",
    "economic_growth",
]
WORDS = {
    "million VND/person/year": "triệu đồng/người/năm",
    "million VND/ha": "triệu đồng/ha",
    "billion VND": "tỷ đồng",
    "visits": "lượt khách",
    "ha": "ha",
    "tonnes": "tấn",
    "percent": "%",
    "persons": "người",
}
BOUNDS = {"eq": "", "gt": "trên ", "approx": "khoảng "}


def write_record(folder: Path, communes: int) -> int:
    """A folder like data/raw with invented figures of so many communes; gives the number of figures."""
    from baoyen_analysis import vocabulary, words
    from baoyen_analysis.cleaning import raw

    draw = random.Random(20251123)
    files = {
        name: csv.writer(open(folder / f"{name}.csv", "w", encoding="utf-8", newline=""))  # noqa: SIM115
        for name in ("sources", "communes", "figures")
    }
    for name, writer in files.items():
        writer.writerow(raw.COLUMNS[name])
    files["sources"].writerow(
        ["s", "Invented", "Invented, for a measurement", "2025-01-01", "", "statistics"]
    )
    for place in range(communes):
        files["communes"].writerow(
            [
                f"{place:05d}",
                f"Xã {place}",
                "xã",
                "Huyện",
                "2025-06-30",
                f"{place:05d}",
                f"Xã {place}",
                "xã",
                "2025-07-01",
                "",
                "invented",
            ]
        )
        for indicator in INDICATORS:
            unit = vocabulary.INDICATORS[indicator].unit
            counted = vocabulary.INDICATORS[indicator].counted
            most = 999 if vocabulary.INDICATORS[indicator].share else 9999
            for year in range(2014, 2024):
                value = draw.randint(100, 99999) if counted else draw.randint(10, most) / 10
                how = draw.choice(["eq", "eq", "eq", "gt", "approx"])
                text = f"{BOUNDS[how]}{words.of('vi').number(value)} {WORDS[unit]}"
                files["figures"].writerow(
                    [
                        f"f-{place}-{indicator}-{year}",
                        "s",
                        f"Xã {place}",
                        "commune",
                        indicator,
                        year,
                        "actual",
                        text,
                        "",
                        "vi",
                        value,
                        "",
                        unit,
                        how,
                        "",
                        "",
                    ]
                )
    del files, writer
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.glob("*.csv"))
    )
    (folder / "SHA256SUMS").write_text(sums)
    return communes * len(INDICATORS) * 10


def read_record(folder: Path) -> None:
    """From raw to panel, as the build goes; prints seconds, peak memory in MB and rows of the panel."""
    from baoyen_analysis.cleaning import comparisons, observations, panel, publishers, raw, reconcile
    from baoyen_analysis.cleaning.faults import Faults

    start, faults = time.process_time(), Faults()
    record = raw.read(folder, faults=faults)
    sources = publishers.describe(record.sources)
    cleaned = observations.clean(record.figures, sources, record.communes, faults=faults)
    observed = reconcile.choose(cleaned, comparisons.derive(cleaned, record.comparisons, record.communes)[0])
    merged = panel.merge(observed)
    merged.to_csv(folder.parent / "panel-ours.csv", index=False)
    seconds = time.process_time() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(observed), len(merged))


def bare_pandas(folder: Path) -> None:
    """The same rows without reading a word of them, checking or choosing; prints as `read_record` does."""
    import pandas as pd

    start, keys = time.process_time(), ["area", "area_level", "period", "indicator"]
    rows = pd.read_csv(folder / "figures.csv")
    rows = rows.sort_values([*keys, "figure_id"]).drop_duplicates(keys)
    wide = rows.pivot(index=keys[:3], columns="indicator", values="value")
    rows.to_csv(folder.parent / "rows-bare.csv", index=False)
    wide.to_csv(folder.parent / "panel-bare.csv")
    seconds = time.process_time() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(rows), len(wide))


def main() -> int:
    if sys.argv[1:2] in (["--read"], ["--bare"]):
        {"--read": read_record, "--bare": bare_pandas}[sys.argv[1]](Path(sys.argv[2]))
        return 0
    measured = []
    for communes in (106, 1060) if "--small" in sys.argv else (106, 1060, 10600):
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            raw.mkdir()
            figures = write_record(raw, communes)
            said = {
                how: subprocess.run(
                    [sys.executable, __file__, how, str(raw)], capture_output=True, text=True, check=True
                ).stdout
                for how in ("--bare", "--read")
            }
        seconds, megabytes, observed, rows = map(float, said["--read"].split())
        bare = float(said["--bare"].split()[0])
        measured.append((figures, seconds))
        print(
            f"{figures:9,d} figures: {seconds:7.1f} s, peak {megabytes:7,.0f} MB, "
            f"{observed:,.0f} observations, {rows:,.0f} rows in the panel; "
            f"bare pandas {bare:.1f} s: {seconds / bare:.1f} times as long",
            flush=True,
        )
    (few, quick), (many, slow) = measured[0], measured[-1]
    exponent = math.log(slow / quick) / math.log(many / few)
    print(f"growth from {few:,} to {many:,} figures: exponent {exponent:.2f} (at most 1.05)")
    return 0 if exponent <= 1.05 and seconds <= 5 * bare and megabytes <= 3000 else 1


if __name__ == "__main__":
    sys.exit(main())
