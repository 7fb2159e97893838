'use strict';

// What the reader has picked is one for the whole page: the neuron of the trials is that of the
// conditions. It stays when the page gets a new document.

const picked = {
  run: '', // of several runs
  member: '', // of the search, a number as text; '': none
  whole: false, // scores are drawn in their whole range
  trial: 0, // place in Sample.trials
  neuron: 0, // place in Sample.neurons
  ordered: true, // neurons are drawn in the order of their peaks
  condition: '', // place in Sample.conditions, as text; '': all
  singles: false, // single trials in the state space, not means
};

const followers = new Map(); // what is picked -> functions to call when it changes

// follow calls a function when something else is picked, until its node is off the page.
function follow(what, node, call) {
  for (const w of what.split(' ')) {
    if (!followers.has(w)) followers.set(w, new Set());
    followers.get(w).add({ node, call });
  }
}

// pick picks something, and tells those who follow it.
function pick(what, value) {
  if (picked[what] === value) return;
  picked[what] = value;
  for (const f of followers.get(what) || []) f.call();
}

// forgetFollowers lets go of those whose nodes are no longer on the page.
function forgetFollowers() {
  for (const all of followers.values()) for (const f of all) if (!f.node.isConnected) all.delete(f);
}

// redrawOn draws figures anew when something else is picked.
function redrawOn(what, ...drawn) {
  for (const f of drawn) if (f) follow(what, f.node, () => f.redraw());
}

// stepper is a choice with buttons for the one before and the one after. key names what is picked. where tells steppers of the same thing apart.
function stepper(label, key, options, where = '') {
  const step = (by) => pick(key, (picked[key] + by + options.length) % options.length);
  const node = choice(label, 'pick-' + key + where, options, picked[key], (v) => pick(key, Number(v)));
  const button = (text, by, id) => el('button', {
    type: 'button', class: 'step', id, 'aria-label': (by < 0 ? 'Previous ' : 'Next ') + label.toLowerCase(), on: { click: () => step(by) },
  }, text);
  const list = node.querySelector('select');
  list.before(button('‹', -1, key + '-before' + where));
  list.after(button('›', 1, key + '-after' + where));
  follow(key, node, () => { list.value = String(picked[key]); });
  return { node, step };
}

// spoken says to those who hear the page what was picked.
function spoken(what, words) {
  const node = el('p', { class: 'unseen', role: 'status' });
  follow(what, node, () => { node.textContent = words(); });
  return node;
}
