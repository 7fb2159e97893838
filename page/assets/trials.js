'use strict';

// Single trials: spikes of all neurons, the rates inferred from them, and one neuron of them;
// what drives the rates is in factors.js.

// trialsSection is null where no trials were kept; while a run goes on it says that they will be.
function trialsSection(d) {
  const s = sampleOf(d);
  if (!s && isLive(d.state)) return section('trials', 'Trials', 'Single trials with what the model infers from them, means by condition and decoded behaviour are shown here when the run has ended.');
  if (!s || s.trials.length === 0) return null;
  picked.trial = Math.min(picked.trial, s.trials.length - 1);
  picked.neuron = Math.min(picked.neuron, Math.max(0, s.neurons.length - 1));
  const trial = stepper('Trial', 'trial', s.trials.map((_, i) => [i, trialWords(s, i)]));
  const neuron = stepper(capital(s.one), 'neuron', s.neurons.map((_, i) => [i, neuronWords(s, i)]));
  const order = toggle('Order by peak', picked.ordered, (on) => pick('ordered', on));
  order.id = 'ordered';
  const keys = trialKeys(trial, neuron);
  const all = populationFigure(s, keys);
  const one = neuronFigure(s);
  const each = acrossFigure(s);
  const factors = factorsFigure(s);
  const inputs = inputsFigure(s);
  const node = section('trials', 'Trials', s.note, controls(trial.node, neuron.node, order),
    spoken('trial neuron', () => `${trialWords(s, picked.trial)}; ${s.one} ${neuronWords(s, picked.neuron)}`),
    grid(all.node, one.node, each.node, factors && factors.node, inputs && inputs.node));
  redrawOn('trial', all, one, each, factors, inputs);
  redrawOn('neuron', all, one, each);
  redrawOn('ordered', all);
  listenWithin(node, keys);
  return node;
}

// trialKeys steps through trials (left and right, p and n) and neurons (up and down).
function trialKeys(trial, neuron) {
  const steps = { ArrowRight: [trial, 1], n: [trial, 1], ArrowLeft: [trial, -1], p: [trial, -1], ArrowDown: [neuron, 1], ArrowUp: [neuron, -1] };
  return (event) => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step[0].step(step[1]);
  };
}

// listenWithin lets n and p work wherever in the section the focus is, which a click or its link
// brings, but not where letters are typed or mean something else. Beyond it they do nothing: who
// dictates to the machine must not step through trials by a word.
function listenWithin(node, keys) {
  node.tabIndex = -1;
  node.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, select, textarea');
    if ((event.key === 'n' || event.key === 'p') && !typing && !event.defaultPrevented) keys(event);
  });
}

// rowsOf is the order of neurons from the top.
function rowsOf(s) { return picked.ordered ? s.peaks : s.neurons.map((_, i) => i); }

// populationFigure draws all neurons of a trial: what was measured, and the rates.
function populationFigure(s, keys) {
  return figure({
    id: 'population',
    wide: true,
    title: `${s.measured} and ${s.rate}s of one trial`,
    caption: `All ${s.one}s shown, a row each: what was measured, and the ${s.rate}s that the model infers from it${s.truth ? ', beside the true ones' : ''}. The mark is at the ${s.one} picked.`,
    hint: `Click a row to pick its ${s.one}. Arrow keys: left and right for trials, up and down for ${s.one}s. The letters n and p, the next trial and the previous one, work in all of this part once it has been clicked.`,
    keys,
    draw: (width) => drawPopulation(s, width),
    numbers: () => populationNumbers(s),
  });
}

function populationNumbers(s) {
  const measured = s.spikes && blockOf(s.spikes, picked.trial);
  const rates = s.rates && blockOf(s.rates, picked.trial);
  const truth = s.truth && blockOf(s.truth, picked.trial);
  const rows = [];
  s.neurons.forEach((n, f) => {
    for (let bin = 0; bin < s.bins; bin++) {
      const at = (b) => (b ? b.values[bin * b.columns + f] : null);
      rows.push([n.name, bin, at(measured), at(rates), ...(truth ? [at(truth)] : [])]);
    }
  });
  return { columns: [s.one, 'bin', s.counts ? 'spikes' : 'signal', `${s.rate} (${s.unit})`, ...(truth ? ['true ' + s.rate] : [])], rows };
}

function drawPopulation(s, width) {
  const shown = [[s.measured, s.spikes, s.counts], [`Inferred ${s.rate}s`, s.rates, false], [`True ${s.rate}s`, s.truth, false]].filter(([, a]) => a);
  if (shown.length === 0) return null;
  const columns = width >= 820 ? shown.length : 1;
  const tall = Math.min(340, Math.max(130, s.neurons.length * 3));
  const inner = width - 30 - 74;
  const wide = (inner - (columns - 1) * 34) / columns;
  const cell = tall + 74;
  const svg = drawing(width, cell * Math.ceil(shown.length / columns), `${s.measured} and ${s.rate}s of ${trialWords(s, picked.trial)}`);
  const rows = rowsOf(s);
  const panels = shown.map(([title, a, counts], i) => {
    const box = { x: 30 + (i % columns) * (wide + 34), y: Math.floor(i / columns) * cell + 26, width: wide, height: tall };
    const y = { domain: [0, rows.length], label: i % columns === 0 ? counted(rows.length, s.one) : null, room: 24 };
    const p = new Panel(svg, { box, x: timeAxis(s), y, bare: 'y', title, note: i === 0 ? trialWords(s, picked.trial) : null });
    drawRows(p, s, { block: blockOf(a, picked.trial), rows, counts });
    return p;
  });
  const last = panels[panels.length - 1].box;
  colourBar(svg, { x: width - 66, y: last.y, height: last.height }, s.range, s.unit);
  return tell(svg, (x, y) => rowAt(panels, s, rows, [x, y]), (f) => pick('neuron', f));
}

// drawRows draws neurons of a trial, and a mark at the one picked.
function drawRows(p, s, { block, rows, counts }) {
  const value = (r, c) => block.values[c * block.columns + rows[r]];
  if (counts) {
    drawCounts(p, rows.length, block.rows, value);
  } else {
    p.picture(pictureOf(rows.length, block.rows, value, s.range));
  }
  drawRead(p, s, false);
  const y = tenth(p.box.y + (rows.indexOf(picked.neuron) + 0.5) * (p.box.height / rows.length));
  p.group.append(shape('path', { class: 'pointer', d: `M${p.box.x},${y}l-7,-4v8Z` }));
}

// rowAt says which neuron is under a place in one of the panels.
function rowAt(panels, s, rows, [x, y]) {
  const p = panels.find((q) => inFrame(q, x, y));
  if (!p) return null;
  const f = rows[Math.min(rows.length - 1, Math.floor(((y - p.box.y) / p.box.height) * rows.length))];
  return { at: f, text: s.one + ' ' + neuronWords(s, f) };
}
