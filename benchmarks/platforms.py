"""Does the project give the same bytes elsewhere? Runs its main job under other settings and compares.

    python benchmarks/platforms.py                            every condition below, on this Python
    python benchmarks/platforms.py crlf path                  those alone
    python benchmarks/platforms.py --python /opt/3.13/bin/python [CONDITION ...]

The last: on another Python too, one that has the lock's packages.

Each condition is a copy of what git tracks (`crlf`: a clone as git for Windows makes it) in which
`baoyen run`, `build` and `ask plans` are called, their output going into a pipe. Printed for each: whether
data/processed, the notebooks' outputs and build/report.html are byte for byte those stored and those made
here under no special setting, and whether what the commands said can be read in the encoding that was asked
for and holds no code that steers a screen; exit 1 where one is not."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PLAIN = {"PYTHONHASHSEED": "0"}
# Name -> settings; what begins with "-" is unset.
CONDITIONS: dict[str, dict[str, str]] = {
    "plain": {},
    "lang-c": {"LANG": "C", "LC_ALL": "C"},
    "lang-c-without-utf8": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "cp1252-without-utf8": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "utf-16": {"PYTHONIOENCODING": "utf-16"},
    "no-utf8": {"PYTHONUTF8": "0"},
    "time-zone": {"TZ": "Pacific/Kiritimati"},
    "seed-1": {"PYTHONHASHSEED": "1"},
    "seed-random": {"PYTHONHASHSEED": "random"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "path": {},
    "crlf": {},
}
STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def copied(folder: Path, condition: str) -> Path:
    """What git tracks, in a folder of its own."""
    if condition == "crlf":
        root = folder / "project"
        clone = ["git", "clone", "--quiet", "-c", "core.autocrlf=true", "-c", "core.eol=crlf"]
        subprocess.run([*clone, str(HERE), str(root)], check=True)
        return root
    root = folder / ("Bảo Yên số liệu" if condition == "path" else "project")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=HERE, capture_output=True, check=True).stdout
    for name in filter(None, tracked.decode().split("\0")):
        if (HERE / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(HERE / name, root / name)
    return root


def made(root: Path, python: str, settings: dict[str, str]) -> tuple[dict[str, dict[str, bytes]], str]:
    """What the main job makes in a copy, by part, and what is wrong with what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "BAOYEN_ROOT"}
    environment |= PLAIN | settings | {"PYTHONPATH": str(root)}
    wrong = []
    for command in ("run", "build", "ask"):
        ended = subprocess.run(
            [python, "-m", "baoyen_analysis", command, *["plans"][: command == "ask"]],
            cwd=root,
            env=environment,
            capture_output=True,
        )
        encoding = settings.get("PYTHONIOENCODING", "utf-8")
        said = (ended.stdout + ended.stderr).decode(encoding, "replace")
        if ended.returncode or "Traceback" in said or STEERS.search(said) or "\ufffd" in said:
            wrong.append(f"{command} ends with {ended.returncode}: {said.strip()[-500:]}")
    parts = {"data": "build/processed", "notebooks": "build/notebooks", "report": "build"}
    return {
        part: {path.name: path.read_bytes() for path in sorted((root / place).glob("*.*")) if path.is_file()}
        for part, place in parts.items()
    }, "; ".join(wrong)


def main() -> int:
    arguments = sys.argv[1:]
    pythons = [sys.executable]
    if "--python" in arguments:
        at = arguments.index("--python")
        pythons.append(arguments[at + 1])
        del arguments[at : at + 2]
    stored = {
        part: {path.name: path.read_bytes() for path in sorted((HERE / place).glob(pattern))}
        for part, place, pattern in (
            ("data", "data/processed", "*.*"),
            ("notebooks", "notebooks", "[0-9]*.ipynb"),
        )
    }
    failed = False
    for python in pythons:
        version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.strip()
        for condition in dict.fromkeys(["plain", *(arguments or CONDITIONS)]):
            with tempfile.TemporaryDirectory() as folder:
                root = copied(Path(folder), condition)
                parts, wrong = made(root, python, CONDITIONS[condition])
            stored.setdefault("report", parts["report"])
            found = {part: "same" if parts[part] == stored[part] else "NOT same" for part in parts}
            said = ", ".join(f"{part} {how}" for part, how in found.items())
            print(f"{version} {condition:20} {said}; {wrong or 'output sound'}", flush=True)
            failed |= bool(wrong) or "NOT same" in found.values()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
