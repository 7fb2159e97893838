'use strict';

// The state space: principal components of the factors, three of them in a picture that turns.

const view = { yaw: -0.6, pitch: 0.45 }; // from where it is seen, in radians

// spaceSection is null where there are no factors.
function spaceSection(d) {
  const s = sampleOf(d);
  const space = s && s.space && { share: s.space.share || [], trials: arrayOf(s.space.trials), means: arrayOf(s.space.means) };
  if (!space || !(space.trials || space.means)) return null;
  const f = spaceFigure(s, space);
  const shares = shareFigure(space);
  const turn = (by) => { Object.assign(view, by(view)); f.redraw(); };
  const buttons = [['Left', (v) => ({ yaw: v.yaw - 0.2 })], ['Right', (v) => ({ yaw: v.yaw + 0.2 })], ['Up', (v) => ({ pitch: upright(v.pitch + 0.15) })], ['Down', (v) => ({ pitch: upright(v.pitch - 0.15) })], ['Front', () => ({ yaw: 0, pitch: 0 })]]
    .map(([name, by]) => el('button', { type: 'button', class: 'quiet', id: 'turn-' + name.toLowerCase(), 'aria-label': name === 'Front' ? 'Look from the front' : 'Turn ' + name.toLowerCase(), on: { click: () => turn(by) } }, name));
  const singles = space.trials && space.means ? toggle('Single trials', picked.singles, (on) => pick('singles', on)) : null;
  if (singles) singles.id = 'singles';
  const condition = s.conditions.length > 0 ? conditionChoice(s, 'pick-condition-of-space').node : null;
  const node = section('space', 'State space', null, controls(condition, singles, el('span', { class: 'turns', role: 'group', 'aria-label': 'Turn the picture' }, buttons)), el('div', { class: 'grid uneven' }, f.node, shares.node));
  redrawOn('condition singles trial', f);
  return node;
}

function upright(pitch) { return Math.min(Math.PI / 2, Math.max(-Math.PI / 2, pitch)); }

const turns = { ArrowLeft: ['yaw', -0.12], ArrowRight: ['yaw', 0.12], ArrowUp: ['pitch', 0.1], ArrowDown: ['pitch', -0.1] };

