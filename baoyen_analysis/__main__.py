"""`python -m baoyen_analysis` is the command `baoyen`."""

import atexit
import gc


def main() -> None:
    """The command. What it imports stays to its end: looking through all of that for garbage, again and
    again and once more at the end, would take a quarter of the time of a short one."""
    gc.disable()
    from baoyen_analysis.commands.cli import app

    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)
    app()


if __name__ == "__main__":
    main()
