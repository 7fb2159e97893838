'use strict';

// Means by condition (PSTHs): those of the data, smoothed, beside those of the inferred rates.

// conditionsSection is null where trials have no conditions.
function conditionsSection(d) {
  const s = sampleOf(d);
  const means = s && meansOf(s);
  if (!means) return null;
  const neuron = choice(capital(s.one), 'pick-neuron-of-means', means.neurons.map((n) => [n, neuronWords(s, n)]), shownNeuron(means), (v) => pick('neuron', Number(v)));
  const condition = conditionChoice(s, 'pick-condition-of-means');
  const one = meanFigure(s, means);
  const several = meansFigure(s, means);
  const node = section('conditions', 'Conditions', means.note || null, controls(neuron, condition.node), grid(one.node, several.node));
  follow('neuron', node, () => { neuron.querySelector('select').value = String(shownNeuron(means)); });
  redrawOn('neuron', one, several);
  redrawOn('condition', one, several);
  return node;
}

// meansOf decodes the means of a sample; null if there are none.
function meansOf(s) {
  const m = s.means;
  if (!m) return null;
  const means = { ...m, data: arrayOf(m.data), rates: arrayOf(m.rates), neurons: m.neurons || [], conditions: m.conditions || [] };
  return means.neurons.length > 0 && (means.data || means.rates) ? means : null;
}

// shownNeuron is the neuron picked, or where it has no means the first that has.
function shownNeuron(means) { return means.neurons.includes(picked.neuron) ? picked.neuron : means.neurons[0]; }

// conditionChoice lets one condition stand out.
function conditionChoice(s, id) {
  const options = [['', 'all alike'], ...s.conditions.map((c, i) => [String(i), c.name])];
  const node = choice('Condition', id, options, picked.condition, (v) => pick('condition', v));
  follow('condition', node, () => { node.querySelector('select').value = picked.condition; });
  return { node };
}

// ofCondition are the attributes of a condition's curve: faint if another one is picked.
function ofCondition(s, c) {
  const aside = picked.condition !== '' && Number(picked.condition) !== c;
  return { class: 'curve' + (aside ? ' faded' : ''), color: conditionHue(s, c) };
}

function smoothWords(means) { return means.smooth_ms ? `, smoothed by ${numeral(means.smooth_ms, 3)} ms` : ''; }

// meanFigure draws one neuron: data and rates side by side.
function meanFigure(s, means) {
  return figure({
    id: 'means',
    wide: true,
    title: `Means by condition of one ${s.one}`,
    caption: `Left the data${smoothWords(means)}, right the inferred ${s.rate}s, on the same axes. A model that knows the conditions' differences has the same curves.`,
    draw: (width) => drawMean(s, means, width),
    numbers: () => meanNumbers(s, means, [shownNeuron(means)]),
  });
}

function meanNumbers(s, means, neurons) {
  const rows = [];
  for (const n of neurons) {
    const at = means.neurons.indexOf(n);
    means.conditions.forEach((c, i) => {
      const [data, rates] = [means.data, means.rates].map((a) => (a ? seriesOf(a, i, at) : null));
      const bins = (data || rates).length;
      for (let b = 0; b < bins; b++) rows.push([s.neurons[n]?.name, s.conditions[c]?.name, b, data ? data[b] : null, rates ? rates[b] : null]);
    });
  }
  return { columns: [s.one, 'condition', 'bin', `data (${s.unit})`, `${s.rate}s (${s.unit})`], rows };
}

// meanAxis is the axis of a neuron's means, of data and rates.
function meanAxis(means, at, label) {
  const values = [means.data, means.rates].filter(Boolean).flatMap((a) => [...allOf(a, at)]);
  const extent = extentOf(values) || [0, 1];
  return { domain: [Math.min(0, extent[0]), extent[1] > 0 ? extent[1] * 1.08 : extent[1] + 1], label };
}

function drawMean(s, means, width) {
  const at = means.neurons.indexOf(shownNeuron(means));
  const shown = [['Data', means.data], [`Inferred ${s.rate}s`, means.rates]].filter(([, a]) => a);
  const y = meanAxis(means, at, s.unit);
  const left = leftRoom(y, 220);
  const columns = width < 560 ? 1 : shown.length;
  const wide = (width - left - 12 - (columns - 1) * 34) / columns;
  const svg = drawing(width, 0, `Means by condition of ${s.one} ${neuronWords(s, means.neurons[at])}`);
  const top = hueKey(svg, s, { x: left, y: 2, width: width - left }) + 26;
  shown.forEach(([title, a], i) => {
    const box = { x: left + (i % columns) * (wide + 34), y: top + Math.floor(i / columns) * 274, width: wide, height: 200 };
    const first = i % columns === 0;
    const p = new Panel(svg, { box, x: timeAxis(s, a.shape[1]), y: { ...y, label: first ? y.label : null, room: left }, bare: first ? '' : 'y', title });
    drawMeans(p, s, means, { a, at });
  });
  resize(svg, width, top + Math.ceil(shown.length / columns) * 274 - 22);
  return svg;
}

// drawMeans draws a neuron's curves, the condition picked above the others.
function drawMeans(p, s, means, { a, at }) {
  means.conditions.forEach((c, i) => p.curve(overTime(s, seriesOf(a, i, at)), ofCondition(s, c)));
  const i = means.conditions.indexOf(Number(picked.condition));
  if (picked.condition !== '' && i >= 0) p.curve(overTime(s, seriesOf(a, i, at)), { ...ofCondition(s, means.conditions[i]), 'stroke-width': 3 });
}

const mostMeans = 12; // neurons in the figure of several

// meansFigure draws the neurons that conditions modulate most.
function meansFigure(s, means) {
  const neurons = means.neurons.slice(0, mostMeans);
  return figure({
    id: 'means-of-several',
    wide: true,
    title: `Means by condition of several ${s.one}s`,
    caption: `The ${s.one}s that conditions modulate most: above the data, below the inferred ${s.rate}s. Click one to see it above.`,
    draw: (width) => drawSeveral(s, means, { neurons, width }),
    numbers: () => meanNumbers(s, means, neurons),
  });
}

function drawSeveral(s, means, { neurons, width }) {
  const columns = Math.max(1, Math.min(6, Math.floor(width / 175), neurons.length));
  const cell = { width: width / columns, height: 232 };
  const svg = drawing(width, Math.ceil(neurons.length / columns) * cell.height, `Means by condition of ${counted(neurons.length, s.one)}`);
  const panels = [];
  neurons.forEach((n, at) => {
    const y = meanAxis(means, at, null);
    const corner = { x: (at % columns) * cell.width + 38, y: Math.floor(at / columns) * cell.height + 24 };
    const box = { ...corner, width: cell.width - 48, height: 78 };
    const axes = { x: { ...timeAxis(s), label: null }, y };
    const name = s.neurons[n] ? s.neurons[n].name : String(n);
    const above = new Panel(svg, { ...axes, box, bare: 'x', title: shortened(name, 18), note: at === 0 ? s.unit : null });
    const below = new Panel(svg, { ...axes, box: { ...box, y: corner.y + 86 } });
    if (means.data) drawMeans(above, s, means, { a: means.data, at });
    if (means.rates) drawMeans(below, s, means, { a: means.rates, at });
    panels.push([above, n], [below, n]);
  });
  return tell(svg, (x, y) => {
    const hit = panels.find(([p]) => inFrame(p, x, y));
    return hit ? { at: hit[1], text: s.one + ' ' + neuronWords(s, hit[1]) } : null;
  }, (n) => pick('neuron', n));
}
