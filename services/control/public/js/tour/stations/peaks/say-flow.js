import { number, span, t } from '/assets/js/text.js'

/** @import { Flow } from '../../../../../tour/peaks/flow.ts' */

/** What has become of a mountain, in figures. @param {Flow | undefined} flow */
export function sayFlow(flow) {
  if (flow === undefined) return t('tour.peaks.none')
  const { wanted, accepted, refused, paid, longestMs } = flow
  const counts = { wanted, accepted, refused, paid, waiting: accepted - paid }
  const said = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, number(count)]))
  return t(flow.isOver ? 'tour.peaks.over' : 'tour.peaks.now', { ...said, longest: span(longestMs) })
}
