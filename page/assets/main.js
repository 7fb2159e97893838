'use strict';

// The page begins here: with a document in it, or with a server to ask for some.

// embedded reads JSON that stands in the page; null if there is none.
function embedded(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

function begin() {
  beginTheme();
  const main = document.getElementById('page');
  const list = el('ul', {});
  const notice = el('p', { class: 'notice', role: 'status', hidden: true });
  const say = (text) => {
    if (notice.textContent !== text) notice.textContent = text;
    notice.hidden = text === '';
  };
  main.before(
    el('a', { class: 'skip', href: '#page' }, 'To the content'),
    el('header', {}, el('span', { class: 'brand' }, 'AutoLFADS'), el('nav', { 'aria-label': 'Parts of the page' }, list), themeSwitch()));
  main.after(el('footer', {}, 'This page is complete in itself: it asks no other host for anything.'));
  const place = el('div', { id: 'run' });
  main.append(notice, place);
  main.tabIndex = -1;
  const d = embedded('document');
  const live = embedded('live');
  const page = newPage(place, list, Boolean(live));
  if (d) page.show(d);
  else if (live) watchRuns(live, { page, before: place, notice: say });
  else say('There is nothing in this page to show.');
}

document.addEventListener('DOMContentLoaded', begin);
