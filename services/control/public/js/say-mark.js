import { t, tOr } from '/assets/js/text.js'
import { nameOf } from './say-standing.js'

/** @import { Mark } from '../../room/snapshot.ts' */

const MENDS = ['repair', 'start', 'resume']

/** Whether something was mended there rather than broken. @param {Mark} mark */
export const isMending = ({ what, mode }) => MENDS.includes(what) || mode === 'well'

/** What was done, in few words. @param {Mark} mark */
export function sayMark({ what, name, mode }) {
  if (mode !== undefined) return `${t(`break.${what}`)}: ${tOr(`mode.${mode}`, mode)}`
  const values = { name: name === undefined ? '' : nameOf(name) }
  return tOr(`mark.${what}`, what).replace('{name}', values.name)
}
