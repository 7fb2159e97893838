'use strict';

// Light or dark: as the reader's system has it, until the reader says otherwise. What was
// said is kept for the next page where the browser lets pages keep something.

const themeKey = 'autolfads-theme';
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

// theme is "light" or "dark".
function theme() { return document.documentElement.dataset.theme || 'light'; }

function setTheme(name) { document.documentElement.dataset.theme = name; }

// systemTheme is what the reader's system has.
function systemTheme() { return darkSystem.matches ? 'dark' : 'light'; }

// beginTheme brings back what the reader said. Paper is white: figures are printed light.
function beginTheme() {
  setTheme(kept(themeKey) || systemTheme());
  let before = theme();
  window.addEventListener('beforeprint', () => {
    before = theme();
    setTheme('light');
    redrawAll();
  });
  window.addEventListener('afterprint', () => {
    setTheme(before);
    redrawAll();
  });
}

// themeSwitch is the button that changes it.
function themeSwitch() {
  const words = () => (theme() === 'dark' ? 'Light' : 'Dark');
  const change = (name) => {
    setTheme(name);
    button.textContent = words();
    redrawAll();
  };
  const button = el('button', {
    type: 'button', id: 'theme', class: 'quiet',
    on: {
      click: () => {
        change(theme() === 'dark' ? 'light' : 'dark');
        keep(themeKey, theme());
      },
    },
  }, words());
  darkSystem.addEventListener('change', () => { if (!kept(themeKey)) change(systemTheme()); });
  return button;
}

// kept is what was kept under a key; "" if nothing was, or the browser keeps nothing for
// pages from files.
function kept(key) {
  try { return localStorage.getItem(key) || ''; } catch { return ''; }
}

function keep(key, value) {
  try { localStorage.setItem(key, value); } catch { /* it is forgotten, then */ }
}
