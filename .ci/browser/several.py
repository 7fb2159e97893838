"""A folder of runs."""

import json
import shutil

import sample
from offline import TOY
from reader import equal, nothing_left_behind, until


def runs_stand_side_by_side(place, reader):
    """They can be chosen; a run that begins later appears, one that goes is said to be gone, and one that
    is damaged does not hide the others, nor do these stand for one that cannot be read."""
    for name in ("one", "two"):
        place.copy(place.finished, f"several/{name}")
    (place.folder / "several" / "damaged").mkdir()
    (place.folder / "several" / "damaged" / "run.yaml").write_text("{[")
    with place.start("dashboard", place.folder / "several", "--listen", "0") as server, reader.page(server.says(r"^page: (\S+)")) as page:
        until(page, "three runs are listed", lambda: listed(page) == ["damaged", "one", "two"])
        page.get_by_role("button", name="damaged", exact=True).click()
        until(page, "the page says what could not be read", lambda: "Not read" in page.locator("body").inner_text())
        equal("run shown", page.locator("h1").text_content(), "damaged")
        choose(page, "two")
        page.reload()
        until(page, "the run chosen is shown after the page is loaded again", lambda: page.locator("h1").all_text_contents() == ["two"])
        place.copy(place.finished, "several/three")
        until(page, "a new run appears", lambda: listed(page) == ["damaged", "one", "three", "two"])
        choose(page, "three")
        shutil.rmtree(place.folder / "several" / "one")
        row = page.locator("#runs tr", has_text="one")
        until(page, "a run that is gone is said to be", lambda: "cannot be read any more" in row.first.text_content())
        equal("run shown", page.locator("h1").text_content(), "three")
        a_fault_stands_alone(page)


def a_fault_stands_alone(page):
    """A run that cannot be read is picked while another is shown: of that nothing is left."""
    page.get_by_role("button", name="one", exact=True).click()
    notice = page.locator(".notice")
    until(page, "the page says what is wrong with the run", lambda: notice.is_visible() and notice.text_content().startswith("one: the folder of this run cannot be read"))
    equal("what is left of the run before", (page.locator("#run").text_content(), page.locator("nav li").count(), page.title()), ("", 0, "one · AutoLFADS"))
    choose(page, "three")
    until(page, "nothing is said any more", notice.is_hidden)


def runs_are_shown_in_turn(place, reader):
    """Of the run shown before nothing stays: no figure in memory, no condition picked, no late answer."""
    for name in ("one", "two"):
        place.copy(place.finished, f"turn/{name}")
    with place.start("dashboard", place.folder / "turn", "--listen", "0") as server, reader.page(server.says(r"^page: (\S+)")) as page:
        until(page, "two runs are listed", lambda: listed(page) == ["one", "two"])
        choose(page, "one")
        equal("units", page.locator("#runs tbody td:nth-child(5)").all_text_contents(), ["nats per element, poisson"] * 2)
        equal("scores in the list and on the page", page.locator("#runs tbody td:nth-child(4)").first.text_content() in page.locator(".tile").first.text_content(), True)
        page.locator("#pick-condition-of-means").select_option("3")
        until(page, "other conditions are faint", lambda: page.locator("#means .faded").count() > 0)
        choose(page, "two")
        lists = [page.locator(f"#pick-condition-of-{part}").input_value() for part in ("means", "space")]
        equal("condition picked, and curves that are faint", (lists, page.locator(".faded").count()), (["", ""], 0))
        for _ in range(5):
            choose(page, "one")
            choose(page, "two")
        nothing_left_behind(page)
        an_answer_comes_late(page)


def an_answer_comes_late(page):
    """A run is picked while the answer about another is under way: it is not shown any more."""
    held = []
    page.route("**/run/one/*", lambda route: held.append(route))
    page.evaluate("""() => {
      const run = document.querySelector('#run');
      window.titlesSeen = [];
      new MutationObserver(() => titlesSeen.push(run.querySelector('h1')?.textContent)).observe(run, { childList: true });
    }""")
    page.get_by_role("button", name="one", exact=True).click()
    until(page, "the run is asked for", lambda: held)
    page.get_by_role("button", name="two", exact=True).click()
    held[0].continue_()
    page.unroute("**/run/one/*")
    page.wait_for_timeout(500)  # milliseconds, for the answer, and what it might do
    equal("run shown, and others that were meanwhile", (page.locator("h1").text_content(), [n for n in page.evaluate("titlesSeen") if n != "two"]), ("two", []))


def scores_of_other_kinds_stand_apart(place, reader):
    """Of other data, of another likelihood, of trials that were trained on: they have axes of their own, and words beside them."""
    runs = [summary("a"), summary("b"), summary("other data", sha256="2"), summary("gaussian", likelihood="gaussian"), summary("replay", score_of="training trials")]
    path = place.folder / "replay.html"
    d = json.loads(TOY.read_text())
    d["course"]["score_of"] = "training trials"
    path.write_text(sample.with_document((place.finished / "report.html").read_text(), d))
    with reader.page(path, offline=True) as page:
        groups = page.evaluate("runs => groupsOf(runs).map(g => g.map(r => r.name))", runs)
        equal("runs with common axes", groups, [["a", "b"], ["other data"], ["gaussian"], ["replay"]])
        titles = page.evaluate("runs => [...drawRuns(runs, 900, () => {}).querySelectorAll('.panel-title')].map(t => t.textContent)", runs)
        equal("titles of panels", titles, ["a.h5poisson", "a.h5poisson", "a.h5gaussian", "a.h5poisson, of training trials"])
        units = page.evaluate("runs => [...runsTable(runs, () => {}).querySelectorAll('tbody td:nth-child(5)')].map(t => t.textContent)", runs)
        equal("units", units, ["nats per element, poisson"] * 3 + ["nats per element, gaussian", "nats per element, poisson, of training trials"])
        tile = page.locator(".tile").first.text_content()
        equal("the tile says of what its score is", "of training trials" in tile, True)


def summary(name, **other):
    """A run as page.Summary has it."""
    state = {"status": "finished", "generation": 1, "epochs_done": 8, "seconds_left": None}
    return {"name": name, "data": "a.h5", "state": state, "score": 0.4, "unit": "nats per element", "likelihood": "poisson", "score_of": "",
            "sha256": "1", "x": [4, 8], "y": [0.5, 0.4], "fault": "", "notes": 0, "version": 1} | other


def listed(page):
    return page.locator("#runs button.pick").all_text_contents()


def choose(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    until(page, f"{name} is shown", lambda: page.locator("h1").all_text_contents() == [name] and page.locator("#pick-trial").count() == 1)
    equal("run in the address", page.url.endswith("?run=" + name), True)
