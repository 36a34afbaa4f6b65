/** @import { LiveEvent } from '../../../../../shared/web/public/js/live/hub.js' */
/** @typedef {{ said: number, at: string, name: string, text: string }} Said */

const SHOWN_MAX = 100

/** Adds what was told to what is known, each once and in the order in which it was said. @param {Said[]} all @param {LiveEvent} event @returns {Said[]} */
export function addSaid(all, { kind, at = '', data }) {
  if (kind === 'reset') return [] // what follows is all that there is
  if (all.some(({ said }) => said === data.said)) return all
  return [...all, { said: data.said, at, name: data.name, text: data.text }]
    .sort((a, b) => a.said - b.said)
    .slice(-SHOWN_MAX)
}
