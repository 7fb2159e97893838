'use strict';

// A scale brings numbers of a domain [from, to] to places on the page, and says where
// ticks are. An axis of a chart is described by what it shows:
//
//	{ domain: [from, to], log: true, whole: true, label: 'Epoch' }
//
// log makes it logarithmic (of domains above 0 alone), whole has ticks at whole numbers only.

// scaleOf makes the scale of an axis onto the range [from, to] of pixels.
function scaleOf(axis, range) {
  const log = Boolean(axis.log) && axis.domain[0] > 0;
  const to = log ? Math.log10 : (v) => v;
  const [a, b] = widened(axis.domain, log).map(to);
  const per = (range[1] - range[0]) / (b - a);
  return {
    log,
    range,
    domain: [a, b].map((v) => (log ? 10 ** v : v)),
    at: (v) => range[0] + (to(v) - a) * per,
    back: (p) => (log ? 10 ** (a + (p - range[0]) / per) : a + (p - range[0]) / per),
    ticks: (most) => ticksOf(log ? [10 ** a, 10 ** b] : [a, b], most, { log, whole: axis.whole }),
  };
}

const oneNumber = 1e-9; // of its size: a domain that is no wider is one number, for ticks have ten decimals

// widened makes room in a domain of one number.
function widened([from, to], log) {
  if (to - from > oneNumber * Math.max(Math.abs(from), Math.abs(to))) return [from, to];
  if (log) return [from / 2, from * 2];
  const by = Math.abs(from) / 10 || 0.5;
  return [from - by, from + by];
}

// ticksOf returns some ticks, [{ at, label }], at round numbers.
function ticksOf(domain, most, { log, whole: integers }) {
  if (log && domain[1] / domain[0] > 4) return logTicks(domain, most);
  const width = domain[1] - domain[0];
  for (let wanted = most; ; wanted *= 2) {
    const step = niceStep(width, wanted, integers);
    const values = multiples(step, domain);
    // One number on an axis says nothing of its scale.
    if (values.length > 1 || wanted > 4 * most) return values.map((v) => ({ at: v, label: tickLabel(v, step) }));
  }
}

// multiples are those of a step in a domain.
function multiples(step, domain) {
  const values = [];
  for (let i = Math.ceil(domain[0] / step - 1e-9); i * step <= domain[1] + 1e-9 * step; i++) values.push(i * step);
  return values;
}

// niceStep is 1, 2 or 5 times a power of ten, of which a width has at most so many.
function niceStep(width, most, integers) {
  const raw = width / Math.max(1, most);
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((f) => f * unit).find((s) => s >= raw * 0.999) || 10 * unit;
  return integers ? Math.max(1, Math.round(step)) : step;
}

// logTicks are powers of ten, every other one if there are many, and some of their multiples if
// there is room.
function logTicks(domain, most) {
  const first = Math.ceil(Math.log10(domain[0]) - 1e-9);
  const last = Math.floor(Math.log10(domain[1]) + 1e-9);
  for (const factors of [[1, 2, 5], [1, 3]]) {
    const ticks = logMultiples(domain, factors, [first - 1, last, 1]);
    if (ticks.length <= most + 1) return ticks;
  }
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const ticks = logMultiples(domain, [1], [first, last, every]);
  return ticks.length > 1 ? ticks : logMultiples(domain, [1, 3], [first - 1, last, 1]);
}

// logMultiples are multiples of every so manieth power of ten between two, in a domain.
function logMultiples(domain, factors, [from, to, every]) {
  const ticks = [];
  for (let e = from; e <= to; e += every) {
    for (const f of factors) {
      const v = f * 10 ** e;
      if (v >= domain[0] * 0.999 && v <= domain[1] * 1.001) ticks.push({ at: v, label: tickLabel(v, 10 ** e) });
    }
  }
  return ticks;
}

// tickLabel is a tick's number in as many digits as its step needs.
function tickLabel(v, step) {
  if (Math.abs(v) < step * 1e-6) return '0';
  const size = Math.max(Math.abs(v), step);
  if (size < 1e-3 || size >= 1e6) return powerOfTen(v, 2 + Math.max(1, Math.round(Math.log10(size / step))));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = v.toFixed(Math.min(decimals, 10));
  return signed(decimals > 0 ? text : grouped(text));
}

// extentOf is the smallest and the largest of finite numbers; null if there are none.
function extentOf(values) {
  let from = Infinity;
  let to = -Infinity;
  for (const v of values) {
    if (v === null || !Number.isFinite(v)) continue;
    if (v < from) from = v;
    if (v > to) to = v;
  }
  return from <= to ? [from, to] : null;
}

// padded leaves a little room at both ends of a domain: a share of it.
function padded(domain, share = 0.05, log = false) {
  if (log && domain[0] > 0) {
    const by = Math.max((domain[1] / domain[0]) ** share, 1.02);
    return [domain[0] / by, domain[1] * by];
  }
  const by = (domain[1] - domain[0]) * share;
  return [domain[0] - by, domain[1] + by];
}

// quantileOf is the number that a share of the others lie below. It sorts a copy.
function quantileOf(values, share) {
  const sorted = Float64Array.from(values.filter((v) => v !== null && Number.isFinite(v))).sort();
  return sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
