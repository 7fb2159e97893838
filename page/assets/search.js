'use strict';

// The search: scores of all members over epochs, who copied whom, hyper-parameters over
// generations, and the members of the generation under way.

// searchSection builds it; what it returns is brought up to date while the run goes on,
// without what the reader has open being lost.
function searchSection(d) {
  const now = { known: courseOf(d.course) };
  const scores = scoresFigure(now);
  const lineage = lineageFigure(now);
  const hyper = hyperFigure(now);
  const list = choice('Member', 'pick-member', [], '', (v) => pick('member', v));
  const range = toggle('Whole range', picked.whole, (on) => pick('whole', on));
  range.id = 'whole-range';
  const table = el('details', { id: 'members', open: isLive(d.state) });
  const thinned = el('p', { class: 'caption' });
  const node = section('search', 'Search', searchWords(d), controls(list, range),
    spoken('member', () => (picked.member === '' ? 'no member picked' : 'member ' + picked.member)),
    grid(scores.node, lineage.node, hyper.node), thinned, table);
  const select = list.querySelector('select');
  follow('member', node, () => { select.value = picked.member; markPicked(node); });
  redrawOn('whole', scores);
  const update = (next) => {
    now.known = courseOf(next.course);
    node.querySelector('.intro').textContent = searchWords(next);
    refillChoice(select, [['', 'none'], ...now.known.members.map((m) => [String(m), 'member ' + m])], picked.member);
    thinned.textContent = next.course.thinned || '';
    fillMembers(table, now.known);
    lineage.node.hidden = !next.course.population;
    list.hidden = now.known.members.length < 2;
    scores.say(scoresCaption(now.known));
    hyper.say(hyperCaption(now.known));
    hyper.node.hidden = now.known.hyper.length === 0;
    for (const f of [scores, lineage, hyper]) f.redraw();
  };
  update(d);
  return { node, update };
}

// searchWords says what kind of search it was.
function searchWords(d) {
  const generations = d.course.generations || [];
  const members = new Set(generations.flatMap((g) => (g.members || []).map((m) => m.member))).size;
  if (members === 0) return 'No member has begun yet.';
  const copies = d.state.copies > 0 ? ` ${counted(d.state.copies, 'time')} a member took over the model of a better one.` : '';
  const chosen = (d.course.winner || []).length > 0;
  return d.course.population
    ? `${counted(members, 'member')} over ${counted(generations.length, 'generation')}.${copies}${chosen ? ' Orange: the ancestry of the model that was chosen.' : ''}`
    : members === 1 ? 'One model, which trains alone.' : `${counted(members, 'model')}, each trained on its own.${chosen ? ' Orange: the one that was chosen.' : ''}`;
}

// markPicked lights what belongs to the picked member.
function markPicked(node) {
  for (const p of node.querySelectorAll('[data-member]')) {
    const on = picked.member !== '' && p.dataset.member === picked.member;
    p.classList.toggle('picked', on);
    if (on && p.namespaceURI === svgSpace) p.parentNode.append(p);
  }
}

// pickMember picks a member, or lets go of it if it is picked.
function pickMember(member) { pick('member', String(member) === picked.member ? '' : String(member)); }

