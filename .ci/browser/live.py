"""The page of a run while it runs."""

import datetime
import re
import urllib.parse

import picking
from reader import drawn, equal, nothing_left_behind, until


def a_page_follows_its_run(place, reader):
    """It changes without being loaded again, keeps what was picked, shows the trials when the run
    has ended, behind another tab, too, bears that its server goes, and comes back with the next one."""
    out = place.folder / "runs" / "live"
    # On one core, or it would be over before it was looked at: pages come to know of a run once a second.
    search = place.searching(place.data, out, members=6, generations=12, epochs=30)
    with place.start(*search, "--workers", 1, "--threads", 1, "--dashboard") as run:
        url = run.says(r"^page: (\S+)")
        with reader.page(url, loses_connection=True) as page:
            page.evaluate("window.loaded = 'once'")
            while_it_runs(page)
            page.evaluate(HIDDEN, True)  # where a run is waited for; it sees the end all the same
            after_its_end(page)
            run.says(r"(the page has ended with the run)")
            comes_back(place, page, url, out)
            equal("a mark of the page as it was loaded first", page.evaluate("window.loaded"), "once")


def generations(page):
    """How many generations the page says there are, 0 while it says nothing."""
    words = page.locator("#search .intro")
    found = re.search(r"over (\d+) generation", words.text_content()) if words.count() else None
    return int(found[1]) if found else 0


def while_it_runs(page):
    until(page, "a run has two generations", lambda: generations(page) >= 2)
    equal("state", page.locator("#overview .badge").text_content(), "running")
    equal("words about trials before the end", "when the run has ended" in page.locator("#trials").text_content(), True)
    picking.member_by_click(page)
    picking.member_by_keys(page)
    picked, before = picking.member(page), generations(page)
    until(page, "two more generations show", lambda: generations(page) >= before + 2)
    equal("member that was picked two generations before", (picking.member(page), picking.lit(page)), (picked, [picked]))
    equal("state", page.locator("#overview .badge").text_content(), "running")
    nothing_left_behind(page)


def after_its_end(page):
    until(page, "the page says that the run has finished", lambda: page.locator("#overview .badge").text_content() == "finished")
    until(page, "trials are shown", lambda: page.locator("#pick-trial").count() == 1)
    drawn(page)
    equal("generations", generations(page), 12)
    picking.trial_and_neuron(page)


def comes_back(place, page, url, run):
    """The server has gone with the run; another begins at the same place."""
    notice = page.locator(".notice")
    until(page, "the page says that the connection is lost", lambda: "Connection lost" in notice.text_content())
    picking.trial_and_neuron(page)
    with place.start("dashboard", run, "--listen", urllib.parse.urlsplit(url).port) as server:
        equal("where the page is", server.says(r"^page: (\S+)"), url)
        until(page, "the connection is back", notice.is_hidden)
        picking.trial_and_neuron(page)


# A page is hidden, as in a tab in the background, or shown again.
HIDDEN = """hidden => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def a_lost_connection_says_since_when(place, reader):
    """A server goes while its page is in the background: since then it is out of date, not since it was looked at again."""
    server = place.start("dashboard", place.finished, "--listen", "0")
    with server, reader.page(server.says(r"^page: (\S+)"), loses_connection=True) as page:
        page.locator("#pick-trial").wait_for()
        page.clock.set_fixed_time(datetime.datetime(2030, 1, 2, 9, 5))
        page.evaluate(HIDDEN, True)
        page.clock.set_fixed_time(datetime.datetime(2030, 1, 3, 17, 0))
        server.stop()
        page.evaluate(HIDDEN, False)
        notice = page.locator(".notice")
        notice.get_by_text("Connection lost").wait_for()
        words = notice.text_content()
        for wanted in ("2 Jan", "09:05", "autolfads dashboard RUN", "report.html"):
            equal(f"the notice has {wanted!r}: {words}", wanted in words, True)


def many_changes_are_shown_at_once(place, reader):
    """The list of runs is made anew for all that change within a moment, not for each."""
    with reader.page(place.finished / "report.html", offline=True) as page:
        page.evaluate("""() => {
          window.updates = [];
          const list = { node: document.createElement('p'), update: (runs) => updates.push(runs.length) };
          const w = { runs: [], list, notice() { } };
          for (let i = 0; i < 300; i++) takeRun(w, { name: 'run-' + i, state: { status: 'running' } });
        }""")
        until(page, "a list is made", lambda: page.evaluate("updates.length"))
        page.wait_for_timeout(500)  # milliseconds, for updates that should not be
        equal("runs in each list that was made", page.evaluate("updates"), [300])
