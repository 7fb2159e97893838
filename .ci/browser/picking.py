"""What a reader does with a page: picks a member, a trial, a neuron."""

from reader import equal, until

# The end of each member's curve on the screen, and whether it is inside the frame.
ENDS = """figure => {
  const frame = figure.querySelector('rect.frame').getBoundingClientRect();
  const inside = p => p.x > frame.left && p.x <= frame.right + 1 && p.y > frame.top && p.y < frame.bottom;
  return [...figure.querySelectorAll('path.member[data-member]')].map(path => {
    const end = path.getPointAtLength(path.getTotalLength()).matrixTransform(path.getScreenCTM());
    return { member: path.dataset.member, x: end.x, y: end.y, inside: inside(end) };
  });
}"""


def member(page):
    return page.locator("#pick-member").input_value()


def lit(page):
    """The members whose curves are lit."""
    return page.eval_on_selector_all("#scores-over-epochs path.member.picked[data-member]", "paths => paths.map(p => p.dataset.member)")


def lone_end(page):
    """The end of a curve that is farthest from other curves' ends."""
    page.locator("#scores-over-epochs").scroll_into_view_if_needed()
    ends = page.locator("#scores-over-epochs").evaluate(ENDS)
    def apart(end):
        return min(abs(end["x"] - o["x"]) + abs(end["y"] - o["y"]) for o in ends if o is not end)
    return max((e for e in ends if e["inside"]), key=apart)


def member_by_click(page):
    """Clicks a curve until it is picked: on a page that changes the first click may miss it."""
    def clicked():
        end = lone_end(page)
        page.mouse.click(end["x"], end["y"])
        return member(page) == end["member"] and end["member"]
    picked = until(page, "a click on a curve picks its member", clicked)
    until(page, "the curve of the member picked is lit", lambda: lit(page) == [picked])
    return picked


def member_by_keys(page):
    """Steps to the next member and lets go, and leaves the first one picked."""
    canvas = page.locator("#scores-over-epochs .canvas")
    canvas.focus()
    page.keyboard.press("Escape")
    equal("member after Escape", (member(page), lit(page)), ("", []))
    page.keyboard.press("ArrowDown")
    first = member(page)
    page.keyboard.press("ArrowDown")
    if member(page) in ("", first):
        raise AssertionError(f"the arrow keys step from member {first!r} to {member(page)!r}")
    page.keyboard.press("ArrowUp")
    equal("member after down, down, up", (member(page), lit(page)), (first, [first]))


def trial_and_neuron(page):
    """Picks them from the lists and by keys, and sees that the figures follow."""
    page.locator("#pick-trial").select_option("2")
    page.locator("#pick-neuron").select_option("4")
    shown(page, 2, 4)
    page.locator("#population .canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    shown(page, 3, 5)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    shown(page, 2, 3)
    letters(page)
    shown(page, 1, 3)
    page.locator("#trial-after").click()
    page.locator("#neuron-before").click()
    shown(page, 2, 2)


def letters(page):
    """Steps from trial 2 to trial 1 by n and p, which do nothing where the focus is elsewhere."""
    page.locator("#population").scroll_into_view_if_needed()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    shown(page, 2, 3)
    page.locator("#pick-neuron").focus()
    page.keyboard.press("p")
    shown(page, 2, 3)
    page.locator("#trials h2").click(position={"x": 4, "y": 4})  # pixels: the notice may lie over its middle
    page.keyboard.press("n")
    shown(page, 3, 3)
    page.keyboard.press("p")
    page.keyboard.press("p")


def shown(page, trial, neuron):
    """Sees that the lists and the pictures are of a trial and a neuron, by their places."""
    equal("trial and neuron picked", (page.locator("#pick-trial").input_value(), page.locator("#pick-neuron").input_value()), (str(trial), str(neuron)))
    words = [page.locator(f"{which} option:checked").text_content() for which in ("#pick-neuron", "#pick-trial")]
    equal("picture of one neuron", page.locator("#one-neuron svg.drawing").get_attribute("aria-label"), f"Neuron {words[0]} in {words[1]}")
    equal("picture of all", page.locator("#population svg.drawing").get_attribute("aria-label"), f"Spikes and rates of {words[1]}")
