"""A browser with a reader before it, who notices what nobody should see."""

import contextlib
import re
import shutil
import time
import urllib.parse

from program import PATIENCE


class Reader:
    """Debian's Chromium: nothing is downloaded."""

    def __init__(self, playwright):
        found = shutil.which("chromium")
        if not found:
            raise AssertionError("there is no chromium: apt-get install chromium")
        # The sandbox cannot be had by root in a container; the pages are our own.
        self.chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])

    def close(self):
        self.chromium.close()

    @contextlib.contextmanager
    def page(self, url, *, dark=False, width=1400, offline=False, loses_connection=False):
        """A page, opened by its URL or its path. loses_connection says that its server will go
        away, which a browser says on its console, too. Motion is reduced: pages scroll at once."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", reduced_motion="reduce", offline=offline)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        where = url if "://" in str(url) else url.resolve().as_uri()
        noticed = Noticed(page, where, loses_connection)
        try:
            page.goto(where)
            yield page
            noticed.nothing()
        finally:
            context.close()


class Noticed:
    """What a page does that it should not."""

    def __init__(self, page, url, loses_connection):
        self.faults = []
        self.host = urllib.parse.urlsplit(url).netloc  # "" of a file
        self.loses_connection = loses_connection
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", self.dialog)
        page.on("request", self.request)
        page.on("popup", lambda other: self.faults.append(f"another page opened: {other.url}"))

    def console(self, message):
        lost = self.loses_connection and re.search(r"net::ERR_\w*(CONNECTION|CHUNKED|EMPTY_RESPONSE)", message.text)
        if message.type in ("error", "warning") and not lost:
            self.faults.append(f"{message.type} on the console: {message.text}")

    def dialog(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def request(self, request):
        to = urllib.parse.urlsplit(request.url)
        own = to.scheme == "file" and not self.host or to.scheme == "http" and to.netloc == self.host
        if to.scheme not in ("data", "blob") and not own:
            self.faults.append(f"request to {request.url}")

    def nothing(self):
        if self.faults:
            raise AssertionError("the page did what it should not:\n  " + "\n  ".join(self.faults))


def until(page, what, holds):
    """Waits until something holds of a page, and returns it."""
    end = time.monotonic() + PATIENCE
    while True:
        now = holds()
        if now:
            return now
        if time.monotonic() > end:
            raise AssertionError(f"in {PATIENCE} s it did not come that {what}")
        page.wait_for_timeout(100)


def drawn(page):
    """Waits until all figures are drawn: those below the screen are last."""
    empty = "all => all.filter(f => f.offsetWidth > 0 && !f.querySelector('svg.drawing')).length"
    until(page, "every figure is drawn", lambda: page.locator("figure").count() > 0 and page.eval_on_selector_all("figure", empty) == 0)


# What scripts hold beyond what is on the page: figures, and those who are told what is picked.
LEFT = """() => ({
  figures: figures.size - document.querySelectorAll('figure').length,
  followers: [...followers.values()].flatMap(all => [...all]).filter(f => !f.node.isConnected).length,
})"""


def nothing_left_behind(page):
    equal("what scripts hold that is no longer on the page", page.evaluate(LEFT), {"figures": 0, "followers": 0})


def equal(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: {got!r}, want {want!r}")
