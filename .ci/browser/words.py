"""What a report says in words and numbers."""

import json
import re

import sample
from offline import TOY
from reader import drawn, equal


def numbers_of_scores_are_the_same_everywhere(place, reader):
    """In tiles, in the table and in sentences: three decimals."""
    path = place.finished / "report.html"
    d = sample.document(path.read_text())
    want = {s["name"]: f"{s['value']:.3f}".replace("-", "\u2212") for s in d["scores"] if not s["lower_is_better"]}
    with reader.page(path, offline=True) as page:
        drawn(page)
        tiles = texts(page, ".tile dt", ".tile strong")
        table = texts(page, "#scores > .scroll tbody th", "#scores > .scroll tbody td:nth-child(3)")
        equal("scores in the table", {n: v.split("\u00a0")[0] for n, v in table.items() if n in want}, want)
        named = {n: v for n, v in tiles.items() if n != "Score of the chosen model"}
        equal("tiles", named, {n: want[n] for n in named})
        if "bits per spike" not in named:
            raise AssertionError(f"there is no tile of bits per spike, but {sorted(tiles)}")
        verdict = page.locator(".verdict").inner_text()
        equal("the verdict has the number of the tile", named["bits per spike"].replace("\u2212", "-") + " bits per spike" in verdict, True)


def counted_things_have_a_tick_each(place, reader):
    """Components of the state space, and generations: no number is left out where there is room."""
    path = place.finished / "report.html"
    d = sample.document(path.read_text())
    with reader.page(path, offline=True) as page:
        drawn(page)
        equal("ticks of components", across(page, "#variance"), [str(i + 1) for i in range(len(d["sample"]["space"]["share"]))])
        equal("ticks of generations", across(page, "#lineage"), [str(g["generation"]) for g in d["course"]["generations"]])


def of_signals_are_means(place, reader):
    """Of data that are no counts models infer means: no part, picture or table of them says rate."""
    path = place.folder / "signals.html"
    path.write_text(sample.with_document((place.finished / "report.html").read_text(), signals(json.loads(TOY.read_text()))))
    with reader.page(path, offline=True) as page:
        drawn(page)
        page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true })")
        page.wait_for_timeout(100)  # milliseconds, for tables to be made
        for part in ("overview", "warnings", "trials", "conditions", "space", "behaviour", "scores", "repeat"):
            found = page.locator("#" + part).evaluate(WORDS)
            rates = [text for text in found if re.search(r"\b([Rr]ates?|[Ss]pikes?)\b", text)]
            equal(f"what {part} says of rates and spikes", rates, [])
            equal(f"{part} says something", len(found) > 3, True)
        equal("scores in the table", set(texts(page, "#scores > .scroll tbody th", "#scores > .scroll tbody td:nth-child(2)")), {"data from means", "behaviour from means", "true means"})


def numbers_have_their_digits(place, reader):
    """Those that are rounded up to one digit more, and ticks of an axis whose ends are all but one number."""
    numerals = {"9999.6": "10\u202f000", "999.96": "1000", "-99.996": "\u2212100", "0.00099996": "10\u207b\u00b3", "9999999": "9\u202f999\u202f999", "12345.6": "12\u202f346", "0.45832": "0.4583"}
    with reader.page(place.finished / "report.html", offline=True) as page:
        equal("numbers", {n: page.evaluate(f"numeral({n})") for n in numerals}, numerals)
        equal("a number in three digits", page.evaluate("numeral(999.7, 3)"), "1000")
        for log in ("false", "true"):
            labels = page.evaluate(f"scaleOf({{ domain: [0.5, 0.5000000000000001], log: {log} }}, [0, 300]).ticks(4).map(t => t.label)")
            equal(f"ticks are few, log {log}", 2 <= len(set(labels)) <= 10, True)


# All texts of a part, those that are heard only among them.
WORDS = """part => [part, ...part.querySelectorAll('*')].flatMap(node =>
  [node.getAttribute('aria-label') || '', ...[...node.childNodes].filter(c => c.nodeType === Node.TEXT_NODE).map(c => c.data)]).filter(Boolean)"""


def signals(d):
    """The made-up document as of signals."""
    d["data"] |= {"counts": False, "unit": "mV", "facts": []}
    s = d["sample"]
    s |= {"counts": False, "unit": "mV", "note": ""}
    d["verdict"], d["warnings"], d["commands"] = ["It is one."], [{"kind": "truth", "text": "It is in doubt."}], []
    d["scores"] = [{"name": n, "value": 0.5, "unit": "R2", "true_rates": 0.6, "lower_is_better": False} for n in ("data from means", "behaviour from rates", "true rates")]
    return d


def across(page, figure):
    """The labels of ticks below a figure's frame."""
    return page.locator(f"{figure} text.tick-label[text-anchor=middle]").all_text_contents()


def texts(page, names, values):
    """Texts of some elements by those of others, in their order."""
    return dict(zip(page.locator(names).all_text_contents(), page.locator(values).all_text_contents()))
