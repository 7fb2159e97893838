"""What a report says in words and numbers."""

import sample
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
        named = {n: v for n, v in tiles.items() if n != "Best score"}
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


def across(page, figure):
    """The labels of ticks below a figure's frame."""
    return page.locator(f"{figure} text.tick-label[text-anchor=middle]").all_text_contents()


def texts(page, names, values):
    """Texts of some elements by those of others, in their order."""
    return dict(zip(page.locator(names).all_text_contents(), page.locator(values).all_text_contents()))
