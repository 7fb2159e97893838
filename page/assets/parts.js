'use strict';

// The page is made of parts. Each says of what in a document it is made; when a new document
// comes, only those are made anew of which something changed.

// parts are those of a run, in their order. A part is
//
//	title  in the list of parts; none: it is not listed
//	of     (document) => what it is made of
//	make   (document) => its element, null if there is nothing to show, or { node, update }
const parts = [
  { id: 'overview', title: 'Overview', of: (d) => [d.name, d.data, d.search, d.version, d.state, d.verdict, d.chosen, d.scores], make: headSection },
  { id: 'warnings', title: 'Warnings', of: (d) => [d.warnings, d.notes], make: warningsSection },
  { id: 'search', title: 'Search', of: (d) => [d.course, d.state.copies], make: searchSection },
  { id: 'model', title: 'Model', of: (d) => [d.chosen, d.course.hyper, d.course.line, d.settings], make: modelSection },
  { id: 'trials', title: 'Trials', of: (d) => [sampleKey(d.sample), isLive(d.state)], make: trialsSection },
  { id: 'conditions', title: 'Conditions', of: (d) => [sampleKey(d.sample)], make: conditionsSection },
  { id: 'space', title: 'State space', of: (d) => [sampleKey(d.sample)], make: spaceSection },
  { id: 'behaviour', title: 'Behaviour', of: (d) => [sampleKey(d.sample)], make: behaviourSection },
  { id: 'scores', title: 'Scores', of: (d) => [d.scores, d.skipped_scores], make: scoresSection },
  { id: 'repeat', title: 'Repeat', of: (d) => [d.commands, d.data, d.version, d.seed, d.time, d.figures, d.output], make: repeatSection },
];

// newPage makes the page of a run in an element; show shows a document in it, and turn empties it
// for the run of a name, unless it shows that one, and says whether it did. follows says that
// other documents will come.
function newPage(place, list, follows) {
  const made = new Map(); // id -> { key, node, update }
  let run = null;
  const turn = (name) => {
    if (run === name) return false;
    made.clear();
    place.replaceChildren();
    forgetGone();
    listParts(list, made);
    // Other runs have other members, and conditions of other data.
    pick('member', '');
    pick('condition', '');
    run = name;
    return true;
  };
  const show = (d) => {
    turn(d.name);
    for (const part of parts) showPart(place, made, { part, d, key: follows ? JSON.stringify(part.of(d)) : '' });
    forgetGone();
    listParts(list, made);
  };
  return { show, turn };
}

// showPart makes a part, or brings it up to date, if what it is made of changed.
function showPart(place, made, { part, d, key }) {
  const before = made.get(part.id) || { key: null, node: null };
  if (before.key === key) return;
  if (before.update) {
    before.key = key;
    attempted(() => before.update(d));
    return;
  }
  const result = attempted(() => part.make(d));
  const now = result instanceof Node || !result ? { key, node: result } : { key, ...result };
  made.set(part.id, now);
  replacePart(place, made, { id: part.id, before: before.node, node: now.node });
}

// replacePart puts a part at its place. What the reader had opened and where the keyboard was
// stay as they were.
function replacePart(place, made, { id, before, node }) {
  const focused = before && before.contains(document.activeElement) ? document.activeElement.id : '';
  const open = before ? [...before.querySelectorAll('details[open][id]')].map((one) => one.id) : [];
  if (before) before.remove();
  if (!node) return;
  const after = parts.slice(parts.findIndex((p) => p.id === id) + 1).map((p) => made.get(p.id)?.node).find((n) => n && n.isConnected);
  place.insertBefore(node, after || null);
  for (const one of open) document.getElementById(one)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// listParts lists the parts that are there.
function listParts(list, made) {
  const there = parts.filter((p) => made.get(p.id)?.node);
  const key = there.map((p) => p.id).join();
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...there.map((p) => el('li', {}, el('a', { href: '#' + p.id }, p.title))));
}
