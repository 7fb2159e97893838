'use strict';

// The model that the search has come to: where it comes from, its hyper-parameters within their
// ranges, its own curves, and the settings of the run.

function modelSection(d) {
  const c = d.chosen;
  return section('model', 'Chosen model', c ? chosenWords(d) : 'No model has a score yet.',
    c && (c.among || []).length > 0 ? el('ul', { class: 'plain' }, c.among.map((s) => el('li', {}, s))) : null,
    c && (d.course.hyper || []).length > 0 ? hyperTable(d) : null,
    d.course.line ? grid(lineFigure(d.course).node) : null,
    settingsTables(d.settings || []));
}

function chosenWords(d) {
  const c = d.chosen;
  const mean = (c.mean || []).length > 0 ? ` It is the mean of the weights of ${counted(c.mean.length, 'model')}: ${c.mean.map(placeWords).join('; ')}.` : '';
  const score = c.score === null ? '' : ` Score of the search: ${numeral(c.score, 5)} ${d.course.unit}${c.final === null ? '' : `; of the final choice: ${numeral(c.final, 5)}`}.`;
  return ended(capital(c.words)) + score + mean;
}

// hyperTable lists the chosen values, each with a mark within the range of first draws.
function hyperTable(d) {
  const rows = d.course.hyper.map((h, i) => {
    const v = (d.chosen.hyper || [])[i] ?? null;
    return [h.key, v, rangeBar(h, v), h.low === null ? '–' : `${numeral(h.low)} to ${numeral(h.high)}${h.limit ? ', a limit' : ''}`];
  });
  return tableOf('Hyper-parameters of the chosen model', ['hyper-parameter', 'value', 'within', 'first drawn from'], rows);
}

// rangeBar is a line from low to high with a dot at the value, beyond the ends if it is.
function rangeBar(h, v) {
  if (v === null || h.low === null || h.high === null || !(h.high > h.low)) return '–';
  const scale = scaleOf({ domain: [h.low, h.high], log: h.log }, [14, 126]);
  const x = Math.min(135, Math.max(5, scale.at(v)));
  return shape('svg', { class: 'drawing', width: 140, height: 14, role: 'img', 'aria-label': v < h.low ? 'below the range' : v > h.high ? 'above the range' : 'within the range' },
    shape('path', { class: 'range', d: 'M14,7H126M14,3v8M126,3v8' }),
    shape('path', { class: 'dots winner small', d: `M${tenth(Number.isFinite(x) ? x : 5)},7h0` }));
}

// lineFigure draws the losses of the chosen model over its whole life, and its learning rate.
function lineFigure(course) {
  const l = course.line;
  return figure({
    id: 'chosen-line',
    wide: true,
    title: 'Losses of the chosen model',
    caption: 'Over its whole line of ancestors. Validation loss that rises while training loss falls is overfitting.',
    draw: (width) => drawLine(course, width),
    numbers: () => ({
      columns: ['epoch', 'training loss', 'validation loss', 'score', 'learning rate'],
      rows: l.epoch.map((e, i) => [e, l.train[i], l.valid[i], l.score[i], l.learning_rate[i]]),
    }),
  });
}

function drawLine(course, width) {
  const l = course.line;
  const losses = [l.train, l.valid].flat().filter((v) => v !== null);
  const extent = extentOf(losses);
  if (!extent || l.epoch.length === 0) return null;
  const y = { domain: padded([extent[0], Math.max(quantileOf(losses, 0.8), extent[0])], 0.06), label: course.unit };
  const rates = extentOf(l.learning_rate);
  const left = Math.max(leftRoom(y, 220), 74);
  const height = rates ? 400 : 300;
  const svg = drawing(width, height, 'Training and validation loss of the chosen model over epochs');
  const x = { domain: [0, l.epoch[l.epoch.length - 1]], whole: true };
  const box = { x: left, y: 26, width: width - left - 12, height: 220 };
  const p = new Panel(svg, { box, x: rates ? x : { ...x, label: 'Epoch' }, y: { ...y, room: left }, bare: rates ? 'x' : '' });
  const over = (values) => l.epoch.map((e, i) => [e, values[i]]);
  const curves = [['training', l.train, 'curve train'], ['validation', l.valid, 'curve winner']].filter(([, values]) => extentOf(values));
  for (const [, values, cls] of curves) p.curve(over(values), { class: cls });
  legend(svg, curves.map(([name, , cls]) => lineKey(name, { class: cls })), { x: left, y: 2, width });
  if (rates) {
    const low = { x: left, y: 276, width: box.width, height: 78 };
    const axis = { domain: padded(widened(rates, true), 0.08, true), log: true, label: 'Rate', room: left };
    new Panel(svg, { box: low, x: { ...x, label: 'Epoch' }, y: axis, title: 'Learning rate' }).curve(over(l.learning_rate), { class: 'curve train' });
  }
  return svg;
}

// settingsTables show what was set, and all settings, which can be searched.
function settingsTables(settings) {
  if (settings.length === 0) return null;
  const changed = settings.filter((s) => s.changed);
  const set = changed.length === 0
    ? el('p', {}, 'Every setting is the default.')
    : tableOf('Settings other than the defaults', ['setting', 'value', 'default'], changed.map((s) => [s.key, s.value, s.default]));
  return [el('h3', {}, 'Settings'), set, allSettings(settings)];
}

function allSettings(settings) {
  const place = el('div', {});
  const field = el('input', { type: 'search', id: 'setting', autocomplete: 'off', spellcheck: 'false', on: { input: () => fill() } });
  const details = el('details', { id: 'settings', on: { toggle: () => fill() } },
    el('summary', {}, `All ${settings.length} settings`),
    el('p', { class: 'controls' }, el('label', { for: 'setting' }, 'Find'), field), place);
  function fill() {
    if (!details.open) return;
    const found = settings.filter((s) => s.key.includes(field.value.trim()));
    place.replaceChildren(tableOf('All settings', ['setting', 'value', 'default'], found.map((s) => [s.key, s.value, s.changed ? s.default : ''])));
  }
  return details;
}
