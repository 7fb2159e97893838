'use strict';

// Scores of the model and of what it is compared with, with their intervals.

// scoresSection is null before there are any.
function scoresSection(d) {
  const scores = d.scores || [];
  const skipped = d.skipped_scores || [];
  if (scores.length === 0 && skipped.length === 0) return null;
  const single = scores.find((s) => s.neurons && (s.neurons.each || []).some((v) => v !== null));
  return section('scores', 'Scores', 'On trials that the model has not been trained on. Bars are intervals of 95 %, by drawing trials anew.',
    grid(scores.length > 0 ? scoreFigure(scores).node : null, single ? neuronScores(single).node : null),
    scores.length > 0 ? scoreTable(scores) : null,
    skipped.length > 0 ? el('ul', { class: 'plain' }, skipped.map((s) => el('li', {}, s))) : null);
}

// methodsOf are the model and all rivals, in the order of their looks.
function methodsOf(scores) {
  return ['model', ...new Set(scores.flatMap((s) => (s.rivals || []).map((r) => r.name)))];
}

// answersOf are the values of a score: { look, value, interval } of those who have one.
function answersOf(score, methods) {
  const rivals = (score.rivals || []).filter((r) => r.value !== null && r.value !== undefined);
  return [{ look: 0, name: 'model', value: score.value, interval: score.interval },
    ...rivals.map((r) => ({ look: methods.indexOf(r.name), name: r.name, value: r.value, interval: r.interval }))];
}

function directionWords(s) { return [unitWords(s.unit), s.lower_is_better ? 'lower is better' : 'higher is better'].filter(Boolean).join(', '); }

// meant is a text about scores, such as a name: of data that are no counts, what models infer are
// means, not rates. Names themselves are the same for all data, as scores.json has them.
function meant(scores, text) {
  return scores.some((s) => s.name === 'data from means') ? text.replace(/\brates\b/, 'means') : text;
}

function unitWords(unit) { return unit === 'R2' ? 'R²' : unit; }

// noteThatFits is what stands beside a panel's title where there is room.
function noteThatFits(s, width) {
  const note = directionWords(s);
  return s.name.length * 8 + note.length * 6.8 < width ? note : s.unit.length + s.name.length < width / 8 ? unitWords(s.unit) : null;
}

function scoreFigure(scores) {
  return figure({
    id: 'scores-with-intervals',
    wide: true,
    title: 'The model and its rivals',
    caption: meant(scores, 'A mark is a score, a bar its interval. Dashed: what the true rates score, where they are known.'),
    draw: (width) => drawDots(scores, width),
    numbers: () => scoreNumbers(scores),
  });
}

function scoreNumbers(scores) {
  const columns = ['score', 'method', 'value', 'low', 'high', 'model less it', 'model less it, low', 'model less it, high', 'unit', 'note'];
  const name = (s) => meant(scores, s.name);
  const rows = scores.flatMap((s) => [
    [name(s), 'model', s.value, s.interval?.low, s.interval?.high, null, null, null, s.unit, s.note],
    ...(s.outputs || s.per_output || []).map((o, i) => [name(s), 'model, ' + (s.outputs ? o : 'output ' + i), (s.per_output || [])[i], null, null, null, null, null, s.unit, '']),
    ...(s.rivals || []).map((r) => [name(s), r.name, r.value, r.interval?.low, r.interval?.high, r.value === null ? null : s.value - r.value, r.difference?.low, r.difference?.high, s.unit, r.note]),
    ...(s.true_rates === null || s.true_rates === undefined ? [] : [[name(s), meant(scores, 'true rates'), s.true_rates, null, null, null, null, null, s.unit, '']]),
  ]);
  return { columns, rows };
}

function drawDots(scores, width) {
  const methods = methodsOf(scores);
  const columns = width >= 860 ? 2 : 1;
  const svg = drawing(width, 0, `${counted(scores.length, 'score')} of ${counted(methods.length, 'method')}`);
  const keys = methods.map((name, i) => ({ label: shortened(name, 24), draw: (x, y) => markOf(i, x + 9, y) }));
  const top = legend(svg, keys, { x: 16, y: 4, width: width - 16 }) + 30;
  const inner = Math.max(44, methods.length * 17 + 12);
  const cell = { width: width / columns, height: inner + 70 };
  const panels = scores.map((s, i) => {
    const box = { x: (i % columns) * cell.width + 16, y: top + Math.floor(i / columns) * cell.height, width: cell.width - 32, height: inner };
    return { s, p: drawScore(svg, box, s, { title: meant(scores, s.name), methods }) };
  });
  resize(svg, width, top + Math.ceil(scores.length / columns) * cell.height - 24);
  return tell(svg, (x, y) => answerAt(panels, methods, [x, y]));
}