function spaceFigure(s, space) {
  const f = figure({
    id: 'state-space',
    title: 'Factors in their principal components',
    caption: 'The three directions along which the factors vary most. A line is the course of a condition, or of a trial, from its dot on.',
    hint: 'Drag, or use the arrow keys, to turn it.',
    keys: (event) => {
      const t = turns[event.key];
      if (!t || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      view[t[0]] = t[0] === 'pitch' ? upright(view.pitch + t[1]) : view.yaw + t[1];
      f.redraw();
    },
    draw: (width) => drawSpace(s, space, width),
    numbers: () => spaceNumbers(s, space),
  });
  return f;
}

// trajectoriesOf are the curves to draw: of conditions, or of trials.
function trajectoriesOf(s, space) {
  const singles = space.trials && (picked.singles || !space.means);
  const a = singles ? space.trials : space.means;
  return Array.from({ length: a.shape[0] }, (_, i) => {
    const c = singles ? s.trials[i].condition : i;
    const faded = picked.condition !== '' && Number(picked.condition) !== c;
    const strong = singles ? i === picked.trial : picked.condition !== '' && !faded;
    return {
      block: blockOf(a, i),
      name: singles ? trialWords(s, i) : conditionWords(s, i),
      colour: singles ? trialHue(s, i) : conditionHue(s, i),
      strong,
      cls: faded ? ' faded' : strong && !s.coloured ? ' winner' : singles && !strong ? ' thin' : '',
    };
  });
}

function spaceNumbers(s, space) {
  const rows = trajectoriesOf(s, space).flatMap((t) => Array.from({ length: t.block.rows }, (_, b) => [t.name, b, ...t.block.values.subarray(b * t.block.columns, (b + 1) * t.block.columns)]));
  return { columns: ['course', 'bin', ...space.share.map((_, i) => 'component ' + (i + 1))], rows };
}

function drawSpace(s, space, width) {
  const curves = trajectoriesOf(s, space);
  const svg = drawing(width, 0, `Principal components of the factors, ${counted(curves.length, 'course')}`);
  const top = hueKey(svg, s, { x: 8, y: 2, width: width - 8 });
  const height = Math.min(560, Math.max(300, width * 0.7));
  const centre = centreOf(curves);
  const eye = { x: width / 2, y: top + height / 2, scale: (Math.min(width, height) / 2) * 1.1 / centre.radius, centre };
  const paths = curves.map((t) => shape('path', { class: 'curve' + t.cls, color: t.colour, 'stroke-width': t.strong && s.coloured ? 3.2 : null }, shape('title', {}, t.name)));
  const starts = curves.map((t) => shape('path', { class: 'dots start' + t.cls, color: t.colour }));
  const axes = shape('g', {});
  svg.append(axes, ...paths, ...starts, ...paths.filter((_, i) => curves[i].strong));
  const place = () => {
    curves.forEach((t, i) => {
      const points = seenPoints(t.block, eye);
      paths[i].setAttribute('d', pathOf(points));
      const first = points.find(([x]) => Number.isFinite(x));
      starts[i].setAttribute('d', first ? pathOf([first]) + 'h0' : '');
    });
    drawDirections(axes, space, { x: 84, y: top + height - 56 });
  };
  place();
  resize(svg, width, top + height);
  return turnedByDrag(svg, place);
}

// centreOf is the middle of all curves, and how far they go from it.
function centreOf(curves) {
  const ends = [0, 1, 2].map((c) => extentOf(curves.flatMap((t) => (c < t.block.columns ? columnOf(t.block, c) : [0]))) || [0, 1]);
  const middle = ends.map(([a, b]) => (a + b) / 2);
  let radius = 0;
  for (const { block } of curves) {
    for (let r = 0; r < block.rows; r++) {
      const far = Math.hypot(...middle.map((m, c) => (c < block.columns ? block.values[r * block.columns + c] - m : 0)));
      if (far > radius) radius = far; // of missing numbers it is not
    }
  }
  return { middle, radius: radius || 1 };
}

// seenPoints are the points of a curve as they are seen, with three of its components.
function seenPoints(block, { x, y, scale, centre }) {
  return Array.from({ length: block.rows }, (_, r) => {
    const at = [0, 1, 2].map((c) => (c < block.columns ? block.values[r * block.columns + c] : 0) - centre.middle[c]);
    const [right, up] = seen(at);
    return [x + right * scale, y - up * scale];
  });
}

// seen turns a point about the upright axis, then towards the eye; what is near is not larger.
function seen([a, b, c]) {
  const [sy, cy, sp, cp] = [Math.sin(view.yaw), Math.cos(view.yaw), Math.sin(view.pitch), Math.cos(view.pitch)];
  const right = a * cy - c * sy;
  const depth = a * sy + c * cy;
  return [right, b * cp + depth * sp];
}

// drawDirections draws where the components point.
function drawDirections(group, space, { x, y }) {
  group.replaceChildren();
  [[1, 0, 0], [0, 1, 0], [0, 0, 1]].slice(0, Math.max(2, space.share.length)).forEach((axis, i) => {
    const [right, up] = seen(axis);
    group.append(
      shape('path', { class: 'guide', d: `M${x},${y}L${tenth(x + right * 34)},${tenth(y - up * 34)}` }),
      textAt(componentWords(space, i), x + right * 50, y - up * 44 + 4, 'tick-label', right < -0.4 ? 'end' : right > 0.4 ? null : 'middle'));
  });
}

// componentWords names a component, with its share of the variance.
function componentWords(space, i) {
  const share = space.share[i];
  return `PC${i + 1}` + (share === null || share === undefined ? '' : ` ${Math.round(share * 100)} %`);
}

// turnedByDrag turns the view while the pointer drags.
function turnedByDrag(svg, place) {
  svg.classList.add('draggable');
  let last = null;
  svg.addEventListener('pointerdown', (event) => {
    last = event;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!last) return;
    view.yaw += (event.clientX - last.clientX) * 0.008;
    view.pitch = upright(view.pitch + (event.clientY - last.clientY) * 0.006);
    last = event;
    place();
  });
  for (const end of ['pointerup', 'pointercancel']) svg.addEventListener(end, () => { last = null; });
  return svg;
}

// shareFigure draws how much of the variance each component has.
function shareFigure(space) {
  return figure({
    id: 'variance',
    title: 'Share of the variance',
    caption: 'Of all factors, that each of their principal components has.',
    draw: (width) => drawShares(space.share, width),
    numbers: () => ({ columns: ['component', 'share'], rows: space.share.map((v, i) => [i + 1, v]) }),
  });
}

function drawShares(share, width) {
  if (share.length === 0) return null;
  const svg = drawing(width, 220, 'Share of the variance of each component');
  const x = { domain: [0.4, share.length + 0.6], whole: true, label: 'Component' };
  const p = new Panel(svg, { box: { x: 62, y: 12, width: width - 74, height: 156 }, x, y: { domain: [0, Math.min(1, (share[0] || 0) * 1.1) || 1], label: 'Share', room: 62 } });
  const each = p.x.at(2) - p.x.at(1);
  const d = share.map((v, i) => `M${tenth(p.x.at(i + 1) - each * 0.32)},${p.box.y + p.box.height}V${tenth(p.y.at(v ?? 0))}h${tenth(each * 0.64)}V${p.box.y + p.box.height}Z`).join('');
  p.add(shape('path', { class: 'bar', d }));
  return svg;
}
