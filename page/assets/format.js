'use strict';

// Numbers and times as readers have them: a minus sign, not a hyphen; powers of ten where
// a number would be long; a dash where there is none.

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

// numeral is a number in at most so many digits (4): 0.1098, 12.5, 12 345, 3.2×10⁻⁵.
function numeral(v, digits = 4) {
  if (v === null || v === undefined || v === '' || Number.isNaN(v)) return '–';
  if (!Number.isFinite(v)) return v > 0 ? '∞' : '−∞';
  const size = Math.abs(v);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return powerOfTen(v, digits);
  const text = v.toPrecision(digits);
  if (Math.abs(Number(text)) >= 10 ** digits) return signed(grouped(Math.round(v)));
  return signed(trimmed(text));
}

// powerOfTen is a number as a mantissa and a power: 10⁻⁵ if the mantissa is 1.
function powerOfTen(v, digits = 4) {
  const [mantissa, exponent] = v.toExponential(Math.max(0, digits - 2)).split('e');
  const short = trimmed(mantissa);
  const power = '10' + raised(Number(exponent));
  if (short === '1' || short === '-1') return signed(short === '1' ? power : '-' + power);
  return signed(short) + '×' + power;
}

function raised(n) {
  return (n < 0 ? '⁻' : '') + String(Math.abs(n)).split('').map((d) => superscripts[d]).join('');
}

function trimmed(text) { return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text; }

function signed(text) { return text.replace('-', '−'); }

// grouped sets narrow spaces between thousands, of numbers of five digits or more.
function grouped(n) { return Math.abs(n) < 1e4 ? String(n) : String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f'); }

// whole is a count: 1 234.
function whole(n) { return n === null || n === undefined ? '–' : signed(grouped(Math.round(n))); }

// counted is a number of things: 1 trial, 3 trials.
function counted(n, one, many = one + 's') { return whole(n) + ' ' + (n === 1 ? one : many); }

// lasting is a time in words: 42 s, 3 min, 2 h 5 min, 3 d 4 h.
function lasting(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 60) return Math.round(seconds) + ' s';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes + ' min';
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours + ' h' + (minutes % 60 ? ' ' + (minutes % 60) + ' min' : '');
  return Math.floor(hours / 24) + ' d' + (hours % 24 ? ' ' + (hours % 24) + ' h' : '');
}

// scoreNumber is a number of a score as the sentences about it have it, so that 1.096 is nowhere
// 1.1: with three decimals; of losses, which are told apart by later ones, in five digits.
function scoreNumber(score, v) {
  if (v === null || v === undefined || !Number.isFinite(v) || score.lower_is_better) return numeral(v, 5);
  return signed(v.toFixed(3));
}

// within is a number of a score with its interval, in one line: 0.910 (0.880 to 0.940).
function within(score, value, interval) {
  const [low, high] = [interval?.low, interval?.high].map((v) => scoreNumber(score, v));
  return scoreNumber(score, value) + (interval ? `\u00a0(${low}\u00a0to\u00a0${high})` : '');
}

// capital begins a text as a sentence does, and ended ends it so.
function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

function ended(text) { return /[.!?]$/.test(text) ? text : text + '.'; }
