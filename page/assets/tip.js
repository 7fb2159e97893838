'use strict';

// A few words beside the pointer say what it is on. They are of no use without one: tables and
// choices say the same.

const tip = el('div', { class: 'tip', 'aria-hidden': 'true' });

// tell shows what is found under the pointer while it moves over a drawing. find takes a place
// in the drawing's pixels, and returns { text, at } with the text and whatever choose wants, or
// null. A click chooses.
function tell(svg, find, choose) {
  const found = (event) => {
    const box = svg.getBoundingClientRect();
    return find(event.clientX - box.left, event.clientY - box.top);
  };
  svg.addEventListener('pointermove', (event) => {
    const f = found(event);
    svg.classList.toggle('clickable', Boolean(f && choose));
    showTip(f && f.text, event);
  });
  svg.addEventListener('pointerleave', () => showTip(null));
  if (choose) {
    svg.addEventListener('click', (event) => {
      const f = found(event);
      if (f) choose(f.at);
    });
  }
  return svg;
}

function showTip(text, event) {
  if (!text) { tip.remove(); return; }
  tip.textContent = text;
  document.body.append(tip);
  const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const above = event.clientY + 18 + tip.offsetHeight > document.documentElement.clientHeight;
  tip.style.left = Math.max(4, left) + 'px';
  tip.style.top = (above ? event.clientY - tip.offsetHeight - 10 : event.clientY + 18) + 'px';
}

// nearest returns the item of points [{ x, y, ... }] nearest to a place, at most so far from it.
function nearest(points, x, y, most) {
  let best = null;
  let least = most * most;
  for (const p of points) {
    const d = (p.x - x) ** 2 + (p.y - y) ** 2;
    if (d <= least) { least = d; best = p; }
  }
  return best;
}

// inFrame reports whether a place lies in a panel's frame.
function inFrame(panel, x, y) {
  const b = panel.box;
  return x >= b.x && x <= b.x + b.width && y >= b.y && y <= b.y + b.height;
}
