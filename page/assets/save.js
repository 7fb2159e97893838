'use strict';

// What a figure shows can be kept: as SVG, with its colours and fonts written into it, light
// whatever the page is; and as CSV, every number of it.

// styles are the properties of the style sheet that a picture needs to look the same alone.
const styles = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray',
  'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'image-rendering', 'paint-order'];

// svgText draws a figure anew, as a file of its own. It must have something to draw.
function svgText(draw, width) {
  const before = theme();
  const aside = el('div', { class: 'aside', 'aria-hidden': 'true' });
  setTheme('light');
  document.body.append(aside);
  let svg;
  try {
    svg = draw(width);
    aside.append(svg);
    for (const node of svg.querySelectorAll('*')) settle(node);
  } finally {
    aside.remove();
    setTheme(before);
  }
  svg.setAttribute('xmlns', svgSpace);
  svg.prepend(shape('title', {}, svg.getAttribute('aria-label')), shape('rect', { width: '100%', height: '100%', fill: '#fff' }));
  return new XMLSerializer().serializeToString(svg);
}

// settle writes an element's styles into its attributes.
function settle(node) {
  const style = getComputedStyle(node);
  for (const name of styles) {
    const value = style.getPropertyValue(name);
    if (value && value !== 'none' || name === 'fill' || name === 'stroke') node.setAttribute(name, value || 'none');
  }
  node.removeAttribute('class');
}

// csvText is a table as CSV: a field with a comma, a quote or a line's end is quoted. Text that
// a spreadsheet would take for a formula begins with an apostrophe.
function csvText({ columns, rows }) {
  return [columns, ...rows].map((r) => r.map(csvField).join(',')).join('\n') + '\n';
}

function csvField(v) {
  if (v === null || v === undefined || Number.isNaN(v)) return '';
  if (typeof v === 'number') return String(v);
  const text = /^[=+\-@\t\r]/.test(v) ? "'" + v : String(v);
  return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

// saveAs hands a file to the reader.
function saveAs(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
