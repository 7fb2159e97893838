"""Pages of other kinds of runs: made-up documents, altered."""

import base64
import json

import sample
from offline import TOY
from reader import drawn, equal


def have_what_they_need(place, reader):
    """A replay, that had no trials to validate and some bins that were not observed; and a search whose finish put members in other places."""
    with reader.page(made(place, "replayed", replayed), offline=True) as page:
        drawn(page)
        equal("bins not observed that are marked", len(page.locator("#all-trials .unseen-data").get_attribute("d")) > 0, True)
        equal("axes of the schedule", set(page.locator("#hyper-parameters text.axis").all_text_contents()), {"Generation"})
        caption = page.locator("#hyper-parameters .caption").text_content()
        equal("caption of the schedule", "schedule" in caption and "tried" not in caption, True)
        equal("curves of the chosen model in its legend", page.locator("#chosen-line text.legend").all_text_contents(), ["training"])
    with reader.page(made(place, "finish", finish), offline=True) as page:
        drawn(page)
        page.locator("#members").evaluate("d => { d.open = true }")
        equal("from whom members went on", page.locator("#members tbody td:nth-child(5)").all_text_contents()[:2], ["member 1", "itself"])
        page.emulate_media(media="print")
        equal("words about thinned curves on paper", page.get_by_text("4 at most are shown").is_visible(), True)


def made(place, name, alter):
    """A report of the made-up document, altered."""
    d = json.loads(TOY.read_text())
    alter(d)
    path = place.folder / f"{name}.html"
    path.write_text(sample.with_document((place.finished / "report.html").read_text(), d))
    return path


def replayed(d):
    """One member, each generation from itself; of each trial the last ten bins are missing."""
    d["search"], d["course"]["population"] = "replay", False
    for generation in d["course"]["generations"]:
        generation["members"] = generation["members"][:1]
    line = d["course"]["line"]
    line["valid"] = [None] * len(line["epoch"])
    spikes = d["sample"]["spikes"]
    trials, bins, neurons = spikes["shape"]
    counts = ([1] * (bins - 10) * neurons + [255] * 10 * neurons) * trials
    d["sample"]["spikes"] = {"shape": spikes["shape"], "low": [0], "high": [254], "bytes": base64.b64encode(bytes(counts)).decode()}


def finish(d):
    last = d["course"]["generations"][-1]
    last["finish"] = True
    for member, parent in zip(last["members"], (1, 1)):
        member |= {"copied": False, "parent": [last["generation"] - 1, parent]}
