'use strict';

// What the rates of a trial are made of: the factors, and the inputs that the model infers.

// factorsFigure draws the factors of the trial picked; null if there are none.
function factorsFigure(s) {
  if (!s.factors) return null;
  const n = s.factors.shape[2];
  const some = s.factors_of > n ? `The first ${n} of ${s.factors_of} factors` : 'The factors';
  return figure({
    id: 'factors',
    title: 'Factors of one trial',
    caption: `${some} of the trial picked, each on the scale of all trials shown. All ${s.rate}s are made of them.`,
    draw: (width) => drawFactors(s, width),
    numbers: () => seriesNumbers(s, s.factors, (i) => 'factor ' + i),
  });
}

function drawFactors(s, width) {
  const n = s.factors.shape[2];
  const each = Math.min(34, Math.max(12, 400 / n));
  const tall = each * n + 8;
  const svg = drawing(width, tall + 74, `Factors of ${trialWords(s, picked.trial)}`);
  const box = { x: 46, y: 26, width: width - 58, height: tall };
  const p = new Panel(svg, { box, x: timeAxis(s), y: { domain: [0, n], label: 'Factor', room: 44 }, bare: 'y', title: 'Factors', note: trialWords(s, picked.trial) });
  const every = Math.max(1, Math.ceil(14 / each));
  for (let f = 0; f < n; f++) {
    const extent = extentOf(allOf(s.factors, f)) || [0, 1];
    const top = box.y + 4 + f * each;
    const scale = scaleOf({ domain: extent }, [top + each, top]);
    if (f % every === 0) p.group.append(textAt(String(f), box.x - 7, top + each / 2 + 4, 'tick-label', 'end'));
    const points = seriesOf(s.factors, picked.trial, f).map((v, b) => [p.x.at(timeOf(s, b)), scale.at(v)]);
    p.add(shape('path', { class: 'curve factor', d: pathOf(points) }));
  }
  drawRead(p, s);
  return svg;
}

// allOf are all numbers of one feature of an array.
function* allOf(a, f) { for (let i = f; i < a.values.length; i += a.shape[2]) yield a.values[i]; }

// inputsFigure draws the inferred inputs of the trial picked; null if the model infers none.
function inputsFigure(s) {
  if (!s.inputs || s.inputs.shape[2] === 0) return null;
  return figure({
    id: 'inputs',
    title: 'Inferred inputs of one trial',
    caption: 'What the model needs beside its own dynamics: input where the network could not have known what comes. Means of the posterior.',
    draw: (width) => drawInputs(s, width),
    numbers: () => seriesNumbers(s, s.inputs, (i) => 'input ' + i),
  });
}

function drawInputs(s, width) {
  const n = s.inputs.shape[2];
  const extent = extentOf(s.inputs.values) || [-1, 1];
  const most = Math.max(Math.abs(extent[0]), Math.abs(extent[1])) || 1;
  const y = { domain: [-most * 1.05, most * 1.05], label: 'Input' };
  const left = leftRoom(y, 200);
  const svg = drawing(width, 0, `Inferred inputs of ${trialWords(s, picked.trial)}`);
  const keys = Array.from({ length: Math.min(n, looks) }, (_, f) => lineKey('input ' + f, inputLook(f)));
  const top = legend(svg, keys, { x: left, y: 8, width: width - left }) + 6;
  const p = new Panel(svg, { box: { x: left, y: top, width: width - left - 12, height: 206 }, x: timeAxis(s), y: { ...y, room: left } });
  p.across(0, 'zero');
  for (let f = 0; f < n; f++) p.curve(overTime(s, seriesOf(s.inputs, picked.trial, f)), inputLook(f));
  drawRead(p, s);
  resize(svg, width, top + 252);
  return svg;
}

function inputLook(f) { return { class: 'curve look-' + (f % looks), 'stroke-dasharray': dashes[f % looks] || null }; }

// seriesNumbers are all features of the trial picked, a row a bin.
function seriesNumbers(s, a, name) {
  const block = blockOf(a, picked.trial);
  const features = Array.from({ length: block.columns }, (_, f) => f);
  return {
    columns: ['bin', ...features.map(name)],
    rows: Array.from({ length: block.rows }, (_, b) => [b, ...features.map((f) => block.values[b * block.columns + f])]),
  };
}
