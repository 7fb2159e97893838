'use strict';

// How a search went, in the forms that its figures need. A course is Document.course.

// courseOf reckons these once for a document:
//
//	members  numbers of all members, ascending
//	points   of all curves: { x, y, generation, member }, x epochs on the common axis
//	curves   member -> lists of points, one for each generation, each from the point where its parent left
//	winner   the points of the chosen model's ancestry
//	at       "generation,member" -> the member in that generation
//	follows  whether members go on from those of the generation before
function courseOf(course) {
  const known = { course, generations: course.generations || [], hyper: course.hyper || [], at: new Map(), curves: new Map(), points: [] };
  for (const g of known.generations) for (const m of g.members || []) known.at.set(g.generation + ',' + m.member, { ...m, generation: g });
  known.members = [...new Set([...known.at.values()].map((m) => m.member))].sort((a, b) => a - b);
  for (const n of known.members) known.curves.set(n, []);
  for (const m of known.at.values()) known.curves.get(m.member).push(curveOf(known, m));
  known.winner = winnerOf(known);
  known.follows = course.population || [...known.at.values()].some((m) => m.parent);
  known.won = new Set((course.winner || []).map(String));
  return known;
}

// curveOf is the curve of a member in a generation, which begins where its parent ended. Where
// only the end is known, it is a point.
function curveOf(known, m) {
  let own = (m.x || []).map((x, i) => ({ x: m.generation.start + x, y: m.y[i], generation: m.generation.generation, member: m.member }))
    .filter((p) => p.y !== null);
  if (own.length === 0) own = [endOf(known, [m.generation.generation, m.member])].filter(Boolean);
  known.points.push(...own);
  const from = endOf(known, m.parent);
  return from && own.length > 0 ? [from, ...own] : own;
}

// endOf is the point to which the member at a place came; null if it is not known.
function endOf(known, place) {
  const m = place && known.at.get(String(place));
  if (!m || m.score === null || !m.at) return null;
  return { x: m.generation.start + m.at, y: m.score, generation: m.generation.generation, member: m.member };
}

// winnerOf follows the chosen model's ancestry: of each member the epochs up to that to which
// it came.
function winnerOf(known) {
  const points = [];
  for (const place of known.course.winner || []) {
    const m = known.at.get(String(place));
    if (!m) continue;
    const last = m.at ? m.generation.start + m.at : Infinity;
    const own = (m.x || []).map((x, i) => ({ x: m.generation.start + x, y: m.y[i] })).filter((p) => p.y !== null && p.x <= last);
    const end = endOf(known, place);
    points.push(...own);
    if (end && (own.length === 0 || own[own.length - 1].x < end.x)) points.push(end);
  }
  return points;
}

// scoreRange is the part of the scores that matters: without the high ones with which every
// model begins, unless all is wanted. It is reckoned once.
function scoreRange(known, all) {
  const name = all ? 'whole' : 'range';
  if (known[name] === undefined) known[name] = reckonedRange(known, all);
  return known[name];
}

function reckonedRange(known, all) {
  const values = known.points.map((p) => p.y);
  const ends = [...known.at.values()].map((m) => m.score).filter((v) => v !== null);
  const extent = extentOf(values.concat(ends));
  if (!extent) return null;
  if (all) return padded(extent);
  const top = Math.max(quantileOf(values, 0.75) ?? -Infinity, quantileOf(ends, 0.9) ?? -Infinity);
  return padded([extent[0], top > extent[0] ? top : extent[1]], 0.06);
}

// placeWords names a member in a generation.
function placeWords([generation, member]) { return `generation ${generation}, member ${member}`; }

// hyperRows are the numbers of the figures of hyper-parameters, and of lineage.
function hyperRows(known) {
  const columns = ['generation', 'member', 'state', 'score', 'parent generation', 'parent member', ...known.hyper.map((h) => h.key)];
  const rows = [...known.at.values()].map((m) => [
    m.generation.generation, m.member, m.state, m.score, m.parent ? m.parent[0] : null, m.parent ? m.parent[1] : null, ...known.hyper.map((_, i) => (m.hyper || [])[i] ?? null)]);
  return { columns, rows };
}
