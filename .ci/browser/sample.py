"""A document as JSON, read as page/document_sample.go says, without the page's own scripts."""

import base64
import json
import re

DOCUMENT = re.compile(r'(<script type="application/json" id="document">)(.*?)(</script>)', re.DOTALL)


def document(html):
    """The document in a report."""
    return json.loads(DOCUMENT.search(html)[2])


def with_document(html, d):
    """A report with another document in it."""
    text = json.dumps(d).replace("<", "\\u003c")
    return DOCUMENT.sub(lambda found: found[1] + text + found[3], html)


def series(array, item, feature):
    """One feature of one item over bins, None where a number is missing."""
    items, bins, features = array["shape"]
    values = numbers(array)
    if len(values) != items * bins * features:
        raise AssertionError(f"{len(values)} numbers in an array of {array['shape']}")
    return [values[(item * bins + b) * features + feature] for b in range(bins)]


def numbers(array):
    """All numbers of an array, in row-major order."""
    codes = base64.b64decode(array["bytes"])
    if array.get("sparse"):
        return events(array["shape"], codes)
    low, high = array["low"], array["high"]
    ranges = [(low[i % len(low)], high[i % len(low)]) for i in range(len(codes))]
    return [None if c == 255 else a + c / 254 * (b - a) for c, (a, b) in zip(codes, ranges)]


def events(shape, steps):
    values = [0] * (shape[0] * shape[1] * shape[2])
    place = 0
    for step in steps:
        place += step
        if step < 255:
            values[place] += 1
    return values
