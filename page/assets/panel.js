'use strict';

// A figure is a drawing of panels: frames with two axes, into which curves, dots, pictures
// and text are put. Places are in pixels of the page; what is drawn beyond a frame is cut off.

const characterWidth = 6.6; // about that of a tick's label, in pixels
const tickRoom = 22; // below a panel, for its ticks
const labelRoom = 20; // and for the label of its axis

let clips = 0; // clip paths have names of their own

// drawing makes an empty picture. label says to those who cannot see it what it shows.
function drawing(width, height, label) {
  return shape('svg', { class: 'drawing', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
}

// resize gives a drawing its height when that is known.
function resize(svg, width, height) {
  svg.setAttribute('height', height);
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
}

// pathOf is the data of a path through points [x, y]; it is broken where a number is missing.
function pathOf(points) {
  let d = '';
  let pen = 'M';
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) { pen = 'M'; continue; }
    d += pen + tenth(x) + ',' + tenth(y);
    pen = 'L';
  }
  return d;
}

function tenth(v) { return Math.round(v * 10) / 10; }

// leftRoom is what an axis needs to its left for its ticks and label.
function leftRoom(axis, height) {
  const labels = scaleOf(axis, [height, 0]).ticks(ticksIn(height, 40)).map((t) => t.label.length);
  return Math.max(1, ...labels) * characterWidth + 10 + (axis.label ? labelRoom : 0);
}

function ticksIn(length, each) { return Math.max(2, Math.floor(length / each)); }

// acrossTicksIn is how many ticks an axis across has in a width: a few things that are counted have
// one each, where there is room for their short labels.
function acrossTicksIn(width, { domain, whole: integers }) {
  const things = Math.max(1, Math.ceil(domain[1] - domain[0]));
  return integers && things <= 12 && things * 30 <= width ? things : ticksIn(width, 70);
}

// Panel is a frame at box (x, y, width, height) with its axes. bare are the names of axes
// ("x", "y") whose numbers are left out, for a neighbour has them.
class Panel {
  constructor(svg, { box, x, y, title, note, bare = '' }) {
    this.svg = svg;
    this.box = box;
    this.x = scaleOf(x, [box.x, box.x + box.width]);
    this.y = scaleOf(y, [box.y + box.height, box.y]);
    this.group = shape('g', {});
    svg.append(this.group);
    this.makeInside();
    this.group.append(shape('rect', { class: 'frame', x: box.x, y: box.y, width: box.width, height: box.height }));
    if (title) this.head(title, note);
    if (x.at) this.drawTicks(x.at.map(([at, label]) => ({ at, label })), this.acrossTick);
    else if (!bare.includes('x')) this.drawTicks(this.x.ticks(acrossTicksIn(box.width, x)), this.acrossTick);
    if (!bare.includes('y')) this.drawTicks(this.y.ticks(ticksIn(box.height, y.each || 40)), this.upTick);
    if (x.label) this.group.append(textAt(x.label, box.x + box.width / 2, box.y + box.height + tickRoom + 14, 'axis', 'middle'));
    if (y.label) this.upLabel(y.label, y.room || leftRoom(y, box.height));
  }

  // makeInside makes the group that is cut off at the frame; a dot at its left or right end is whole.
  makeInside() {
    const id = 'clip-' + (++clips);
    const { x, y, width, height } = this.box;
    this.inside = shape('g', { 'clip-path': `url(#${id})` });
    this.group.append(shape('clipPath', { id }, shape('rect', { x: x - 5, y: y - 1, width: width + 10, height: height + 2 })), this.inside);
  }

  head(title, note) {
    const text = shape('text', { class: 'panel-title', x: this.box.x, y: this.box.y - 8 }, title);
    if (note) text.append(shape('tspan', { class: 'note', dx: 7 }, note));
    this.group.append(text);
  }

  drawTicks(ticks, draw) { for (const t of ticks) draw.call(this, t); }

  acrossTick({ at, label }) {
    const x = tenth(this.x.at(at));
    const y = this.box.y + this.box.height;
    this.group.append(shape('path', { class: 'tick', d: `M${x},${y}v4` }), textAt(label, x, y + 17, 'tick-label', 'middle'));
  }

  upTick({ at, label }) {
    const y = tenth(this.y.at(at));
    this.group.append(shape('path', { class: 'tick', d: `M${this.box.x},${y}h-4` }), textAt(label, this.box.x - 7, y + 4, 'tick-label', 'end'));
  }

  upLabel(label, room) {
    const x = this.box.x - room + 12;
    const y = this.box.y + this.box.height / 2;
    const text = textAt(label, x, y, 'axis', 'middle');
    text.setAttribute('transform', `rotate(-90 ${x} ${y})`);
    this.group.append(text);
  }

  // place brings points of numbers to the page.
  place(points) { return points.map(([x, y]) => [x === null ? NaN : this.x.at(x), y === null ? NaN : this.y.at(y)]); }

  // curve draws a line through points of numbers; attrs are those of its path.
  curve(points, attrs) { return this.add(shape('path', { class: 'curve', ...attrs, d: pathOf(this.place(points)) })); }

  // dots draws points as one path: a line of no length has round ends.
  dots(points, attrs) {
    const d = this.place(points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)).map(([x, y]) => `M${tenth(x)},${tenth(y)}h0`).join('');
    return this.add(shape('path', { class: 'dots', ...attrs, d }));
  }

  // across and up draw a line through the panel at a number.
  across(y, cls = 'guide') { return this.add(shape('path', { class: cls, d: `M${this.box.x},${tenth(this.y.at(y))}h${this.box.width}` })); }

  up(x, cls = 'guide') { return this.add(shape('path', { class: cls, d: `M${tenth(this.x.at(x))},${this.box.y}v${this.box.height}` })); }

  // picture fills the panel with a picture of its own pixels.
  picture(url) {
    const { x, y, width, height } = this.box;
    return this.add(shape('image', { class: 'pixels', href: url, x, y, width, height, preserveAspectRatio: 'none' }));
  }

  // says puts text into the panel where there is nothing to draw.
  says(text) { return this.add(textAt(text, this.box.x + this.box.width / 2, this.box.y + this.box.height / 2 + 4, 'tick-label', 'middle')); }

  add(node) { this.inside.append(node); return node; }
}

// textAt is text at a place; anchor says which of its ends is there.
function textAt(text, x, y, cls, anchor) {
  return shape('text', { class: cls, x: tenth(x), y: tenth(y), 'text-anchor': anchor || null }, text);
}

// legend draws entries ({ label, draw(x, y) => element, 18 pixels wide }) in lines from the
// left, and returns how high they are.
function legend(svg, entries, { x, y, width }) {
  let left = x;
  let line = y + 10;
  for (const e of entries) {
    const needed = 26 + e.label.length * 7.2 + 22;
    if (left > x && left + needed > x + width) { left = x; line += 20; }
    svg.append(e.draw(left, line), textAt(e.label, left + 24, line + 4, 'legend'));
    left += needed;
  }
  return entries.length === 0 ? 0 : line - y + 14;
}

// lineKey is the entry of a line in a legend.
function lineKey(label, attrs) {
  return { label, draw: (x, y) => shape('path', { class: 'curve', ...attrs, d: `M${x},${y}h18` }) };
}
