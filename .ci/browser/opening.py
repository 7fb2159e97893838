"""How long pages take to open: measured when asked for, on a machine with nothing else to do.

Times go from asking for the page until the figures of the first screen are drawn; the median of
seven, and the quickest and slowest of them."""

import statistics
import subprocess
import time

from program import REPOSITORY
from reader import equal

TIMES = 7
RUNS = 50

# The milliseconds since a page was asked for, once what is to be seen is drawn.
FIRST_SCREEN = """runs => {
  const seen = [...document.querySelectorAll('figure')].filter(f => f.offsetWidth > 0 && f.getBoundingClientRect().top < innerHeight);
  const listed = document.querySelectorAll('#runs button.pick').length === runs;
  return listed && document.querySelector('h1') && seen.every(f => f.querySelector('svg.drawing')) && performance.now();
}"""


def of_large_pages(place, reader):
    """Reports of 20 and of 100 members over 50 generations, and a dashboard of fifty runs."""
    kept = place.folder / "sizes"
    subprocess.run(["go", "test", "-count=1", "-run", "TestSizeOf", "./page", "-args", "-keep", kept], cwd=REPOSITORY, check=True, capture_output=True)
    for run in sorted(kept.iterdir()):
        report = place.folder / f"{run.name}.html"
        place.do("report", run, "--out", report)
        tell(f"report of {run.name}, {report.stat().st_size / 1e6:.2f} MB", [opened(reader, report) for _ in range(TIMES)])
    for n in range(RUNS):
        place.copy(place.finished, f"fifty/run-{n:02}")
    begun = time.monotonic()
    with place.start("dashboard", place.folder / "fifty", "--listen", "0") as server:
        url = server.says(r"^page: (\S+)")
        print(f"       dashboard of {RUNS} runs answers after {time.monotonic() - begun:.2f} s")
        tell(f"dashboard of {RUNS} runs, all listed", [opened(reader, url, RUNS) for _ in range(TIMES)])
        memory = int(next(line for line in open(f"/proc/{server.process.pid}/status") if line.startswith("VmHWM")).split()[1])
        print(f"       the server held {memory / 1024:.0f} MB at most")


def opened(reader, where, runs=0):
    """Seconds from the request of a page until its first screen is seen, and its list of runs if there is one."""
    with reader.page(where) as page:
        return page.wait_for_function(FIRST_SCREEN, arg=runs, polling="raf").json_value() / 1000


def tell(what, seconds):
    equal("times", len(seconds), TIMES)
    print(f"       {what}: {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})", flush=True)
