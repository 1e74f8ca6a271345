"""`make faults [ONLY=name …]`: run the faults and print what was seen; status 1 if one was wrong.

A further argument: --talks=N, the size of the library.
"""

import argparse
import os
import signal
import sys
import traceback
from pathlib import Path

from faults.catalogue import FAULTS, NOT_RUN
from faults.fault import WHOLE, Fault, Outcome
from faults.site import HERE, Site, migrate, temporary_site

_LINE = "{:<5}{:<44}{:<38}{:<38}{:>5}  {}"


def main() -> None:
    """Run the faults one after the other on one site."""
    asked = _arguments()
    chosen = [fault for fault in FAULTS if not asked.only or fault.__name__ in asked.only]
    print(_LINE.format("", "fault", "what readers saw", "what writers saw", "lost", ""))
    with temporary_site(migrate, static_root=_static_files(), talks=asked.talks) as site:
        failed = [each.__name__ for each in chosen if not _tell(each(), site)]
    for what, reason in NOT_RUN.items() if not asked.only else ():
        print(f"not run: {what}: {reason}")
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="faults")
    names = [fault.__name__ for fault in FAULTS]
    parser.add_argument("only", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--talks", type=int, default=5_000)
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(names):
        parser.error(f"No such fault: {', '.join(unknown)}. Known: {', '.join(names)}")
    return asked


def _tell(fault: Fault, site: Site) -> bool:
    """Run a fault, print its line, and tell whether all was as it should be."""
    try:
        outcome = fault.run(site, WHOLE)
    except Exception:  # noqa: BLE001 -- the others are run all the same
        outcome = Outcome(wrong=[traceback.format_exc()])
    verdict = "FAIL" if outcome.wrong else "pass"
    seen = (outcome.readers, outcome.writers, outcome.lost, verdict)
    print(_LINE.format(fault.number, fault.name, *seen), flush=True)
    if outcome.took:
        print(f"     {', '.join(outcome.took)}", flush=True)
    for sentence in outcome.wrong:
        print(f"     {sentence}", flush=True)
    return not outcome.wrong


def _static_files() -> Path:
    """Collect static files where the site's own are, unless they are there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
    import django  # noqa: PLC0415 -- nothing else here needs it
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    from notes_site.static_files import collect_static_files  # noqa: PLC0415

    collect_static_files()
    return HERE / settings.STATIC_ROOT


def end_in_order(signum: int, _frame: object) -> None:
    """Let servers be ended by the blocks that started them."""
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end_in_order)
    main()
