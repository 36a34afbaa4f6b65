/** @import { Session } from '../../session-answer.ts' */
/** @import { Machine } from './controls.js' */
/** @import { Known } from './room-store.js' */

/**
 * What the launcher says of a process. Before it has said anything where things may be broken, the process is there and
 * `unknown`: its buttons have their room, and nothing moves when they may be pressed.
 * @param {string} name @param {Known} known @param {Session} session @returns {Machine}
 */
export function machineOf(name, { picture }, { faults }) {
  const before = faults === null ? undefined : 'unknown'
  const state = isTold(picture) ? picture?.scene?.processes.find((one) => one.name === name)?.state : before
  return { name, state, canStop: faults?.unstoppable.includes(name) === false }
}

/** The processes that the launcher tells of; before it has, those that it can be expected to. @param {Known} known @param {Session} session @returns {string[]} */
export function machinesIn({ picture }, { faults }) {
  if (isTold(picture)) return picture?.scene?.processes.map(({ name }) => name) ?? []
  return faults === null ? [] : [...faults.unstoppable, 'redis', ...faults.simulators.map(({ process }) => process)]
}

/** The first pictures may come before the launcher was asked. @param {Known['picture']} picture */
export const isTold = (picture) => (picture?.scene?.processes.length ?? 0) > 0
