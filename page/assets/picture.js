'use strict';

// Pictures of numbers (rates of all neurons) are made of pixels, one a number, and stretched
// into their panel; spikes are drawn as lines, which stay sharp.

// pictureOf makes the picture of rows x columns numbers, value(row, column), within a range
// { low, top }. The first row is at the top. It returns a data URL.
function pictureOf(rows, columns, value, { low = 0, top }) {
  const canvas = el('canvas', { width: Math.max(1, columns), height: Math.max(1, rows) });
  const context = canvas.getContext('2d');
  const image = context.createImageData(canvas.width, canvas.height);
  const colours = shades();
  const unknown = missingColour[theme()];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const t = (value(r, c) - low) / (top - low);
      const at = (r * columns + c) * 4;
      image.data.set(Number.isNaN(t) ? unknown : colours[Math.min(255, Math.max(0, Math.round(t * 255)))], at);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}

// colourRange returns the range of the colours for arrays of rates: from 0, or from the lowest
// where signals may be negative, to what one number in 200 exceeds, rounded up to a tick; and
// whether any lie above.
function colourRange(...arrays) {
  const all = sortedNumbers(arrays.filter(Boolean));
  if (all.length === 0) return { low: 0, top: 1, clipped: false };
  const least = Math.min(0, all[Math.floor(all.length / 200)]);
  const most = all[Math.floor((all.length * 199) / 200)];
  if (!(most > least)) return { low: 0, top: 1, clipped: false };
  const step = niceStep(most - least, 4);
  const top = step * Math.ceil(most / step - 1e-6);
  return { low: step * Math.floor(least / step + 1e-6), top, clipped: all[all.length - 1] > top };
}

const mostSorted = 50000; // numbers: of more, some evenly taken say where one in 200 lies

// sortedNumbers are numbers of arrays that are not missing, ascending.
function sortedNumbers(arrays) {
  const share = arrays.reduce((n, a) => n + a.values.length, 0) / mostSorted;
  const every = share > 1 ? share + 0.618 : 1; // no whole number: all neurons have their turn
  const all = [];
  for (const { values } of arrays) for (let i = 0; i < values.length; i += every) all.push(values[Math.floor(i)]);
  return Float32Array.from(all.filter((v) => !Number.isNaN(v))).sort();
}

// colourBar draws the key of a range's colours.
function colourBar(svg, box, { low, top, clipped }, label) {
  const scale = scaleOf({ domain: [low, top] }, [box.y + box.height, box.y]);
  const image = pictureOf(128, 1, (r) => 127 - r, { top: 127 });
  svg.append(
    shape('image', { class: 'pixels', href: image, x: box.x, y: box.y, width: 10, height: box.height, preserveAspectRatio: 'none' }),
    shape('rect', { class: 'frame', x: box.x, y: box.y, width: 10, height: box.height }));
  const ticks = scale.ticks(4);
  ticks.forEach((t, i) => {
    const last = i === ticks.length - 1 && clipped;
    svg.append(textAt((last ? '≥' : '') + t.label, box.x + 15, scale.at(t.at) + 4, 'tick-label'));
  });
  const x = box.x + 58;
  const y = box.y + box.height / 2;
  const text = textAt(label, x, y, 'axis', 'middle');
  text.setAttribute('transform', `rotate(-90 ${x} ${y})`);
  svg.append(text);
}

// spikeTicks is the path of spikes of rows x columns counts in a box: a line a bin, thicker
// lines are none, so several spikes stand beside each other.
function spikeTicks(box, rows, columns, value) {
  const height = box.height / rows;
  const width = box.width / columns;
  const tall = tenth(Math.max(height * (height > 6 ? 0.8 : 1), 1));
  let d = '';
  for (let r = 0; r < rows; r++) {
    const y = tenth(box.y + r * height + (height - tall) / 2);
    for (let c = 0; c < columns; c++) {
      const n = Math.min(value(r, c), 8);
      for (let i = 0; i < n; i++) d += `M${tenth(box.x + (c + (i + 0.5) / n) * width)},${y}v${tall}`;
    }
  }
  return d;
}

// drawCounts fills a panel with rows x columns counts: spikes, so far from its upper and lower
// ends, and boxes where nothing was observed.
function drawCounts(p, rows, columns, value, inset = 0) {
  const inner = { ...p.box, y: p.box.y + inset, height: p.box.height - 2 * inset };
  p.add(shape('path', { class: 'unseen-data', d: missingBoxes(p.box, rows, columns, value) }));
  p.add(shape('path', { class: 'spikes', d: spikeTicks(inner, rows, columns, value) }));
}

// missingBoxes is the path of what was not observed among rows x columns counts in a box.
function missingBoxes(box, rows, columns, value) {
  const height = box.height / rows;
  const width = box.width / columns;
  let d = '';
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (!Number.isNaN(value(r, c))) continue;
      const from = c;
      while (c + 1 < columns && Number.isNaN(value(r, c + 1))) c++;
      d += `M${tenth(box.x + from * width)},${tenth(box.y + r * height)}h${tenth((c + 1 - from) * width)}v${tenth(height)}H${tenth(box.x + from * width)}Z`;
    }
  }
  return d;
}

// byPeak orders features by the bin of their highest number, the first feature first where
// they tie.
function byPeak(block) {
  const peaks = Array.from({ length: block.columns }, (_, f) => {
    let peak = 0;
    let most = -Infinity;
    for (let r = 0; r < block.rows; r++) {
      const v = block.values[r * block.columns + f];
      if (v > most) { most = v; peak = r; }
    }
    return peak;
  });
  return peaks.map((_, f) => f).sort((a, b) => peaks[a] - peaks[b] || a - b);
}
