'use strict';

// Elements are made of text, never of markup: what a data set, a neuron or a condition
// is called comes from files, and any of it may look like HTML. Nothing in these scripts
// sets innerHTML.

const svgSpace = 'http://www.w3.org/2000/svg';

// el makes an HTML element. attrs are attributes; of them "on" is a table of listeners,
// and what is null or false is left out. Children are elements or text; null ones are
// left out.
function el(tag, attrs, ...children) {
  return furnish(document.createElement(tag), attrs, children);
}

// shape makes an SVG element, as el does.
function shape(tag, attrs, ...children) {
  return furnish(document.createElementNS(svgSpace, tag), attrs, children);
}

function furnish(node, attrs, children) {
  for (const [name, value] of Object.entries(attrs || {})) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

// tableOf makes a table: columns are headings, rows lists of cells of text or elements.
// The first cell of a row is its heading; numbers stand to the right. plain shows the caption
// in the place of headings that say nothing.
function tableOf(caption, columns, rows, plain = false) {
  const numeric = columns.map((_, i) => rows.some((r) => isNumber(r[i])) && rows.every((r) => isNumber(r[i]) || blank(r[i])));
  const side = (i) => (i > 0 && numeric[i] ? 'number' : null);
  const cell = (c, i) => (i === 0 ? el('th', { scope: 'row' }, shown(c)) : el('td', { class: side(i) }, shown(c)));
  return el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    el('table', {},
      el('caption', { class: plain ? null : 'unseen' }, caption),
      el('thead', { class: plain ? 'unseen' : null }, el('tr', {}, columns.map((c, i) => el('th', { scope: 'col', class: side(i) }, c)))),
      el('tbody', {}, rows.map((r) => el('tr', {}, r.map(cell))))));
}

// blank cells are those of which nothing is known.
function blank(c) { return c === null || c === undefined || c === ''; }

function isNumber(c) { return typeof c === 'number'; }

function shown(c) {
  if (isNumber(c) || blank(c)) return numeral(c);
  return c;
}

// choice makes a labelled list to choose from. options are [value, text]; changed is
// called with the value chosen.
function choice(label, id, options, value, changed) {
  const list = el('select', { id, on: { change: () => changed(list.value) } });
  refillChoice(list, options, value);
  return el('span', { class: 'choice' }, el('label', { for: id }, label), list);
}

// refillChoice puts other options into a list, and keeps it as it is if they are the same.
function refillChoice(list, options, value) {
  const key = JSON.stringify(options);
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    list.replaceChildren(...options.map(([v, text]) => el('option', { value: v }, text)));
  }
  list.value = String(value);
}

// toggle makes a button that is pressed or not; changed is called with which.
function toggle(label, pressed, changed) {
  const button = el('button', {
    type: 'button', class: 'toggle', 'aria-pressed': String(pressed),
    on: {
      click: () => {
        const now = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(now));
        changed(now);
      },
    },
  }, label);
  return button;
}
