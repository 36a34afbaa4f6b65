/** @import { ViewName } from './address.js' */
/**
 * What a key asks for: a button of the station one stands in, the repair, the search, the list of keys, or a view.
 * @typedef {{ is: 'station', does: string[] } | { is: 'repair' } | { is: 'search' } | { is: 'help' } | { is: 'view', name: ViewName }} Wish
 * @typedef {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>} Key
 */

/** The views that digits lead to, from 1 on. @type {ViewName[]} */
export const DIGITS = ['stage', 'orders', 'letters', 'log', 'mails', 'search', 'peaks', 'workers']

/** @type {Record<string, Wish>} */
const KEYS = {
  k: { is: 'station', does: ['kill'] },
  s: { is: 'station', does: ['stop', 'start'] },
  p: { is: 'station', does: ['pause', 'resume'] },
  r: { is: 'repair' },
  '/': { is: 'search' },
  '?': { is: 'help' },
}

/**
 * What somebody wants who presses a key; null where it means nothing here, and where it is part of something typed.
 * @param {Key} key @param {boolean} isTyping @returns {Wish | null}
 */
export function wishOf({ key, ctrlKey, metaKey, altKey }, isTyping) {
  if (isTyping || ctrlKey || metaKey || altKey) return null
  const name = /^[1-9]$/.test(key) ? DIGITS[Number(key) - 1] : undefined
  if (name !== undefined) return { is: 'view', name }
  return Object.hasOwn(KEYS, key.toLowerCase()) ? (KEYS[key.toLowerCase()] ?? null) : null
}

/** Where letters are letters, and where a key chooses among what is offered. */
export const TYPED_IN = 'input, textarea, select, [contenteditable]:not([contenteditable=false]), dialog, audio, video'
