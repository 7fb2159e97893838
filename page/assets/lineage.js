'use strict';

// Who copied whom: a row a member, a column a generation, a line from each model to the one it
// went on from.

function lineageFigure(now) {
  return figure({
    id: 'lineage',
    wide: true,
    title: 'Lineage',
    caption: 'A dot is a member at the end of a generation, and stands out the more the better its score; a line leads to it from the model that it went on from. Crosses diverged.',
    draw: (width) => drawLineage(now.known, width),
    numbers: () => hyperRows(now.known),
  });
}

function drawLineage(known, width) {
  const generations = known.generations.map((g) => g.generation);
  if (generations.length === 0 || known.members.length === 0) return null;
  const each = Math.min(22, Math.max(6.5, 420 / known.members.length));
  const height = Math.max(60, each * known.members.length);
  const row = new Map(known.members.map((m, i) => [m, i]));
  const y = { domain: [0, known.members.length], label: 'Member', room: 44 };
  const svg = drawing(width, 0, `Lineage of ${counted(known.members.length, 'member')} over ${counted(generations.length, 'generation')}`);
  const x = { domain: [generations[0] - 0.4, generations[generations.length - 1] + 0.4], whole: true, label: 'Generation' };
  const top = legend(svg, lineageKeys(known), { x: 46, y: 2, width: width - 46 });
  const p = new Panel(svg, { box: { x: 46, y: top + 4, width: width - 58, height }, x, y, bare: 'y' });
  const at = (generation, member) => [p.x.at(generation), p.box.y + (row.get(member) + 0.5) * (p.box.height / known.members.length)];
  memberTicks(p, known.members, each);
  drawLinks(p, known, at);
  drawOutcomes(p, known, at, each);
  drawAncestry(p, known, at, each);
  resize(svg, width, top + height + 48);
  markPicked(svg);
  const places = [...known.at.values()].map((m) => ({ x: at(m.generation.generation, m.member)[0], y: at(m.generation.generation, m.member)[1], m }));
  return tell(svg, (px, py) => {
    const n = nearest(places, px, py, 16);
    return n && { at: n.m.member, text: outcomeWords(n.m) };
  }, pickMember);
}

// memberTicks numbers the rows, as many of them as there is room for.
function memberTicks(p, members, each) {
  const every = Math.max(1, Math.ceil(14 / each));
  members.forEach((m, i) => {
    if (i % every !== 0) return;
    const y = p.box.y + (i + 0.5) * (p.box.height / members.length);
    p.group.append(textAt(String(m), p.box.x - 7, y + 4, 'tick-label', 'end'));
  });
}

// drawLinks draws a line from each parent: faint where a member went on from itself.
function drawLinks(p, known, at) {
  let carried = '';
  const copies = new Map();
  for (const m of known.at.values()) {
    if (!m.parent || !known.at.has(String(m.parent))) continue;
    const d = linkOf(at(...m.parent), at(m.generation.generation, m.member));
    if (m.copied) copies.set(m.member, (copies.get(m.member) || '') + d);
    else carried += d;
  }
  p.add(shape('path', { class: 'carried', d: carried }));
  for (const [member, d] of copies) p.add(shape('path', { class: 'copied', 'data-member': member, d }));
}

function linkOf([x1, y1], [x2, y2]) {
  if (y1 === y2) return `M${tenth(x1)},${tenth(y1)}H${tenth(x2)}`;
  const half = (x2 - x1) / 2;
  return `M${tenth(x1)},${tenth(y1)}C${tenth(x1 + half)},${tenth(y1)} ${tenth(x2 - half)},${tenth(y2)} ${tenth(x2)},${tenth(y2)}`;
}

const scoreSteps = 9; // shades of dots

// drawOutcomes draws the dots, a path for each shade.
function drawOutcomes(p, known, at, each) {
  const range = scoreRange(known, false);
  const shaded = Array.from({ length: scoreSteps }, () => '');
  let lost = '';
  let open = '';
  for (const m of known.at.values()) {
    const [x, y] = at(m.generation.generation, m.member).map(tenth);
    if (m.state === 'diverged') lost += `M${x - 3},${y - 3}l6,6m0,-6l-6,6`;
    else if (m.score === null || !range) open += `M${x},${y}h0`;
    else shaded[Math.round(Math.min(1, Math.max(0, (range[1] - m.score) / (range[1] - range[0]))) * (scoreSteps - 1))] += `M${x},${y}h0`;
  }
  const size = Math.min(11, each * 0.72);
  shaded.forEach((d, i) => {
    if (!d) return;
    p.add(shape('path', { class: 'outcome rim', d, 'stroke-width': size + 1.5 }));
    p.add(shape('path', { class: 'outcome', d, stroke: cssOf(shade(0.08 + (0.92 * i) / (scoreSteps - 1))), 'stroke-width': size }));
  });
  p.add(shape('path', { class: 'outcome open', d: open, 'stroke-width': size * 0.6 }));
  p.add(shape('path', { class: 'lost', d: lost }));
}

// drawAncestry draws the line to the chosen model above all others.
function drawAncestry(p, known, at, each) {
  const places = (known.course.winner || []).filter((place) => known.at.has(String(place)));
  const points = places.map((place) => at(...place));
  const d = points.slice(1).map((q, i) => linkOf(points[i], q)).join('');
  p.add(shape('path', { class: 'curve winner', d }));
  p.add(shape('path', { class: 'dots winner', d: points.map(([x, y]) => `M${tenth(x)},${tenth(y)}h0`).join(''), 'stroke-width': Math.min(12, each * 0.8) }));
}

function lineageKeys(known) {
  const keys = [lineKey('copied', { class: 'copied' })];
  if (known.won.size > 0) keys.push(lineKey('ancestry of the chosen model', { class: 'curve winner' }));
  return keys;
}

// outcomeWords says what a member came to in a generation.
function outcomeWords(m) {
  const from = m.parent && m.parent[1] !== m.member ? `, ${m.copied ? 'copied of' : 'from'} member ${m.parent[1]}` : '';
  const end = m.state === 'diverged' ? 'diverged' : m.score === null ? m.state : numeral(m.score, 5);
  return `${placeWords([m.generation.generation, m.member])}${from}: ${end}`;
}
