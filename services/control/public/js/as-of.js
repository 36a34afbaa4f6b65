import { span, t } from '/assets/js/text.js'

/** @import { Picture } from './merge-picture.js' */

/** While order does not answer, what it told last is shown, and how old that is. @param {Picture | null} picture */
export function orderAsOf(picture) {
  if (!picture?.orderAway) return ''
  const { knownAt } = picture.orderAway
  return knownAt === null ? t('room.orderAway') : t('room.orderAsOf', { ago: span(picture.at - knownAt) })
}

/** Lines are told by logs alone; all else goes on without it. @param {Picture | null} picture */
export function logAsOf(picture) {
  if (!picture?.logAway) return ''
  const { knownAt } = picture.logAway
  return knownAt === null ? t('log.away') : t('log.asOf', { ago: span(picture.at - knownAt) })
}

/** How many dead letters there are, as far as is known. @param {Picture | null} picture */
export const deadIn = (picture) => (picture?.lists ?? []).reduce((sum, { dead }) => sum + (dead ?? 0), 0)
