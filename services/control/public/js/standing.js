/** @import { Queue } from '../../room/snapshot.ts' */
/** @import { Session, Simulator } from '../../session-answer.ts' */
/** @import { Known } from './room-store.js' */
/** @import { Picture } from './merge-picture.js' */
/**
 * How something stands: what its lamp shows, the key of the words beside it, and what these words speak of.
 * @typedef {{ look: 'up' | 'warn' | 'down' | 'unknown', key: string, ms?: number, perS?: number, outside?: { process: string, trouble: string } }} Standing
 */

/**
 * How a service stands: what the launcher says of its process, what Redis says of its workers, and how the outside
 * that it needs behaves. What nobody can tell at the moment is unknown.
 * @param {string} service @param {Known} known @param {Session} session @returns {Standing}
 */
export function standingOfService(service, { staleMs, picture }, session) {
  if (picture === null) return unknown(null)
  if (staleMs !== null) return unknown(staleMs)
  const state = stateOf(service, picture)
  if (state === 'stopped') return { look: 'down', key: 'standing.stopped' }
  if (picture.isRedisAway) return unknown(picture.listsAt === null ? null : picture.at - picture.listsAt)
  const queue = picture.lists?.find((one) => one.service === service)
  if (queue === undefined) return unknown(null)
  const live = queue.workers.filter(({ isLive }) => isLive)
  if (live.length === 0) return withoutWorker(queue, state)
  if (queue.pausedAt !== null)
    return { look: 'warn', key: 'standing.paused', ms: Math.max(0, picture.at - queue.pausedAt) }
  for (const outside of session.faults?.simulators ?? []) {
    const trouble = outside.service === service ? troubleOf(outside, picture) : null
    if (trouble) return { look: 'warn', key: 'standing.outside', outside: { process: outside.process, trouble } }
  }
  return { look: 'up', key: 'standing.up', perS: live.reduce((sum, { id }) => sum + (queue.handledPerS[id] ?? 0), 0) }
}

/**
 * How a process of the demo stands; a simulator may be up and not well.
 * @param {string} name @param {Known} known @param {Session} session @returns {Standing}
 */
export function standingOfProcess(name, { staleMs, picture }, session) {
  const state = picture ? stateOf(name, picture) : undefined
  if (picture === null || state === undefined || staleMs !== null) return unknown(null)
  if (state !== 'up') return { look: state === 'stopped' ? 'down' : 'warn', key: `process.${state}` }
  const simulator = session.faults?.simulators.find(({ process }) => process === name)
  const trouble = simulator && troubleOf(simulator, picture)
  return trouble ? { look: 'warn', key: trouble } : { look: 'up', key: 'process.up' }
}

/** @param {number | null} ms @returns {Standing} */
function unknown(ms) {
  return ms === null
    ? { look: 'unknown', key: 'standing.unknown' }
    : { look: 'unknown', key: 'standing.unknownFor', ms }
}

/** @param {Queue} queue @param {string | undefined} state @returns {Standing} */
function withoutWorker({ workers }, state) {
  if (state !== undefined && state !== 'up') return { look: 'down', key: `process.${state}` }
  const ages = workers.map(({ beatAgeMs }) => beatAgeMs)
  if (ages.length === 0) return { look: 'down', key: 'standing.noWorker' }
  return { look: 'down', key: 'standing.noWorkerFor', ms: Math.min(...ages) }
}

/** What the launcher says of a process; undefined where there is none, or no such process. */
function stateOf(/** @type {string} */ name, /** @type {Picture} */ { scene }) {
  return scene?.processes.find((one) => one.name === name)?.state
}

/** The key of what a simulator does that it should not; null while it is well. */
function troubleOf(/** @type {Simulator} */ { name }, /** @type {Picture} */ { scene }) {
  const mode = scene?.modes[name]
  if (mode === 'well') return null
  return mode ? `mode.${mode}` : 'process.silent'
}