// memberKeys steps through the members: arrows up and down, n and p; Escape lets go.
function memberKeys(now) {
  return (event) => {
    const by = { ArrowDown: 1, ArrowRight: 1, n: 1, ArrowUp: -1, ArrowLeft: -1, p: -1 }[event.key];
    const members = now.known.members;
    if (event.key === 'Escape') pick('member', '');
    if (!by || members.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const at = members.indexOf(Number(picked.member));
    const next = picked.member === '' ? (by > 0 ? 0 : members.length - 1) : (at + by + members.length) % members.length;
    pick('member', String(members[next]));
  };
}

const memberHint = 'Click a curve to pick its member, or use the arrow keys; Esc lets go.';

// scoresFigure draws the scores of all members over epochs.
function scoresFigure(now) {
  return figure({
    id: 'scores-over-epochs',
    wide: true,
    title: 'Scores over epochs',
    caption: scoresCaption(now.known),
    hint: memberHint,
    keys: memberKeys(now),
    draw: (width) => drawScores(now.known, width),
    numbers: () => ({
      columns: ['member', 'generation', 'epoch', 'score'],
      rows: now.known.points.map((p) => [p.member, p.generation, p.x, p.y]),
    }),
  });
}

function scoresCaption(known) {
  const of = known.course.score_of ? `, of ${known.course.score_of}` : '';
  return known.course.population
    ? `Smoothed loss of each member${of}, lower is better. A curve begins where the model that it went on from stood.`
    : `Smoothed loss${of}, lower is better.`;
}

function drawScores(known, width) {
  const range = scoreRange(known, picked.whole);
  const xs = extentOf(known.points.map((p) => p.x));
  if (!range || !xs) return null;
  const height = Math.min(420, Math.max(260, width * 0.42));
  const y = { domain: range, label: known.course.unit || 'Score' };
  const left = leftRoom(y, height);
  const svg = drawing(width, 0, `Scores of ${counted(known.members.length, 'member')} over epochs`);
  const top = legend(svg, scoreKeys(known), { x: left, y: 2, width: width - left });
  const box = { x: left, y: top + 4, width: width - left - 12, height: height - 70 };
  const p = new Panel(svg, { box, x: { domain: [0, xs[1]], whole: true, label: 'Epochs of one member' }, y: { ...y, room: left } });
  drawBoundaries(p, known);
  for (const [member, curves] of known.curves) {
    p.curve(joined(curves), { class: 'curve member', 'data-member': member });
  }
  p.curve(known.winner.map((q) => [q.x, q.y]), { class: 'curve winner' });
  p.dots(known.winner.slice(-1).map((q) => [q.x, q.y]), { class: 'dots winner' });
  resize(svg, width, box.y + box.height + 44);
  markPicked(svg);
  const places = known.points.map((q) => ({ x: p.x.at(q.x), y: p.y.at(q.y), q })).filter((q) => inFrame(p, q.x, q.y));
  return tell(svg, (x, y) => {
    const n = nearest(places, x, y, 24);
    return n && { at: n.q.member, text: `member ${n.q.member}, generation ${n.q.generation}, epoch ${n.q.x}: ${numeral(n.q.y, 5)}` };
  }, pickMember);
}

// joined puts curves one after the other, with a gap between.
function joined(curves) { return curves.flatMap((c) => [[NaN, NaN], ...c.map((q) => [q.x, q.y])]); }

function scoreKeys(known) {
  const keys = known.members.length > 1 ? [lineKey('members', { class: 'curve member' })] : [];
  if (known.winner.length > 0) keys.push(lineKey(known.course.population ? 'ancestry of the chosen model' : 'the chosen model', { class: 'curve winner' }));
  if (known.members.length > 1) keys.push(lineKey('picked', { class: 'curve member picked' }));
  return keys;
}

// drawBoundaries draws where generations begin, and where the search ends and a finish begins.
function drawBoundaries(p, known) {
  const later = known.generations.filter((g) => g.start > 0);
  if (later.length > 0 && later.length <= 80) {
    p.add(shape('path', { class: 'boundary', d: later.map((g) => `M${tenth(p.x.at(g.start))},${p.box.y}v${p.box.height}`).join('') }));
  }
  const finish = known.generations.find((g) => g.finish);
  if (!finish || finish.start === 0) return;
  p.up(finish.start, 'guide');
  const x = p.x.at(finish.start);
  const right = x > p.box.x + p.box.width - 60;
  p.add(textAt('finish', x + (right ? -5 : 5), p.box.y + 14, 'tick-label', right ? 'end' : null));
}
