'use strict';

// Colours are those of the program's figures as files: the same circle of hues for
// directions and conditions, the same steps of equal lightness for rates. Whatever has one
// meaning on the page (ink, the model, its rivals) is a variable of the style sheet; here are
// colours that are reckoned.

// wheel are colours of directions, 30 degrees apart, counter-clockwise from the right.
const wheel = [
  0x78BDB0, 0xA7AD79, 0xB58D42, 0xAC6717, 0x96440E, 0x7D3022,
  0x653243, 0x48456A, 0x006191, 0x0C80A7, 0x12A0C1, 0x00BACD,
].map(channelsOf);

// sequential goes from light to dark; on dark paper it is read from its other end, so that
// nothing is always nearest to the paper.
const sequential = [
  0xF7FAFC, 0xD8EEEA, 0xA6D9D1, 0x68BBC3, 0x3D95B8, 0x2F6CAB, 0x304595, 0x2A2673, 0x190F45,
].map(channelsOf);

const unknownColour = { light: channelsOf(0x7E8894), dark: channelsOf(0x8A94A1) };
const missingColour = { light: channelsOf(0xE6E8EB), dark: channelsOf(0x333B44) };

function channelsOf(rgb) { return [rgb >> 16, (rgb >> 8) & 255, rgb & 255]; }

function mixed(a, b, t) { return a.map((v, i) => Math.round(v * (1 - t) + b[i] * t)); }

function cssOf([r, g, b]) { return `rgb(${r},${g},${b})`; }

// along is the colour at t in 0..1 of colours in equal steps.
function along(colours, t) {
  const at = Math.min(Math.max(t, 0), 1) * (colours.length - 1);
  const i = Math.min(Math.floor(at), colours.length - 2);
  return mixed(colours[i], colours[i + 1], at - i);
}

// shade is the colour, [r, g, b], of a number in 0..1.
function shade(t) { return Number.isNaN(t) ? missingColour[theme()] : along(sequential, theme() === 'dark' ? 1 - t * 0.97 : t); }

// shades are 256 of them, for pictures.
function shades() { return Array.from({ length: 256 }, (_, i) => shade(i / 255)); }

// hue is the CSS colour of an angle in radians; of none, grey. On dark paper hues are lighter.
function hue(angle) {
  if (angle === null || angle === undefined || !Number.isFinite(angle)) return cssOf(unknownColour[theme()]);
  const turn = angle / (2 * Math.PI);
  const at = (turn - Math.floor(turn)) * wheel.length;
  const i = Math.floor(at) % wheel.length;
  const colour = mixed(wheel[i], wheel[(i + 1) % wheel.length], at - Math.floor(at));
  return cssOf(theme() === 'dark' ? mixed(colour, [255, 255, 255], 0.32) : colour);
}

// looks is how many methods are told apart by colour, line and mark: classes look-0, ...
const looks = 6;

const dashes = ['', '6 2', '2 1.5', '6 1.5 1.5 1.5', '10 3', '1 2'];

// markOf draws the mark of a look at a place.
function markOf(look, x, y, size = 5) {
  const up = `M${x},${y - size}L${x + size},${y + size * 0.8}H${x - size}Z`;
  const cls = `mark look-${look % looks}` + (look % looks >= 3 ? ' open' : '');
  switch (look % looks) {
    case 0: case 5: return shape('circle', { cx: x, cy: y, r: size, class: cls });
    case 2: case 4: return shape('path', { d: up, class: cls });
    default: return shape('rect', { x: x - size * 0.9, y: y - size * 0.9, width: size * 1.8, height: size * 1.8, class: cls });
  }
}
