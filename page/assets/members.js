'use strict';

// The members of the newest generation as a table; their numbers are buttons that pick them.

function fillMembers(details, known) {
  const newest = known.generations[known.generations.length - 1];
  if (!newest || !(newest.members || []).length) {
    details.replaceChildren(el('summary', {}, 'Members'), el('p', { class: 'nothing' }, 'None yet.'));
    return;
  }
  const focused = document.activeElement && details.contains(document.activeElement) ? document.activeElement.id : '';
  const columns = ['member', 'state', 'epoch', 'score', 'went on from', ...known.hyper.map((h) => h.key)];
  const rows = newest.members.map((m) => [
    memberButton(m.member),
    m.fault ? m.state + ': ' + m.fault : m.state,
    m.epoch || null,
    m.score,
    parentWords(m),
    ...known.hyper.map((_, i) => (m.hyper || [])[i] ?? null),
  ]);
  details.replaceChildren(
    el('summary', {}, `Members in generation ${newest.generation}`),
    tableOf(`Members in generation ${newest.generation}`, columns, rows));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function memberButton(member) {
  return el('button', {
    type: 'button', class: 'pick', id: 'member-' + member, 'data-member': member,
    'aria-label': `Pick member ${member}`, on: { click: () => pickMember(member) },
  }, String(member));
}

function parentWords(m) {
  if (!m.parent) return 'fresh';
  if (m.parent[1] === m.member) return 'itself';
  return (m.copied ? 'copied of ' : '') + `member ${m.parent[1]}`;
}
