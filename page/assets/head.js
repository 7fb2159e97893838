'use strict';

// The head of the page: what run this is, where it stands, what came of it in words and in a
// few numbers, and what may be wrong.

const stateWords = {
  starting: 'starting', running: 'running', scoring: 'scoring', finished: 'finished', stopped: 'stopped', failed: 'failed', killed: 'killed',
};

// isLive reports whether a run may still change.
function isLive(state) { return ['starting', 'running', 'scoring'].includes(state.status); }

// titleOf is what a run is called.
function titleOf(d) { return d.name || d.data.name || 'A run'; }

function headSection(d) {
  const words = d.verdict || [];
  return el('section', { id: 'overview', 'aria-labelledby': 'overview-title' },
    el('div', { class: 'title' }, el('h1', { id: 'overview-title' }, titleOf(d)), stateBadge(d.state.status)),
    el('p', { class: 'subtitle' }, subtitle(d)),
    progressOf(d.state),
    el('div', { class: 'verdict' }, words.map((s, i) => el('p', { class: i === 0 ? 'first' : null }, s))),
    tilesOf(d));
}

function stateBadge(status) {
  return el('span', { class: 'badge ' + (stateWords[status] ? status : 'unknown') }, stateWords[status] || 'unknown');
}

// subtitle says what the data are, of what is known.
function subtitle(d) {
  const a = d.data;
  const unit = a.counts ? 'neuron' : 'channel';
  const trials = (a.training || 0) + (a.validation || 0) + (a.test || 0);
  return [
    d.name && d.name !== a.name ? a.name : '',
    trials ? counted(trials, 'trial') : '',
    a.bins ? counted(a.bins, 'bin') + (a.bin_ms ? ` of ${numeral(a.bin_ms)} ms` : '') : '',
    a.neurons ? counted(a.neurons, unit) + (a.held_in && a.held_in < a.neurons ? `, ${whole(a.held_in)} of them read` : '') : '',
    a.conditions ? counted(a.conditions, 'condition') : '',
    d.search ? 'search: ' + d.search : '',
    d.version ? 'autolfads ' + d.version : '',
  ].filter(Boolean).join(' · ');
}

// progressOf shows how far a run is that may go on.
function progressOf(s) {
  const live = isLive(s);
  const words = [
    s.reason ? ended(capital(s.reason)) : '',
    live && s.generation >= 0 ? `${counted(s.generation + 1, 'generation')} begun` + (s.most ? `, at most ${whole(s.most)}.` : '.') : '',
    live && s.epochs_most ? `${whole(s.epochs_done)} of at most ${whole(s.epochs_most)} epochs.` : '',
    live && s.seconds_left !== null ? `At most ${lasting(s.seconds_left)} left.` : '',
  ].filter(Boolean).join(' ');
  if (!words) return null;
  const bar = live && s.epochs_most
    ? el('progress', { max: s.epochs_most, value: Math.min(s.epochs_done, s.epochs_most), 'aria-label': 'Epochs done' }) : null;
  return el('div', { class: 'progress' }, bar, el('p', {}, words));
}

// tileScores are the scores that say most, in the order in which they do.
const tileScores = ['co-bps (held-out neurons)', 'bits per spike', 'behaviour from rates', 'true rates', 'true states from factors', 'PSTHs from rates'];

// tilesOf are a few numbers that are read at a glance.
function tilesOf(d) {
  const tiles = [];
  const scores = d.scores || [];
  if (d.chosen && d.chosen.score !== null) tiles.push(tile('Score of the chosen model', numeral(d.chosen.score, 5), `${d.course.unit}, of ${d.course.score_of || 'validation trials'}; lower is better`));
  for (const name of tileScores) {
    const s = scores.find((score) => score.name === name);
    if (s && tiles.length < 4) tiles.push(tile(meant(scores, s.name), scoreNumber(s, s.value), rivalWords(s)));
  }
  return tiles.length === 0 ? null : el('dl', { class: 'tiles' }, tiles);
}

function tile(label, value, note) {
  return el('div', { class: 'tile' }, el('dt', {}, label), el('dd', {}, el('strong', {}, value), el('span', {}, note)));
}

// rivalWords sets smoothing beside a score.
function rivalWords(s) {
  const rival = (s.rivals || []).find((r) => r.name === 'smoothing' && r.value !== null);
  return unitWords(s.unit) + (rival ? `; smoothing ${scoreNumber(s, rival.value)}` : '');
}

const warningWords = {
  overfitting: 'Overfitting', truth: 'True rates', diverged: 'Diverged', silent: 'Silent neurons', data: 'Data', improving: 'Still improving',
  worsening: 'Worsening', stopped: 'Stopped', other: 'Note',
};

// warningsSection says what may be wrong, and what could not be read; null if nothing is.
function warningsSection(d) {
  const warnings = (d.warnings || []).map((w) => [meant(d.scores || [], warningWords[w.kind] || 'Note'), w.text]);
  const notes = (d.notes || []).map((n) => ['Not read', n]);
  const all = warnings.concat(notes);
  if (all.length === 0) return null;
  return section('warnings', 'Warnings', null, el('ul', { class: 'warnings' }, all.map(([kind, text]) => el('li', {}, el('strong', {}, kind), ' ', text))));
}
