import { s } from './dom.js'

/**
 * The product pictures: one line weight, one accent shape behind, drawn on a field of 120 × 100. `fill` is the
 * accent shape, `line` the drawing; a letter more is an own tint, which the style sheet decides.
 * @type {Record<string, { tint: string, fill: string, line: string }>}
 */
const DRAWINGS = {
  'MUG-001': {
    tint: 'a',
    fill: 'M36 46h42v22a12 12 0 0 1-12 12H48a12 12 0 0 1-12-12z',
    line: 'M36 34h42v34a12 12 0 0 1-12 12H48a12 12 0 0 1-12-12zM78 42h6a9 9 0 0 1 0 20h-6M49 26c-3-4 3-6 0-11M59 26c-3-4 3-6 0-11',
  },
  'TEE-001': {
    tint: 'b',
    fill: 'M44 46h32v38H44z',
    line: 'M49 22 32 30l-8 16 12 6 6-6v38h36V46l6 6 12-6-8-16-17-8c-3 8-19 8-22 0z',
  },
  'CAP-001': {
    tint: 'c',
    fill: 'M32 58c0-16 12-26 27-26s26 10 26 26z',
    line: 'M32 62c-2-19 9-32 27-32s28 13 26 32M32 62h53M85 62c8 0 17 3 20 9-12 3-26-1-36-9M59 30v-4M59 30c-8 8-11 19-11 32M59 30c8 8 11 19 11 32',
  },
  'BAG-001': {
    tint: 'd',
    fill: 'M24 52h72v22a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6z',
    line: 'M30 42h60a6 6 0 0 1 6 6v26a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6V48a6 6 0 0 1 6-6zM44 42V32a8 8 0 0 1 8-8h16a8 8 0 0 1 8 8v10M24 54h72M40 50v8M80 50v8',
  },
  'NTB-001': {
    tint: 'b',
    fill: 'M42 22h8v60h-8z',
    line: 'M42 20h36a4 4 0 0 1 4 4v54a4 4 0 0 1-4 4H42a4 4 0 0 1-4-4V24a4 4 0 0 1 4-4zM50 20v62M60 34h.1M70 34h.1M60 46h.1M70 46h.1M60 58h.1M70 58h.1M74 82v8l-4-3-4 3v-8',
  },
  'PEN-001': {
    tint: 'c',
    fill: 'm38 66 34-34 10 10-34 34z',
    line: 'm38 64 36-36a7 7 0 0 1 10 10L48 74l-15 5zM38 64l10 10M67 35l10 10M24 86c8-5 14 4 22-1s12 2 18-2',
  },
  'LMP-001': {
    tint: 'd',
    fill: 'M56 42h28l14 38H46z',
    line: 'M24 84h34M42 84 34 54M34 54 70 22M67 22h12l10 22H57zM68 44a5 5 0 0 0 10 0M34 54h.1',
  },
  'KBD-001': {
    tint: 'a',
    fill: 'M44 60h34v8H44z',
    line: 'M22 38h76a5 5 0 0 1 5 5v28a5 5 0 0 1-5 5H22a5 5 0 0 1-5-5V43a5 5 0 0 1 5-5zM27 48h4M39 48h4M51 48h4M63 48h4M75 48h4M87 48h6M27 57h7M43 57h4M55 57h4M67 57h4M79 57h14M27 67h8M44 67h32M86 67h7M60 38c0-10 10-6 10-16',
  },
  'BTL-001': {
    tint: 'b',
    fill: 'M46 52h28v30a5 5 0 0 1-5 5H51a5 5 0 0 1-5-5z',
    line: 'M52 22h16v-8H52zM52 22v6c0 5-6 7-6 13v41a5 5 0 0 0 5 5h18a5 5 0 0 0 5-5V41c0-6-6-8-6-13v-6M46 52h28M60 62v14',
  },
  'CFE-001': {
    tint: 'd',
    fill: 'M50 56a10 13 0 1 0 20 0 10 13 0 1 0-20 0z',
    line: 'M40 30h40l4 50a4 4 0 0 1-4 4H40a4 4 0 0 1-4-4zM40 30l4-14h32l4 14M44 22h32M60 44c7 0 11 5 11 12s-4 13-11 13-11-6-11-13 4-12 11-12zM60 44c-6 8 6 16 0 25',
  },
  'PLT-001': {
    tint: 'a',
    fill: 'M60 42c2-16 12-22 24-22-1 13-10 21-24 22zM58 50C46 52 36 46 32 34c13-2 22 4 26 16z',
    line: 'M46 66h28l-4 22H50zM44 60h32v6H44zM60 60V32M60 42c2-16 12-22 24-22-1 13-10 21-24 22zM58 50C46 52 36 46 32 34c13-2 22 4 26 16zM60 30c-5-5-6-12-1-19 6 6 6 13 1 19zM62 56c2-8 10-12 20-10-2 8-10 12-20 10z',
  },
  'PRT-001': {
    tint: 'c',
    fill: 'M70 42a9 9 0 1 0 .1 0zM38 74l16-20 10 12 8-8 10 16z',
    line: 'M32 18h56v66H32zM38 24h44v50H38zM38 70l16-20 10 12 8-8 10 14M68 40a7 7 0 1 0 .1 0M60 79h.1M76 80c2-3 3 2 6-1',
  },
}

const UNKNOWN = { tint: 'a', fill: 'M38 44h44v36H38z', line: 'M36 36h48v46H36zM36 36l8-12h32l8 12M60 24v22' }

/** A drawing of a product; it says nothing that the name beside it does not. */
export function pictureOf(/** @type {string} */ sku) {
  const { tint, fill, line } = DRAWINGS[sku] ?? UNKNOWN
  return s(
    'svg',
    { viewBox: '0 0 120 100', class: `drawing tint-${tint}`, 'aria-hidden': 'true', focusable: 'false' },
    s('path', { class: 'fill', d: fill, transform: 'translate(4 4)' }),
    s('path', { class: 'line', d: line }),
  )
}
