"""The report: one file, opened from a disk without a network."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import picking
import sample
from program import REPOSITORY
from reader import drawn, equal

SVG = "{http://www.w3.org/2000/svg}"

# A made-up document that has everything a page can show.
TOY = REPOSITORY / "page" / "testdata" / "document.json"


def toy(place):
    """A report of the made-up document."""
    out = place.folder / "toy.html"
    report = (place.finished / "report.html").read_text()
    out.write_text(sample.with_document(report, json.loads(TOY.read_text())))
    return out


def a_report_opens_without_a_network(place, reader):
    """The report of a run, one that is made again, and one of everything."""
    again = place.folder / "again.html"
    place.do("report", place.finished, "--out", again)
    for path in (place.finished / "report.html", again, toy(place)):
        with reader.page(path, offline=True) as page:
            drawn(page)
            equal("parts that could not be drawn", page.locator("text=could not be drawn").count(), 0)
            parts = page.eval_on_selector_all("#run > section", "all => all.map(s => s.id)")
            listed = page.eval_on_selector_all("nav a", "all => all.map(a => a.hash.slice(1))")
            equal("parts in the list", listed, parts)
            wanted = {"overview", "search", "model", "trials", "conditions", "space", "scores", "repeat"}
            equal("parts that are missing", wanted - set(parts), set())


def figures_are_saved_with_their_numbers(place, reader):
    """Every figure as SVG and as CSV; some are compared with the document, read here anew."""
    for path in (place.finished / "report.html", toy(place)):
        d = sample.document(path.read_text())
        saved = {}
        while len(saved) < (count := save_some(reader, path, saved)):
            pass
        equal("figures saved", len(saved), count)
        compare_scores(d["course"], *saved["scores-over-epochs"])
        compare_neuron(d["sample"], *saved["one-neuron"])


def save_some(reader, path, saved):
    """Saves the next figures, and returns how many there are. A page opened anew for every five:
    Chromium lets ten downloads of a page through, and stops to ask whether there may be more."""
    with reader.page(path, offline=True) as page:
        drawn(page)
        figures = page.locator("figure:visible").all()
        for f in figures[len(saved):len(saved) + 5]:
            saved[f.get_attribute("id")] = save(page, f)
        return len(figures)


def save(page, figure):
    """Saves a figure, and returns its SVG's root and its CSV's rows."""
    name = "autolfads-" + figure.get_attribute("id")
    texts = []
    for kind in ("SVG", "CSV"):
        with page.expect_download() as download:
            figure.get_by_role("button", name=re.compile(f"as {kind}$")).click()
        equal("name of the file", download.value.suggested_filename, f"{name}.{kind.lower()}")
        texts.append(download.value.path().read_text(encoding="utf-8"))
    return svg_of(name, texts[0]), rows_of(name, texts[1])


def svg_of(name, text):
    """Reads an SVG that must stand alone and show something."""
    root = ElementTree.fromstring(text)
    equal(name + ": root", root.tag, SVG + "svg")
    drawn = [n for n in root.iter() if n.tag in (SVG + "image", SVG + "text") or len(n.get("d", "")) > 8]
    if len(drawn) < 3:
        raise AssertionError(f"{name}: the picture has {len(drawn)} drawn elements")
    ids = {f"url(#{n.get('id')})" for n in root.iter()}
    for node in root.iter():
        for key, value in node.attrib.items():
            away = key.endswith("href") and not value.startswith("data:") or value.startswith("url(") and value.replace('"', "") not in ids
            if away or key.startswith("on"):
                raise AssertionError(f"{name}: {node.tag} has {key}={value}, which is nothing outside the page")
    return root


def rows_of(name, text):
    """Reads a CSV as a list of dictionaries."""
    rows = list(csv.reader(io.StringIO(text)))
    lengths = {len(r) for r in rows}
    if len(rows) < 2 or len(lengths) != 1:
        raise AssertionError(f"{name}: {len(rows)} rows of {sorted(lengths)} fields")
    equal(f"{name}: columns that are called alike", sorted({c for c in rows[0] if rows[0].count(c) > 1}), [])
    return [dict(zip(rows[0], r)) for r in rows[1:]]


def compare_scores(course, svg, rows):
    """Every point of every member's curve is in the CSV, and in the picture as often."""
    want = [
        (m["member"], g["generation"], g["start"] + x, y)
        for g in course["generations"] or [] for m in g["members"] or [] for x, y in zip(m["x"] or [], m["y"] or []) if y is not None]
    got = [(int(r["member"]), int(r["generation"]), int(r["epoch"]), float(r["score"])) for r in rows]
    equal("points of scores", len(got), len(want))
    equal("points in either the CSV or the document", sorted(set(got) ^ set(want))[:4], [])
    for member in {m for m, *_ in want}:
        curves = [n for n in svg.iter(SVG + "path") if n.get("data-member") == str(member)]
        points = sum(len(re.findall("[ML]", n.get("d"))) for n in curves)
        own = sum(1 for m, *_ in want if m == member)
        # A curve begins at its parent's end: a point more in a generation, at the most.
        if len(curves) != 1 or not own <= points <= own + len(course["generations"]):
            raise AssertionError(f"member {member} has {own} points, and {points} in {len(curves)} curves of the picture")


