'use strict';

// Behaviour: decoded from the inferred rates, over what was measured.

// behaviourSection is null where the data have none.
function behaviourSection(d) {
  const s = sampleOf(d);
  const b = s && s.behavior && { ...s.behavior, measured: arrayOf(s.behavior.measured), decoded: arrayOf(s.behavior.decoded) };
  if (!b || !b.measured || s.trials.length === 0) return null;
  const trial = stepper('Trial', 'trial', s.trials.map((_, i) => [i, trialWords(s, i)]), '-of-behaviour');
  const one = outputsFigure(s, b);
  const plane = (b.plane || []).length === 2 ? planeFigure(s, b) : null;
  const words = b.decoded ? 'The regression that decodes it was learned from training trials; these it has not seen.' : 'It could not be decoded: what was measured is shown alone.';
  const node = section('behaviour', 'Behaviour', words, controls(trial.node), grid(one.node, plane && plane.node));
  redrawOn('trial', one, plane);
  return node;
}

function behaviourNumbers(s, b, trials) {
  const outputs = (b.names || []).map((_, o) => o);
  const rows = trials.flatMap((i) => {
    const blocks = [b.measured, b.decoded].map((a) => (a ? blockOf(a, i) : null));
    return Array.from({ length: blocks[0].rows }, (_, bin) => [s.trials[i].trial, bin, ...outputs.flatMap((o) => blocks.map((k) => (k ? k.values[bin * k.columns + o] : null)))]);
  });
  return { columns: ['trial', 'bin', ...b.names.flatMap((n) => [n + ' measured', n + ' decoded'])], rows };
}

// outputsFigure draws the outputs of the trial picked over time.
function outputsFigure(s, b) {
  return figure({
    id: 'outputs',
    wide: true,
    title: 'Behaviour in one trial',
    caption: `Grey: measured. Orange: decoded from the ${s.rate}s of this trial.`,
    draw: (width) => drawOutputs(s, b, width),
    numbers: () => behaviourNumbers(s, b, [picked.trial]),
  });
}

function drawOutputs(s, b, width) {
  const n = b.measured.shape[2];
  const columns = Math.max(1, Math.min(n, Math.floor(width / 380)));
  const axes = Array.from({ length: n }, (_, o) => outputAxis(b, o));
  const left = Math.max(...axes.map((y) => leftRoom(y, 130))) + 4;
  const cell = { width: width / columns, height: 210 };
  const svg = drawing(width, Math.ceil(n / columns) * cell.height + 24, `Behaviour in ${trialWords(s, picked.trial)}`);
  legend(svg, [lineKey('measured', { class: 'curve truth' }), ...(b.decoded ? [lineKey(`decoded from ${s.rate}s`, { class: 'curve winner' })] : [])], { x: left, y: 2, width });
  axes.forEach((y, o) => {
    const box = { x: (o % columns) * cell.width + left, y: Math.floor(o / columns) * cell.height + 50, width: cell.width - left - 12, height: 130 };
    const p = new Panel(svg, { box, x: timeAxis(s, b.measured.shape[1]), y, title: shortened((b.names || [])[o] || 'output ' + o, Math.floor(box.width / 8)) });
    if (y.domain[0] < 0 && y.domain[1] > 0) p.across(0, 'zero');
    p.curve(overTime(s, seriesOf(b.measured, picked.trial, o)), { class: 'curve truth' });
    if (b.decoded) p.curve(overTime(s, seriesOf(b.decoded, picked.trial, o)), { class: 'curve winner' });
  });
  return svg;
}

// outputAxis is the axis of an output, the same for all trials.
function outputAxis(b, o) {
  const values = [b.measured, b.decoded].filter(Boolean).flatMap((a) => [...allOf(a, o)]);
  return { domain: padded(extentOf(values) || [0, 1], 0.06) };
}

// planeFigure draws all trials in the plane of two outputs.
function planeFigure(s, b) {
  return figure({
    id: 'plane',
    wide: true,
    title: 'Behaviour in its plane',
    caption: `All trials shown${b.velocity ? ', velocities added up to positions' : ''}: measured, and decoded from ${s.rate}s, on the same axes. The thick line is the trial picked.`,
    draw: (width) => drawPlane(s, b, width),
    numbers: () => behaviourNumbers(s, b, s.trials.map((_, i) => i)),
  });
}

// pathsInPlane are the courses of all trials, lists of [x, y].
function pathsInPlane(s, b, a) {
  const seconds = s.bin_ms > 0 ? s.bin_ms / 1000 : 1;
  return s.trials.map((_, i) => {
    const [xs, ys] = b.plane.map((o) => seriesOf(a, i, o));
    if (!b.velocity) return xs.map((x, t) => [x, ys[t]]);
    let at = [0, 0];
    return xs.map((x, t) => {
      if (Number.isFinite(x) && Number.isFinite(ys[t])) at = [at[0] + x * seconds, at[1] + ys[t] * seconds];
      return at;
    });
  });
}

function drawPlane(s, b, width) {
  const shown = [['Measured', b.measured], [`Decoded from ${s.rate}s`, b.decoded]].filter(([, a]) => a).map(([title, a]) => [title, pathsInPlane(s, b, a)]);
  const points = shown.flatMap(([, paths]) => paths.flat());
  const [xs, ys] = [0, 1].map((c) => extentOf(points.map((q) => q[c])));
  if (!xs || !ys) return null;
  const columns = width < 520 ? 1 : shown.length;
  const wide = Math.min(460, (width - 70 - (columns - 1) * 30) / columns);
  const [x, y] = evenAxes(padded(xs), padded(ys), wide);
  const tall = y.tall;
  const svg = drawing(width, 0, `Behaviour of ${counted(s.trials.length, 'trial')} in its plane`);
  const top = hueKey(svg, s, { x: 58, y: 2, width: width - 58 }) + 26;
  shown.forEach(([title, paths], i) => {
    const box = { x: 58 + (i % columns) * (wide + 30), y: top + Math.floor(i / columns) * (tall + 64), width: wide, height: tall };
    const p = new Panel(svg, { box, x, y, bare: i % columns > 0 ? 'y' : '', title });
    paths.forEach((q, t) => { if (t !== picked.trial) p.curve(q, { class: 'curve thin', color: trialHue(s, t) }); });
    p.curve(paths[picked.trial], { class: 'curve', 'stroke-width': 3.2, color: trialHue(s, picked.trial) });
  });
  resize(svg, width, top + Math.ceil(shown.length / columns) * (tall + 64) - 28);
  return svg;
}

// evenAxes gives both axes as many pixels for a unit, at a width, and at most half as high again.
function evenAxes(xs, ys, wide) {
  let span = xs[1] - xs[0] || 1;
  let tall = ((ys[1] - ys[0] || 1) / span) * wide;
  const grown = (d, to) => { const by = (to - (d[1] - d[0])) / 2; return [d[0] - by, d[1] + by]; };
  if (tall > wide) { span = ys[1] - ys[0]; xs = grown(xs, span); tall = wide; }
  if (tall < wide * 0.5) { ys = grown(ys, span * 0.5); tall = wide * 0.5; }
  return [{ domain: xs }, { domain: ys, tall }];
}
