/** @import { LinesAnswer } from '../../../../../../logs/lines-answer.ts' */
/** @import { TourNow } from '../../station.js' */

/** What is ordered, to be looked for in the log. */
export const SAMPLE = {
  customer: { name: 'Ada', email: 'ada@example.com' },
  items: [{ sku: 'MUG-001', quantity: 1 }],
  payment: { method: 'pm_card_visa' },
}

/** Where the story of an order is told. @param {string} subject */
export const storyOf = (subject) => `/api/admin/logs?subject=${encodeURIComponent(subject)}&limit=200`

/** The receipt is the last that is written of an order. @param {LinesAnswer} found */
export const isWhole = ({ lines }) =>
  lines.some(({ msg, text }) => msg === 'mail.sent' && text.includes('payment.captured'))

/** Whether logs is up; who asks it while it is away only hears so. @param {TourNow} tour */
export function isThere({ known: { picture } }) {
  const process = picture?.scene?.processes.find(({ name }) => name === 'logs')
  return process === undefined || process.state === 'up'
}
