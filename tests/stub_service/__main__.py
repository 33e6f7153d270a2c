"""Serve the stub until Ctrl-C, to try `npqstats fetch` by hand.

python -m tests.stub_service [--port 8765] [--scenario usual] [--fault PATH=HOW ...] [--list]
"""

from __future__ import annotations

import argparse
import signal
import sys
from threading import Event

from tests.stub_service import FAULTS, SCENARIOS, Stub

_ALWAYS = 1_000_000_000


def main() -> None:
    """Serve a stub of the statistics service, with MADE-UP figures, on 127.0.0.1."""
    asked = _arguments()
    if asked.list:
        _list()
        return
    interrupted = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with Stub(asked.scenario, port=asked.port, hostile_zip=asked.hostile_zip) as stub:
        for path_part, how in asked.fault:
            stub.break_next(path_part, how, _ALWAYS)
        sys.stdout.write(
            f"Serving '{asked.scenario}' at {stub.url} (every figure is made up). Ctrl-C stops it.\n"
            f"Try: NPQSTATS_SERVICE={stub.url} npqstats fetch --list\n"
        )
        sys.stdout.flush()
        interrupted.wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stub_service", description=main.__doc__)
    parser.add_argument("--port", type=int, default=8765, help="0 takes any that is free (default: 8765)")
    parser.add_argument("--scenario", choices=SCENARIOS, default="usual", help="what is published (default: usual)")
    parser.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="PATH=HOW",
        help="let every request whose path holds PATH go wrong; may be given again",
    )
    parser.add_argument("--hostile-zip", action="store_true", help="put members into the zip that no zip should have")
    parser.add_argument("--list", action="store_true", help="list the scenarios and the faults, and end")
    return parser.parse_args()


def _fault(text: str) -> tuple[str, str]:
    path_part, _, how = text.rpartition("=")
    if how not in FAULTS:
        raise argparse.ArgumentTypeError(f"no fault is called {how!r}; see --list")
    return path_part, how


def _list() -> None:
    said = [("Scenarios", {name: (make.__doc__ or "").strip() for name, make in SCENARIOS.items()})]
    said.append(("Faults", {name: fault.said for name, fault in FAULTS.items()}))
    for title, lines in said:
        sys.stdout.write(f"{title}\n" + "".join(f"  {name:14} {line}\n" for name, line in lines.items()))


if __name__ == "__main__":
    main()
