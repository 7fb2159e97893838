'use strict';

// Several runs: a list to choose from, and their best scores on common axes. Scores of other
// data, of another likelihood, or of trials that were trained on have axes of their own: they
// are not to be compared.

// runsSection makes the list; update brings it up to date. chosen is called with a run's name.
function runsSection(chosen) {
  const now = { runs: [] };
  const f = runsFigure(now, chosen);
  const rows = el('div', {});
  const node = section('runs', 'Runs', null, rows, grid(f.node));
  const update = (runs) => {
    now.runs = runs;
    const focused = rows.contains(document.activeElement) ? document.activeElement.dataset.run : null;
    rows.replaceChildren(runsTable(runs, chosen));
    if (focused !== null) [...rows.querySelectorAll('button')].find((b) => b.dataset.run === focused)?.focus({ preventScroll: true });
    f.node.hidden = !runs.some((r) => (r.x || []).length > 0);
    f.redraw();
  };
  return { node, update };
}

function runsTable(runs, chosen) {
  const rows = runs.map((r) => [
    el('button', {
      type: 'button', class: 'pick' + (r.name === picked.run ? ' picked' : ''), 'data-run': r.name, 'aria-pressed': String(r.name === picked.run),
      on: { click: () => chosen(r.name) },
    }, r.name),
    r.data,
    r.fault ? el('span', { class: 'fault' }, r.fault) : stateBadge(r.state.status),
    numeral(r.score, 5),
    [r.unit, lossWords(r)].filter(Boolean).join(', '),
    r.state.generation >= 0 ? r.state.generation + 1 : null,
    r.state.epochs_done,
    r.state.seconds_left === null ? '' : lasting(r.state.seconds_left),
    r.notes || null,
  ]);
  return tableOf('Runs', ['run', 'data', 'state', 'score', 'unit', 'generations', 'epochs', 'time left', 'warnings'], rows);
}

// lossWords says of what likelihood a run's scores are, and of which trials if they are not
// those that validate.
function lossWords(r) { return [r.likelihood, r.score_of && 'of ' + r.score_of].filter(Boolean).join(', '); }

function runsFigure(now, chosen) {
  return figure({
    id: 'best-scores',
    wide: true,
    title: 'Best scores of all runs',
    caption: 'The best score of each generation over epochs of one member, lower is better; orange the run shown below. Click a curve to show its run.',
    draw: (width) => drawRuns(now.runs, width, chosen),
    numbers: () => ({
      columns: ['run', 'epoch', 'best score', 'unit', 'likelihood'],
      rows: now.runs.flatMap((r) => (r.x || []).map((x, i) => [r.name, x, r.y[i], r.unit, lossWords(r)])),
    }),
  });
}

// groupsOf are runs whose scores can be compared.
function groupsOf(runs) {
  const groups = new Map();
  for (const r of runs.filter((one) => (one.x || []).length > 0)) {
    const key = JSON.stringify([r.unit, r.likelihood, r.score_of, r.sha256]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(r);
  }
  return [...groups.values()];
}

function drawRuns(runs, width, chosen) {
  const groups = groupsOf(runs);
  if (groups.length === 0) return null;
  const columns = groups.length > 1 && width >= 720 ? 2 : 1;
  const cell = { width: width / columns, height: 320 };
  const svg = drawing(width, Math.ceil(groups.length / columns) * cell.height + 6, `Best scores of ${counted(runs.length, 'run')}`);
  const places = groups.flatMap((group, i) => drawGroup(svg, group, { x: (i % columns) * cell.width, y: Math.floor(i / columns) * cell.height, width: cell.width }));
  return tell(svg, (x, y) => {
    const n = nearest(places, x, y, 24);
    return n && { at: n.run, text: `${n.run}, epoch ${n.epoch}: ${numeral(n.score, 5)}` };
  }, chosen);
}

// runLook is orange for the run shown; others have colours of their own while these suffice.
function runLook(group, r) {
  if (r.name === picked.run) return 'winner';
  return group.length <= looks ? 'look-' + (1 + (group.indexOf(r) % (looks - 1))) : 'member';
}

// drawGroup draws the runs of one panel, and returns where their points are.
function drawGroup(svg, group, corner) {
  const ys = group.flatMap((r) => r.y).filter((v) => v !== null);
  const extent = extentOf(ys);
  if (!extent) return [];
  const y = { domain: padded([extent[0], Math.max(quantileOf(ys, 0.9), extent[0])], 0.08), label: group[0].unit };
  const left = leftRoom(y, 200);
  const box = { x: corner.x + left, y: corner.y + 28, width: corner.width - left - 14, height: 206 };
  const x = { domain: [0, extentOf(group.flatMap((r) => r.x))[1]], whole: true, label: 'Epochs of one member' };
  const note = lossWords(group[0]);
  const p = new Panel(svg, { box, x, y: { ...y, room: left }, title: shortened(group[0].data || 'data', Math.max(8, Math.floor(box.width / 8) - note.length)), note });
  const shown = (r) => r.name === picked.run;
  for (const r of [...group].sort((a, b) => shown(a) - shown(b))) {
    const points = r.x.map((e, i) => [e, r.y[i]]);
    p.curve(points, { class: 'curve ' + runLook(group, r) });
    p.dots(points, { class: 'dots small ' + runLook(group, r) });
  }
  if (group.length <= looks) {
    legend(svg, group.map((r) => lineKey(shortened(r.name, 24), { class: 'curve ' + runLook(group, r) })), { x: box.x, y: box.y + box.height + 42, width: box.width });
  }
  return group.flatMap((r) => r.x.map((e, i) => ({ x: p.x.at(e), y: p.y.at(r.y[i] ?? NaN), run: r.name, epoch: e, score: r.y[i] })));
}
