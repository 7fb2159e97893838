"""How pages look: light and dark, on a desk and on a telephone; and whether everybody can use them."""

import importlib.resources

from offline import toy
from reader import drawn, equal

AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()

WIDE, NARROW = 1400, 420  # pixels


def good_on_any_screen(place, reader):
    """Axe finds nothing serious, nothing has to be scrolled sideways, and pictures are left to be looked at."""
    found = []
    runs = place.folder / "looks"
    for name in ("first", "second"):
        place.copy(place.finished, f"looks/{name}")
    with place.start("dashboard", runs, "--listen", "0") as server:
        pages = {"report": toy(place), "dashboard": server.says(r"^page: (\S+)")}
        for name, where in pages.items():
            for dark in (False, True):
                with reader.page(where, dark=dark) as page:
                    drawn(page)
                    found += looked_at(place, page, f"{name}-{'dark' if dark else 'light'}")
    if found:
        raise AssertionError("axe found:\n  " + "\n  ".join(found))


def looked_at(place, page, name):
    """Takes pictures of a page, and returns what axe says of it."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)  # milliseconds, for figures to be drawn anew
        page.screenshot(path=place.artefacts / f"{name}-{width}.png", full_page=True)
        equal(f"{name} at {width}: pixels that are scrolled sideways", page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0)
    # Of the figures' tables one: they are alike, and axe takes half a minute for all.
    page.eval_on_selector_all("details[id], #scores-over-epochs details", "all => all.forEach(d => { d.open = true })")
    page.evaluate(AXE)
    violations = page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations)")
    return [
        f"{name}: {v['impact']}: {v['help']} ({v['id']}): " + "; ".join(n["html"][:160] for n in v["nodes"][:3])
        for v in violations if v["impact"] in ("serious", "critical")]
