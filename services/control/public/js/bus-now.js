/** @import { BusNow } from '../../bus/bus-answer.ts' */

/** What is known of an event now. @param {string} event @param {BusNow | null} now */
export const nowOf = (event, now) => now?.events.find((one) => one.event === event)

/** What is known of a list now. @param {string} queue @param {BusNow | null} now */
export const queueOf = (queue, now) => now?.queues.find((one) => one.queue === queue)

/** How many messages about an event (null: what was none) were given up by, or for, a receiver. @param {string | null} event @param {string} service @param {BusNow | null} now */
export function deadOf(event, service, now) {
  return now?.dead.find((one) => one.event === event && one.service === service)?.count ?? 0
}
