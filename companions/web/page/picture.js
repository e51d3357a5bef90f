// A picture of up to 65,535 IDs: a cell for each, by status. Told apart without colour: allowed is a
// full square, refused an empty one that is struck through, and all others a dot.

import { el } from './dom.js';
import { count, text as rangesText } from './ranges.js';

/** Rows that hold nothing are left out where there are more than so many in a run. */
const EMPTY_ROWS = 2;

/**
 * A picture with a line of text under it that tells of the ID that is pointed at.
 *
 * `statusOf(id)` is `allowed`, `refused` or `unsaid`; `tell(id)` is the text; `choose(id)`, if there
 * is one, is called where an ID is clicked.
 */
export function picture({ label, key, highest, spoken, statusOf, tell, choose }) {
  const columns = columnsFor(highest);
  const rows = rowsOf(spoken, Math.max(highest, 1), columns);
  const place = new Map(rows.flatMap((row, index) => (row === null ? [] : [[row, index]])));
  let current = spoken[0] ?? 1;
  let cell = 10;

  const canvas = el('canvas', {
    class: 'picture',
    tabindex: '0',
    role: 'slider',
    'aria-label': label,
    'aria-valuemin': '1',
    'aria-valuemax': String(highest),
    'data-key': `picture ${key}`,
  });
  const told = el('p', { class: 'told' }, choose ? 'Click an ID to change it.' : 'Point at a square to see its ID.');

  function draw() {
    const width = canvas.parentElement?.clientWidth || 600;
    cell = width / columns;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(rows.length * cell * ratio);
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name);
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    const gap = cell > 8 ? 1.5 : 1;
    const size = cell - gap * (cell > 14 ? 2 : 1);
    rows.forEach((row, index) => {
      const y = index * cell;
      if (row === null) {
        context.fillStyle = colour('--faint');
        for (let x = 0; x < width; x += cell * 2) context.fillRect(x, y + cell / 2, cell, 1);
        return;
      }
      for (let column = 0; column < columns; column += 1) {
        const id = row * columns + column + 1;
        if (id > highest) break;
        const x = column * cell;
        const status = statusOf(id);
        if (status === 'allowed') {
          context.fillStyle = colour('--allowed');
          context.fillRect(x, y, size, size);
        } else if (status === 'refused') {
          context.strokeStyle = colour('--refused');
          context.lineWidth = cell > 8 ? 1.5 : 1;
          context.strokeRect(x + 0.75, y + 0.75, size - 1.5, size - 1.5);
          context.beginPath();
          context.moveTo(x + 1, y + size - 1);
          context.lineTo(x + size - 1, y + 1);
          context.stroke();
        } else {
          context.fillStyle = colour('--faint');
          const dot = Math.max(1, cell / 6);
          context.fillRect(x + (size - dot) / 2, y + (size - dot) / 2, dot, dot);
        }
      }
    });
    mark(context);
  }

  function mark(context) {
    const index = place.get(Math.floor((current - 1) / columns));
    if (index === undefined || document.activeElement !== canvas) return;
    context.strokeStyle = getComputedStyle(canvas).getPropertyValue('--text');
    context.lineWidth = 2;
    context.strokeRect(((current - 1) % columns) * cell - 0.5, index * cell - 0.5, cell, cell);
  }

  function point(id) {
    current = Math.min(Math.max(id, 1), highest);
    const words = tell(current);
    told.textContent = words;
    canvas.setAttribute('aria-valuenow', String(current));
    canvas.setAttribute('aria-valuetext', words);
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const row = rows[Math.floor((event.clientY - box.top) / cell)];
    const column = Math.floor((event.clientX - box.left) / cell);
    if (row === null || row === undefined || column < 0 || column >= columns) return null;
    const id = row * columns + column + 1;
    return id <= highest ? id : null;
  }

  canvas.addEventListener('pointermove', (event) => {
    const id = under(event);
    if (id !== null) point(id);
  });
  canvas.addEventListener('click', (event) => {
    const id = under(event);
    if (id === null) return;
    point(id);
    choose?.(id);
  });
  canvas.addEventListener('keydown', (event) => {
    const steps = {
      ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: columns * 5, PageUp: -columns * 5,
    };
    if (event.key in steps) point(current + steps[event.key]);
    else if (event.key === 'Home') point(1);
    else if (event.key === 'End') point(highest);
    else if (choose && (event.key === 'Enter' || event.key === ' ')) choose(current);
    else return;
    event.preventDefault();
    draw();
  });
  canvas.addEventListener('focus', draw);
  canvas.addEventListener('blur', draw);
  point(current);
  told.textContent = choose ? 'Click an ID, or press Enter on it, to change it.' : 'Point at a square to see its ID.';
  new ResizeObserver(draw).observe(canvas);
  return { canvas, told, draw, point };
}

/** How many to a row: few IDs are drawn large, to be clicked with ease; many small, to be seen at once. */
function columnsFor(highest) {
  const wide = matchMedia('(min-width: 44rem)').matches;
  if (highest <= 400) return wide ? 50 : 20;
  return wide ? 100 : 50;
}

/** The rows to draw, each by its number, and `null` for a run of rows that hold nothing. */
function rowsOf(spoken, highest, columns) {
  const full = new Set(spoken.map((id) => Math.floor((id - 1) / columns)));
  const rows = [];
  const last = Math.floor((highest - 1) / columns);
  let empty = 0;
  for (let row = 0; row <= last; row += 1) {
    if (full.has(row)) {
      flush(row);
      rows.push(row);
    } else {
      empty += 1;
    }
  }
  flush(last + 1);
  return rows;

  function flush(before) {
    if (empty > EMPTY_ROWS) rows.push(null);
    else for (let row = before - empty; row < before; row += 1) rows.push(row);
    empty = 0;
  }
}

/** How many there are, as a sentence: `12 vendors allowed, 3 refused`. */
export function tally({ allowed, refused, noun, said }) {
  const parts = [`${count(allowed.length, noun)} ${said.allowed}`];
  if (refused?.length) parts.push(`${refused.length.toLocaleString('en-GB')} ${said.refused}`);
  return parts.join(', ');
}

/** Ranges as text, folded where there are a great many. */
export function rangeText(ids) {
  const text = rangesText(ids);
  if (text.length < 400) return el('p', { class: 'ranges' }, text || 'none');
  return el('details', { class: 'ranges' }, el('summary', {}, `as numbers: ${text.slice(0, 60)}…`), el('p', {}, text));
}
