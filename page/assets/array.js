'use strict';

// Arrays come as base64 of 8 bits a number (type Array in document_sample.go says how), and are
// decoded when they are first looked at.

const decoded = new WeakMap();

// mostElements is more than any sample has; an array that says more is not believed.
const mostElements = 1 << 27;

// arrayOf decodes an array: { shape, values }, values in row-major order, NaN where a number
// is missing. null of none, and of one whose bytes do not fit its shape.
function arrayOf(a) {
  if (!a || !Array.isArray(a.shape)) return null;
  if (!decoded.has(a)) decoded.set(a, decodedArray(a));
  return decoded.get(a);
}

function decodedArray(a) {
  const elements = a.shape.reduce((n, d) => n * d, 1);
  if (!(elements >= 0 && elements <= mostElements)) return null;
  const bytes = bytesOf(a.bytes || '');
  const values = new Float32Array(elements);
  if (a.sparse) addEvents(values, bytes);
  else if (bytes.length !== elements) return null;
  else scaleBytes(values, bytes, a.low, a.high);
  return { shape: a.shape, values };
}

function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

// addEvents counts events: bytes are steps from one to the next, 255 a step without one.
function addEvents(values, bytes) {
  let at = 0;
  for (const step of bytes) {
    at += step;
    if (step < 255 && at < values.length) values[at]++;
  }
}

// scaleBytes gives each place of the last axis its own range, or all the same.
function scaleBytes(values, bytes, low, high) {
  const places = low.length;
  for (let i = 0; i < bytes.length; i++) {
    const f = places === 1 ? 0 : i % places;
    values[i] = bytes[i] === 255 ? NaN : low[f] + (bytes[i] / 254) * (high[f] - low[f]);
  }
}

// blockOf is one item of the first axis, [rows, columns]: of a trial, bins and features.
function blockOf(a, item) {
  const [, rows, columns] = a.shape;
  return { rows, columns, values: a.values.subarray(item * rows * columns, (item + 1) * rows * columns) };
}

// columnOf is one feature of a block, over its rows.
function columnOf(block, column) {
  return Array.from({ length: block.rows }, (_, r) => block.values[r * block.columns + column]);
}

// seriesOf is one feature of one item of an array, over bins.
function seriesOf(a, item, column) { return columnOf(blockOf(a, item), column); }
