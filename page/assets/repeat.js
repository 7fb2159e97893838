'use strict';

// How to repeat the run: its commands, the version, the data by their checksum; where the time
// went; what other files there are.

function repeatSection(d) {
  return section('repeat', 'How to repeat it', 'The same version gives the same bits from the same data and seed.',
    (d.commands || []).map(commandOf),
    el('div', { class: 'pair' }, factsTable(d), timeTable(d.time)),
    (d.data.facts || []).length > 0 ? el('ul', { class: 'plain' }, d.data.facts.map((f) => el('li', {}, f))) : null,
    filesOf(d));
}

function commandOf(c) {
  const line = el('code', {}, c.text);
  const copy = el('button', { type: 'button', class: 'quiet', 'aria-label': `Copy the command: ${c.what}`, on: { click: () => copyText(line, copy) } }, 'Copy');
  return el('div', { class: 'command' }, el('p', {}, c.what), el('pre', { tabindex: 0, role: 'group', 'aria-label': c.what }, line), copy);
}

// copyText copies, or where the browser forbids it, selects what is to be copied.
async function copyText(line, button) {
  try {
    await navigator.clipboard.writeText(line.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(line);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

function factsTable(d) {
  const a = d.data;
  const rows = [
    ['program', d.version ? 'autolfads ' + d.version : '–'],
    ['search', d.search || '–'],
    ['seed', d.seed],
    ['data', a.name || '–'],
    ['SHA-256 of the data', a.sha256 ? el('code', { class: 'long' }, a.sha256) : '–'],
    ['trials', `${whole(a.training)} training, ${whole(a.validation)} validation${a.test ? `, ${whole(a.test)} test` : ''}`],
    ['bins', `${whole(a.bins)}${a.bin_ms ? ` of ${numeral(a.bin_ms)} ms` : ''}${a.forward ? `, and ${whole(a.forward)} predicted beyond` : ''}`],
    [a.counts ? 'neurons' : 'channels', `${whole(a.neurons)}${a.held_in ? `, ${a.held_in < a.neurons ? whole(a.held_in) : 'all'} of them read` : ''}`],
  ];
  if (d.output) rows.push([meant(d.scores || [], 'rates'), el('code', {}, d.output)]);
  return tableOf('What was run', ['fact', 'value'], rows, true);
}

function timeTable(t) {
  if (!t) return null;
  return tableOf('Time', ['time', 'value'], [
    ['by the clock', lasting(t.wall)],
    ['training, added over members', lasting(t.training)],
    ['epochs trained', t.epochs],
    ['an epoch', t.epochs ? `${numeral(t.training / t.epochs, 3)} s` : '–'],
  ], true);
}

function filesOf(d) {
  const files = d.figures || [];
  if (files.length === 0) return null;
  return el('details', { id: 'files' }, el('summary', {}, 'Figures in the run folder'), el('ul', { class: 'plain' }, files.map((f) => el('li', {}, el('code', {}, f)))));
}