def compare_neuron(s, svg, rows):
    """The first neuron in the first trial, bin by bin."""
    for column, array in (("spikes", s["spikes"]), (f"rate ({s['unit']})", s["rates"])):
        got = [None if r[column] == "" else float(r[column]) for r in rows]
        want = sample.series(array, 0, 0)
        equal(f"bins of {column}", len(got), s["bins"])
        for b, (g, w) in enumerate(zip(got, want)):
            # The page keeps numbers in 32 bits: 24 of them count.
            if (g is None) != (w is None) or w is not None and abs(g - w) > abs(w) * 2**-23:
                raise AssertionError(f"{column} in bin {b}: {g}, want {w}")
    bins = sum(1 for v in sample.series(s["rates"], 0, 0) if v is not None)
    curves = [len(re.findall("[ML]", n.get("d", ""))) for n in svg.iter(SVG + "path")]
    if bins not in curves:
        raise AssertionError(f"no curve of the picture has {bins} points, but {curves}")


def what_has_no_drawing_is_not_saved(place, reader):
    """In a run's first minute: its figures have no scores to draw. And a drawing that fails leaves the page as it was."""
    path = place.folder / "begun.html"
    path.write_text(sample.with_document((place.finished / "report.html").read_text(), begun(json.loads(TOY.read_text()))))
    with reader.page(path, dark=True, offline=True) as page:
        figure = page.locator("#scores-over-epochs")
        figure.get_by_text("Nothing to draw yet.").wait_for()
        save_as = {kind: figure.get_by_role("button", name=re.compile(f"as {kind}$")) for kind in ("SVG", "CSV")}
        equal("buttons that can be pressed", {kind: button.is_enabled() for kind, button in save_as.items()}, {"SVG": False, "CSV": True})
        page.evaluate("try { svgText(() => { throw new Error('no') }, 720) } catch { }")
        equal("theme, and drawings aside", (page.evaluate("theme()"), page.locator(".aside").count()), ("dark", 0))


def begun(d):
    """The made-up document as that of a run whose members have no score yet."""
    for generation in d["course"]["generations"]:
        for member in generation["members"]:
            member |= {"state": "waiting", "score": None, "at": 0, "x": [], "y": []}
    d["course"] |= {"winner": [], "line": None}
    return d | {"chosen": None}


def members_trials_and_neurons_are_picked(place, reader):
    with reader.page(place.finished / "report.html", offline=True) as page:
        picked = picking.member_by_click(page)
        page.locator("#pick-member").select_option("")
        equal("curves lit after none is picked", picking.lit(page), [])
        page.locator("#pick-member").select_option(picked)
        equal("curves lit", picking.lit(page), [picked])
        picking.member_by_keys(page)
        picking.trial_and_neuron(page)
