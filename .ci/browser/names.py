"""What comes from files is text, whatever it looks like."""

import json

import sample
from offline import TOY
from reader import equal

# What would be an element, run as a script, or end the script in which it stands.
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;\"'"

# Fields that hold text. The others are numbers, base64 and words that scripts compare.
TEXT = {"version", "name", "search", "seed", "sha256", "what", "text", "reason", "key", "value", "default", "fault", "words", "title",
        "note", "unit", "output", "thinned", "score_of"}
TEXTS = {"verdict", "facts", "among", "skipped_scores", "figures", "notes", "names"}


def of_files_are_text(place, reader):
    """A data set and a run folder. A file's name has no slash, so that no element is ended here."""
    data = place.folder / "<script>alert(1)<script>.h5"
    data.write_bytes(place.data.read_bytes())
    out = place.folder / "runs" / "<img src=x onerror=alert(2)>"
    place.do(*place.searching(data, out, members=2, generations=2, epochs=2))
    with reader.page(out / "report.html", offline=True) as page:
        equal("title", page.title(), data.name)
        sees(page, data.name)
    with place.start("dashboard", out, "--listen", "0") as server, reader.page(server.says(r"^page: (\S+)")) as page:
        page.locator("#pick-trial").wait_for()
        sees(page, data.name)
        sees(page, out.name)


def of_documents_are_text(place, reader):
    """Every text of a document at once: names of neurons and conditions, sentences, settings."""
    d = hostile(json.loads(TOY.read_text()))
    path = place.folder / "hostile.html"
    path.write_text(sample.with_document((place.finished / "report.html").read_text(), d))
    with reader.page(path, offline=True) as page:
        for details in page.locator("details").all():
            details.evaluate("d => { d.open = true }")
        page.wait_for_timeout(100)
        sees(page, MARKUP)
        for part in ("overview", "warnings", "search", "model", "trials", "conditions", "behaviour", "scores", "repeat"):
            equal(f"the text is in {part}", MARKUP in page.locator("#" + part).text_content(), True)


def hostile(value, key=""):
    """Puts the markup behind every text."""
    if isinstance(value, dict):
        return {k: hostile(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [hostile(v, key) for v in value]
    return value + MARKUP if isinstance(value, str) and key in TEXT | TEXTS else value


def sees(page, text):
    """The text is to be read on the page, and nothing was made of it."""
    equal(f"{text} is on the page", text in page.locator("body").inner_text(), True)
    equal("scripts in the page", page.eval_on_selector_all("script", "all => all.length"), 2)  # its data, and its own
    equal("images and bold text", page.eval_on_selector_all("img, b, [onerror]", "all => all.length"), 0)
