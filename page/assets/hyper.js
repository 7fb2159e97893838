'use strict';

// Hyper-parameters: of a population and of a schedule over generations, of models that train
// alone beside their scores.

function hyperFigure(now) {
  return figure({
    id: 'hyper-parameters',
    wide: true,
    title: 'Hyper-parameters',
    caption: hyperCaption(now.known),
    draw: (width) => drawHyper(now.known, width),
    numbers: () => hyperRows(now.known),
  });
}

// isOverTime reports whether generations are an axis: of models that are drawn anew they are not.
function isOverTime(known) { return known.follows && known.generations.length > 1; }

function hyperCaption(known) {
  if (!isOverTime(known)) return 'What was tried: upwards the score, lower is better, over the value; orange the chosen model.';
  return known.course.population
    ? 'What the search chose among, on logarithmic axes where it draws them so: grey each member, orange the ancestry of the chosen model. Dashed: the range of first draws.'
    : 'What the schedule set, the same for all members; orange the chosen model.';
}

// drawHyper draws a panel for each hyper-parameter.
function drawHyper(known, width) {
  const overTime = isOverTime(known);
  const n = known.hyper.length;
  if (n === 0 || known.at.size === 0) return null;
  const columns = Math.max(1, Math.min(4, Math.floor(width / 290), n));
  const rows = Math.ceil(n / columns);
  const cell = { width: width / columns, height: 176 };
  const svg = drawing(width, rows * cell.height + 6, `${counted(n, 'hyper-parameter')} ${overTime ? 'over generations' : 'and scores'}`);
  known.hyper.forEach((h, i) => {
    const box = { x: (i % columns) * cell.width + 62, y: Math.floor(i / columns) * cell.height + 26, width: cell.width - 74, height: cell.height - 70 };
    const one = { svg, box, h, values: (m) => (m.hyper || [])[i] ?? null };
    if (overTime) drawOverGenerations(known, one);
    else drawBesideScores(known, one);
  });
  markPicked(svg);
  return svg;
}

// hyperAxis is the axis of a hyper-parameter's values.
function hyperAxis(known, { h, values }) {
  const extent = extentOf([...known.at.values()].map(values)) || [h.low ?? 0, h.high ?? 1];
  const log = h.log && extent[0] > 0;
  return { domain: padded(extent[0] === extent[1] ? widened(extent, log) : extent, 0.08, log), log };
}

function drawOverGenerations(known, one) {
  const { svg, box, h, values } = one;
  const generations = known.generations.map((g) => g.generation);
  const x = { domain: [generations[0], generations[generations.length - 1]], whole: true, label: 'Generation' };
  const p = new Panel(svg, { box, x: { ...x, domain: padded(x.domain, 0.03) }, y: { ...hyperAxis(known, one), each: 30 }, title: shortKey(h.key, box.width) });
  drawLimits(p, h);
  const value = (g, member) => { const m = known.at.get(g + ',' + member); return m ? values(m) : null; };
  for (const member of known.members) {
    p.curve(generations.map((g) => [g, value(g, member)]), { class: 'curve member', 'data-member': member });
  }
  const won = (known.course.winner || []).map(([g, member]) => [g, value(g, member)]);
  p.curve(won, { class: 'curve winner' });
  p.dots(won, { class: 'dots winner small' });
}

function drawBesideScores(known, one) {
  const { svg, box, h, values } = one;
  const range = scoreRange(known, false);
  if (!range) return;
  const axis = hyperAxis(known, one);
  const p = new Panel(svg, { box, x: { ...axis, label: 'value' }, y: { domain: range }, title: shortKey(h.key, box.width) });
  for (const m of known.at.values()) {
    p.dots([[values(m), m.score]], { class: 'dots member', 'data-member': m.member });
  }
  const won = (known.course.winner || []).slice(-1).map((place) => known.at.get(String(place))).filter(Boolean);
  p.dots(won.map((m) => [values(m), m.score]), { class: 'dots winner' });
}

// drawLimits draws the range of first draws.
function drawLimits(p, h) {
  for (const v of [h.low, h.high]) {
    if (v !== null && v > p.y.domain[0] && v < p.y.domain[1]) p.across(v, 'limit');
  }
}

// shortKey is a key's name as wide as there is room for: its end says more than its beginning.
function shortKey(key, width) {
  const most = Math.floor(width / 7.2);
  return key.length <= most ? key : '…' + key.slice(key.length - most + 1);
}