// drawScore draws one score into a panel: a row a method, which has the same place in all.
function drawScore(svg, box, s, { title, methods }) {
  const answers = answersOf(s, methods);
  const ends = answers.flatMap((a) => [a.value, a.interval?.low ?? a.value, a.interval?.high ?? a.value]).concat(s.true_rates ?? []);
  const extent = extentOf(ends) || [0, 1];
  const x = { domain: padded(widened(extent, false), 0.06) };
  const p = new Panel(svg, { box, x, y: { domain: [0, methods.length] }, bare: 'y', title: shortened(title, Math.floor(box.width / 9)), note: noteThatFits(s, box.width) });
  if (p.x.domain[0] < 0 && p.x.domain[1] > 0) p.up(0, 'limit');
  if (s.true_rates !== null && s.true_rates !== undefined) p.up(s.true_rates, 'truth-rule');
  for (const a of answers) {
    const y = tenth(box.y + ((a.look + 0.5) / methods.length) * box.height);
    if (a.interval) p.add(shape('path', { class: 'curve look-' + (a.look % looks), d: `M${tenth(p.x.at(a.interval.low))},${y}H${tenth(p.x.at(a.interval.high))}` }));
    p.add(markOf(a.look, tenth(p.x.at(a.value)), y));
  }
  return p;
}

// answerAt says what is in the row under a place.
function answerAt(panels, methods, [x, y]) {
  const hit = panels.find(({ p }) => inFrame(p, x, y));
  if (!hit) return null;
  const { box } = hit.p;
  const look = Math.min(methods.length - 1, Math.floor(((y - box.y) / box.height) * methods.length));
  const a = answersOf(hit.s, methods).find((one) => one.look === look);
  return { text: a ? `${a.name}: ${within(hit.s, a.value, a.interval)}` : `${methods[look]}: no such score` };
}

// scoreTable is the table that says the same, a row a score.
function scoreTable(scores) {
  const methods = methodsOf(scores);
  const truth = scores.some((s) => s.true_rates !== null && s.true_rates !== undefined);
  const rows = scores.map((s) => {
    const answers = answersOf(s, methods);
    const of = (name) => { const a = answers.find((one) => one.name === name); return a ? within(s, a.value, a.interval) : '–'; };
    return [meant(scores, s.name), directionWords(s), ...methods.map(of), ...(truth ? [scoreNumber(s, s.true_rates)] : [])];
  });
  return tableOf('Scores, with intervals in brackets', ['score', 'unit', ...methods, ...(truth ? [meant(scores, 'true rates')] : [])], rows);
}

// neuronScores draws the scores of single neurons in their order.
function neuronScores(score) {
  const each = score.neurons.each.map((v, i) => ({ v, i })).filter(({ v }) => v !== null).sort((a, b) => a.v - b.v);
  return figure({
    id: 'scores-of-neurons',
    wide: true,
    title: `${capital(score.name)} of single neurons`,
    caption: 'Each neuron with spikes, from the worst to the best. Below 0 the model predicts it worse than its own mean rate would. Dots at the edge lie beyond it.',
    draw: (width) => drawNeurons(score, each, width),
    numbers: () => ({ columns: ['neuron (place in the data)', score.name], rows: each.map(({ v, i }) => [i, v]) }),
  });
}

function drawNeurons(score, each, width) {
  const domain = mostOf(each.map(({ v }) => v));
  const shown = (v) => Math.min(domain[1], Math.max(domain[0], v));
  const y = { domain: padded(domain, 0.08), label: unitWords(score.unit) };
  const left = leftRoom(y, 180);
  const svg = drawing(width, 240, `${capital(score.name)} of ${counted(each.length, 'neuron')}`);
  const p = new Panel(svg, { box: { x: left, y: 12, width: width - left - 12, height: 178 }, x: { domain: [0, each.length + 1], whole: true, label: 'Neurons, in their order' }, y: { ...y, room: left } });
  p.across(0, 'limit');
  p.dots(each.map(({ v }, r) => [r + 1, shown(v)]), { class: 'dots look-0' });
  const places = each.map(({ v, i }, r) => ({ x: p.x.at(r + 1), y: p.y.at(shown(v)), text: `neuron ${i}: ${scoreNumber(score, v)}` }));
  return tell(svg, (px, py) => nearest(places, px, py, 18));
}

// mostOf is a domain of numbers, and of 0, in which a few that are far from all others are not.
function mostOf(values) {
  const [from, to] = extentOf(values.concat(0));
  const [low, high] = [quantileOf(values, 0.03), quantileOf(values, 0.97)];
  return [Math.max(from, Math.min(0, low - (high - low))), Math.min(to, Math.max(0, high + (high - low)))];
}
