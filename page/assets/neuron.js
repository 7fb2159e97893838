'use strict';

// One neuron: its rate over its spikes in one trial, and both in all trials shown.

function neuronFigure(s) {
  return figure({
    id: 'one-neuron',
    title: `One ${s.one} in one trial`,
    caption: `Orange: the ${s.rate} that the model infers${s.truth ? `; grey: the true ${s.rate}` : ''}. ${s.counts ? 'Below: the spikes of this trial.' : 'Thin, and below: the signal.'}`,
    draw: (width) => drawNeuron(s, width),
    numbers: () => {
      const of = (a) => (a ? seriesOf(a, picked.trial, picked.neuron) : null);
      const [measured, rate, truth] = [s.spikes, s.rates, s.truth].map(of);
      return {
        columns: ['bin', s.counts ? 'spikes' : 'signal', `${s.rate} (${s.unit})`, 'true ' + s.rate],
        rows: Array.from({ length: s.bins }, (_, b) => [b, ...[measured, rate, truth].map((v) => (v ? v[b] : null))]),
      };
    },
  });
}

function drawNeuron(s, width) {
  const [measured, rate, truth] = [s.spikes, s.rates, s.truth].map((a) => (a ? seriesOf(a, picked.trial, picked.neuron) : null));
  if (!rate && !measured) return null;
  const curves = [rate, truth, s.counts ? null : measured].filter(Boolean).flat();
  const extent = extentOf(curves.concat(0)) || [0, 1];
  const y = { domain: [Math.min(0, padded(extent)[0] * (extent[0] < 0 ? 1 : 0)), extent[1] * 1.08 || 1], label: s.unit };
  const left = Math.max(leftRoom(y, 200), 56);
  const svg = drawing(width, 300, `${capital(s.one)} ${neuronWords(s, picked.neuron)} in ${trialWords(s, picked.trial)}`);
  const box = { x: left, y: 26, width: width - left - 12, height: 180 };
  const p = new Panel(svg, { box, x: { ...timeAxis(s), label: null }, y: { ...y, room: left }, bare: 'x', title: capital(s.one) + ' ' + shortened(s.neurons[picked.neuron].name, 20), note: trialWords(s, picked.trial) });
  if (!s.counts && measured) p.curve(overTime(s, measured), { class: 'curve measured' });
  if (truth) p.curve(overTime(s, truth), { class: 'curve truth' });
  if (rate) p.curve(overTime(s, rate), { class: 'curve winner' });
  drawRead(p, s);
  const low = new Panel(svg, { box: { x: left, y: 214, width: box.width, height: 34 }, x: timeAxis(s), y: { domain: [0, 1] }, bare: 'y' });
  if (s.counts && measured) {
    drawCounts(low, 1, measured.length, (_, c) => measured[c], 5);
  } else if (measured) {
    low.picture(pictureOf(1, measured.length, (_, c) => measured[c], s.range));
  }
  return svg;
}

// acrossFigure draws a neuron in all trials shown, those of a condition together.
function acrossFigure(s) {
  return figure({
    id: 'all-trials',
    title: `One ${s.one} in all trials shown`,
    caption: `A row a trial${s.coloured ? ', in the order of conditions, whose colour is at its left' : ''}. The mark is at the trial picked; click a row to pick another.`,
    draw: (width) => drawAcross(s, width),
    numbers: () => ({
      columns: ['trial', 'condition', 'bin', s.counts ? 'spikes' : 'signal', `${s.rate} (${s.unit})`],
      rows: s.byCondition.flatMap((i) => {
        const [measured, rate] = [s.spikes, s.rates].map((a) => (a ? seriesOf(a, i, picked.neuron) : null));
        const condition = s.trials[i].condition >= 0 ? s.conditions[s.trials[i].condition]?.name ?? '' : '';
        return Array.from({ length: s.bins }, (_, b) => [s.trials[i].trial, condition, b, measured ? measured[b] : null, rate ? rate[b] : null]);
      }),
    }),
  });
}

function drawAcross(s, width) {
  const rows = s.byCondition;
  const shown = [[s.measured, s.spikes, s.counts], [`Inferred ${s.rate}s`, s.rates, false]].filter(([, a]) => a);
  if (shown.length === 0) return null;
  const wide = (width - 36 - 70 - 30) / 2;
  const svg = drawing(width, 300, `${capital(s.one)} ${neuronWords(s, picked.neuron)} in ${counted(rows.length, 'trial')}`);
  const series = shown.map(([, a]) => s.trials.map((_, i) => seriesOf(a, i, picked.neuron)));
  const range = colourRange(...shown.map(([, , counts], n) => !counts && { values: Float32Array.from(series[n].flat()) }));
  const panels = shown.map(([title, , counts], n) => {
    const box = { x: 36 + n * (wide + 30), y: 26, width: wide, height: 222 };
    const p = new Panel(svg, { box, x: timeAxis(s), y: { domain: [0, rows.length], label: n === 0 ? counted(rows.length, 'trial') : null, room: 32 }, bare: 'y', title });
    const value = (r, c) => series[n][rows[r]][c];
    if (counts) drawCounts(p, rows.length, s.bins, value);
    else p.picture(pictureOf(rows.length, s.bins, value, range));
    drawRead(p, s, false);
    return p;
  });
  drawConditionStrip(panels[0], s, rows);
  colourBar(svg, { x: width - 66, y: 26, height: 222 }, range, s.unit);
  return tell(svg, (x, y) => {
    const p = panels.find((q) => inFrame(q, x, y));
    if (!p) return null;
    const i = rows[Math.min(rows.length - 1, Math.floor(((y - p.box.y) / p.box.height) * rows.length))];
    return { at: i, text: trialWords(s, i) };
  }, (i) => pick('trial', i));
}

// drawConditionStrip draws the colours of rows at a panel's left, and the mark of the trial picked.
function drawConditionStrip(p, s, rows) {
  const each = p.box.height / rows.length;
  if (s.coloured) rows.forEach((i, r) => {
    p.group.append(shape('rect', { x: p.box.x - 6, y: tenth(p.box.y + r * each), width: 4, height: tenth(each + 0.3), fill: trialHue(s, i) }));
  });
  const y = tenth(p.box.y + (rows.indexOf(picked.trial) + 0.5) * each);
  p.group.append(shape('path', { class: 'pointer', d: `M${p.box.x - 7},${y}l-7,-4v8Z` }));
}
