import { t, tOr } from '/assets/js/text.js'
import { nameOf } from './say-standing.js'

/** @import { Mark } from '../../room/snapshot.ts' */

/** What was done, in few words. @param {Mark} mark */
export function sayMark({ what, name, mode }) {
  if (mode !== undefined) return `${t(`break.${what}`)}: ${tOr(`mode.${mode}`, mode)}`
  const values = { name: name === undefined ? '' : nameOf(name) }
  return tOr(`mark.${what}`, what).replace('{name}', values.name)
}
