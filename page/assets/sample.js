'use strict';

// The sample of trials, as its figures want it: arrays decoded, neurons in an order, colours of
// conditions, an axis of time.

const samples = new WeakMap();

// sampleOf prepares a document's sample once; null if there is none.
function sampleOf(d) {
  if (!d.sample) return null;
  if (!samples.has(d.sample)) samples.set(d.sample, prepared(d.sample));
  return samples.get(d.sample);
}

const sampleKeys = new WeakMap();

// sampleKey tells samples apart by what is in them.
function sampleKey(sample) {
  if (!sample) return '';
  if (!sampleKeys.has(sample)) sampleKeys.set(sample, JSON.stringify(sample));
  return sampleKeys.get(sample);
}

function prepared(sample) {
  const s = { ...sample };
  for (const name of ['spikes', 'rates', 'truth', 'factors', 'inputs']) s[name] = arrayOf(sample[name]);
  s.neurons = sample.neurons || [];
  s.trials = sample.trials || [];
  s.conditions = sample.conditions || [];
  s.one = s.counts ? 'neuron' : 'channel';
  s.rate = s.counts ? 'rate' : 'mean'; // what a model infers
  s.measured = s.counts ? 'Spikes' : 'Signals';
  s.coloured = s.conditions.length > 0 || s.directed;
  s.range = colourRange(s.rates, s.truth);
  s.peaks = s.rates ? byPeak(meanBlock(s.rates)) : s.neurons.map((_, i) => i);
  s.byCondition = s.trials.map((_, i) => i).sort((a, b) => s.trials[a].condition - s.trials[b].condition || a - b);
  return s;
}

// meanBlock is the mean of an array [trials, bins, neurons] over its trials.
function meanBlock(a) {
  const [trials, rows, columns] = a.shape;
  const values = new Float32Array(rows * columns);
  const counts = new Float32Array(rows * columns);
  for (let i = 0; i < a.values.length; i++) {
    if (Number.isNaN(a.values[i])) continue;
    values[i % values.length] += a.values[i];
    counts[i % values.length]++;
  }
  for (let i = 0; i < values.length; i++) values[i] = trials > 0 && counts[i] > 0 ? values[i] / counts[i] : NaN;
  return { rows, columns, values };
}

// timeAxis is the axis of a trial's bins, and timeOf the middle of a bin on it: in ms, in s if
// trials are long, in bins if their width is not known.
function timeAxis(s, bins = s.bins) {
  const label = { 1: 'Time (ms)', 1e-3: 'Time (s)', 0: 'Bin' }[timeUnit(s)];
  return { domain: [0, bins * binWidth(s)], label };
}

function timeUnit(s) { return s.bin_ms > 0 ? (s.bins * s.bin_ms > 5000 ? 1e-3 : 1) : 0; }

function binWidth(s) { return s.bin_ms > 0 ? s.bin_ms * timeUnit(s) : 1; }

function timeOf(s, bin) { return (bin + 0.5) * binWidth(s); }

// overTime are the points of a series, at the middles of its bins.
function overTime(s, series) { return series.map((v, bin) => [timeOf(s, bin), v]); }

// drawRead marks where bins begin that are predicted, not read; named says so, too.
function drawRead(p, s, named = true) {
  if (!(s.read < s.bins)) return;
  const x = p.x.at(s.read * binWidth(s));
  const right = p.box.x + p.box.width - x < 62;
  p.up(s.read * binWidth(s), 'guide');
  if (!named) return;
  p.add(textAt(right ? 'predicted ›' : 'predicted', x + (right ? -5 : 5), p.box.y + 13, 'tick-label halo', right ? 'end' : null));
}

// trialWords names a trial.
function trialWords(s, i) {
  const t = s.trials[i];
  if (!t) return '';
  const id = t.id === null || t.id === undefined ? '' : ` (id ${t.id})`;
  return `trial ${t.trial}${id}` + (t.condition >= 0 ? ', ' + conditionWords(s, t.condition) : '');
}

function conditionWords(s, c) { return s.conditions[c] ? 'condition ' + s.conditions[c].name : ''; }

// neuronWords names a neuron, and says if the model does not read it.
function neuronWords(s, i) {
  const n = s.neurons[i];
  if (!n) return '';
  return n.name + (n.held_in ? '' : ', held out') + (n.rate === null || n.rate === undefined ? '' : ` · ${numeral(n.rate, 3)} ${s.unit}`);
}

// trialHue and conditionHue are colours, the same in all figures.
function trialHue(s, i) {
  const t = s.trials[i];
  return t.condition >= 0 && s.conditions[t.condition] ? conditionHue(s, t.condition) : hue(t.angle);
}

function conditionHue(s, c) { return hue(s.conditions[c].angle); }

const mostNamed = 9; // conditions in a legend

// hueKey says at a figure's top what its colours are, and returns how high that is.
function hueKey(svg, s, { x, y, width }) {
  const n = s.conditions.length;
  if (!s.coloured) return 0;
  if (n > 0 && n <= mostNamed) {
    return legend(svg, s.conditions.map((c, i) => lineKey(shortened(c.name, 16), { class: 'curve', color: conditionHue(s, i) })), { x, y, width });
  }
  drawWheel(svg, x + 13, y + 13);
  svg.append(textAt(s.directed ? 'direction of movement'   : `${n} conditions, in their order from the right on`, x + 32, y + 17, 'legend'));
  return 32;
}

function shortened(text, most) { return text.length <= most ? text : text.slice(0, most - 1) + '…'; }

// drawWheel draws the circle of hues.
function drawWheel(svg, x, y) {
  const parts = 36;
  const at = (part, radius) => {
    const a = (2 * Math.PI * part) / parts;
    return `${tenth(x + radius * Math.cos(a))},${tenth(y - radius * Math.sin(a))}`;
  };
  for (let i = 0; i < parts; i++) {
    svg.append(shape('path', { fill: hue((2 * Math.PI * (i + 0.5)) / parts), d: `M${at(i, 7)}L${at(i, 13)}L${at(i + 1.15, 13)}L${at(i + 1.15, 7)}Z` }));
  }
}
