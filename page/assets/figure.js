'use strict';

// A figure is a title, a sentence on what is to be seen, a drawing as wide as there is room,
// and its numbers: as a table on the page, as SVG and CSV to keep.

const mostRows = 200; // of a table on the page

const figures = new Map(); // drawings on the page -> their figures

const sizes = new ResizeObserver((entries) => {
  for (const e of entries) {
    const f = figures.get(e.target);
    if (!f || Math.floor(e.contentRect.width) === f.width) continue;
    if (f.width === 0 && e.target.getBoundingClientRect().top > window.innerHeight) drawLater(f);
    else f.redraw();
  }
});

const waiting = []; // figures below the screen, to be drawn one by one when the page is there

function drawLater(f) {
  waiting.push(f);
  if (waiting.length === 1) setTimeout(drawNext);
}

function drawNext() {
  const f = waiting[0];
  if (f.width === 0) f.redraw();
  waiting.shift();
  if (waiting.length > 0) setTimeout(drawNext);
}

// figure makes one:
//
//	id       of the element, and of the files that are saved
//	title, caption
//	draw     (width) => the drawing, or null if there is nothing to draw
//	numbers  () => { columns, rows } of what is drawn
//	keys     a function of a keydown event, for figures that keys change; hint says which
//	wide     it takes a row of its own
//
// What it returns has node, the element; redraw; and say, which changes the caption.
function figure({ id, title, caption, draw, numbers, keys, hint, wide }) {
  const canvas = el('div', keys ? { class: 'canvas', tabindex: 0, role: 'group', 'aria-label': title + '. ' + hint, on: { keydown: keys } } : { class: 'canvas' });
  const about = el('p', { class: 'caption' }, caption);
  const name = 'autolfads-' + id;
  const table = numbersOf(title, numbers);
  const picture = saveButton('SVG', title, () => saveAs(name + '.svg', 'image/svg+xml', svgText(draw, Math.max(f.width, 720))));
  const node = el('figure', { id, class: wide ? 'wide' : null },
    el('figcaption', {}, el('h3', {}, title), about),
    canvas,
    hint ? el('p', { class: 'hint' }, hint) : null,
    el('div', { class: 'tools' },
      picture,
      saveButton('CSV', title, () => saveAs(name + '.csv', 'text/csv', csvText(numbers()))),
      table.node));
  const f = {
    node,
    width: 0,
    redraw() {
      const width = Math.floor(canvas.clientWidth);
      if (width === 0) return; // not on the page, or folded away
      f.width = width;
      const drawn = attempted(() => draw(width)) || el('p', { class: 'nothing' }, 'Nothing to draw yet.');
      picture.disabled = !(drawn instanceof SVGElement);
      canvas.replaceChildren(drawn);
      table.fill();
    },
    say(text) { about.textContent = text; },
  };
  figures.set(canvas, f);
  sizes.observe(canvas);
  return f;
}

// attempted makes one part of the page; if it cannot, the others are there all the same.
function attempted(make) {
  try {
    return make();
  } catch (fault) {
    console.error(fault);
    return el('p', { class: 'nothing' }, 'This part could not be drawn: ' + fault.message);
  }
}

function saveButton(kind, title, save) {
  return el('button', { type: 'button', class: 'quiet', 'aria-label': `Save “${title}” as ${kind}`, on: { click: save } }, kind);
}

// numbersOf is the table of a figure, made when it is opened.
function numbersOf(title, numbers) {
  const place = el('div', {});
  const details = el('details', { class: 'numbers', on: { toggle: () => fill() } }, el('summary', { 'aria-label': `Numbers of “${title}”` }, 'Numbers'), place);
  function fill() {
    if (!details.open) return;
    const { columns, rows } = numbers();
    place.replaceChildren(
      tableOf(title, columns, rows.slice(0, mostRows)),
      rows.length > mostRows ? el('p', { class: 'hint' }, `The first ${mostRows} of ${whole(rows.length)} rows; the CSV has all.`) : '');
  }
  return { node: details, fill };
}

// redrawAll draws every figure anew, as after a change of light.
function redrawAll() { for (const f of figures.values()) f.redraw(); }

// forgetGone lets go of figures that are no longer on the page, and of whoever follows what is
// picked: with them go the documents that they were made of.
function forgetGone() {
  for (const canvas of figures.keys()) {
    if (canvas.isConnected) continue;
    sizes.unobserve(canvas);
    figures.delete(canvas);
  }
  forgetFollowers();
}

// section makes a part of the page with a heading; null where it has nothing.
function section(id, title, intro, ...children) {
  return el('section', { id, 'aria-labelledby': id + '-title' },
    el('h2', { id: id + '-title' }, title),
    intro ? el('p', { class: 'intro' }, intro) : null,
    children);
}

// grid sets figures side by side where there is room.
function grid(...children) { return el('div', { class: 'grid' }, children); }

// controls is a row of choices and buttons above figures.
function controls(...children) { return el('div', { class: 'controls' }, children); }
