"""Tries the report and the dashboard as their readers have them: in a browser.

    python .ci/browser [CHECK...]        (or MEASURE)

builds the program, makes a small data set and small runs, and looks at their pages. A check is a
function below; without names all are done, in this order. Whatever a page does, a request to
another host, a word on the console or a dialog fails the check. Nothing is skipped: what is missing (Go,
Chromium, the packages of .ci/requirements-browser.txt) is a failure, too. What is measured is
told and judged by nobody, and done only when it is named.

Pictures of the pages are left in the folder AUTOLFADS_ARTEFACTS, if it is set.
"""

import os
import pathlib
import sys
import tempfile
import time
import traceback

from playwright.sync_api import sync_playwright

import kinds
import live
import looks
import names
import offline
import opening
import several
import tokens
import words
from program import Workplace
from reader import Reader

CHECKS = [
    tokens.leave_the_url,
    live.a_page_follows_its_run,
    live.a_lost_connection_says_since_when,
    live.many_changes_are_shown_at_once,
    offline.a_report_opens_without_a_network,
    offline.figures_are_saved_with_their_numbers,
    offline.what_has_no_drawing_is_not_saved,
    offline.members_trials_and_neurons_are_picked,
    names.of_files_are_text,
    names.of_documents_are_text,
    words.numbers_of_scores_are_the_same_everywhere,
    words.counted_things_have_a_tick_each,
    words.numbers_have_their_digits,
    words.of_signals_are_means,
    kinds.have_what_they_need,
    several.runs_stand_side_by_side,
    several.runs_are_shown_in_turn,
    several.scores_of_other_kinds_stand_apart,
    looks.good_on_any_screen,
]
MEASURES = [opening.of_large_pages]


def main(wanted):
    checks = [c for c in CHECKS + MEASURES if name(c) in wanted] if wanted else CHECKS
    known = set(map(name, CHECKS + MEASURES))
    unknown = set(wanted) - known
    if unknown:
        sys.exit(f"no check is called {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    failed = []
    with tempfile.TemporaryDirectory(prefix="autolfads-browser-") as folder, sync_playwright() as playwright:
        place = Workplace(pathlib.Path(folder), os.environ.get("AUTOLFADS_ARTEFACTS"))
        reader = Reader(playwright)
        for check in checks:
            began = time.monotonic()
            try:
                check(place, reader)
            except Exception:  # one check that fails leaves the others their say
                traceback.print_exc()
                failed.append(name(check))
            said = "FAILED" if name(check) in failed else "ok"
            print(f"{said:6} {time.monotonic() - began:5.1f} s  {name(check)}", flush=True)
        reader.close()
    if failed:
        sys.exit("failed: " + ", ".join(failed))


def name(check):
    """What a check is called on the command line: live.a_page_follows_its_run."""
    return f"{check.__module__}.{check.__name__}"


if __name__ == "__main__":
    main(sys.argv[1:])
