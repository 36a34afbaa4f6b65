import { t } from '/assets/js/text.js'
import { nameOf } from './say-standing.js'

/** @import { Repaired } from '../../room/snapshot.ts' */

/** What a repair did, part by part. @param {Repaired} repaired */
export function sayRepaired({ started, turned, resumed, ended, failed }) {
  const said = [
    part('repaired.started', started.map(nameOf)),
    part(
      'repaired.turned',
      turned.map((name) => t(`break.${name}`)),
    ),
    part('repaired.resumed', resumed.map(nameOf)),
    part(
      'repaired.ended',
      ended.map((name) => t(`repaired.${name}`)),
    ),
    part('repaired.failed', failed.map(nameOf)),
  ].filter(Boolean)
  return said.length === 0 ? t('repaired.nothing') : said.join(t('repaired.then'))
}

/** @param {string} key @param {string[]} names */
const part = (key, names) => names.length > 0 && t(key, { list: names.join(t('repaired.and')) })
