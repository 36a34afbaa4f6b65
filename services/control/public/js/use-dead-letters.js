import { useAgain } from '/assets/js/use-again.js'
import { useState } from '/assets/vendor/htm-preact.js'

/** @import { DeadLetters } from '../../queues/dead-letter.ts' */
/** @import { RoomStore } from './room-store.js' */

const AGAIN_MS = 2_000

/**
 * Reads the dead letters whenever there are more or fewer of them, and again as long as something could not be
 * asked. Letters of services that cannot be asked stay as they were known last.
 */
export function useDeadLetters(
  /** @type {RoomStore} */ store,
  /** @type {number} */ count,
  /** @type {'open' | 'closed'} */ state,
) {
  const [found, setFound] = useState(/** @type {DeadLetters | null} */ (null))
  const [failure, setFailure] = useState(/** @type {string | null} */ (null))
  const [again, setAgain] = useState(0)
  /** Resolves to whether all could be asked. */
  const look = async () => {
    try {
      /** @type {DeadLetters} */ const news = await store.get(`/api/admin/dead-letters?state=${state}`)
      setFound((before) => withKnown(news, before))
      setFailure(null)
      return news.unreachable.length === 0
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
      return false
    }
  }
  useAgain(async () => ((await look()) ? null : AGAIN_MS), [count, again])
  const read = async () => {
    if (!(await look())) setAgain((times) => times + 1)
  }
  return { found, failure, read }
}

/** @param {DeadLetters} news @param {DeadLetters | null} before @returns {DeadLetters} */
function withKnown(news, before) {
  const kept = before?.deadLetters.filter(({ service }) => news.unreachable.includes(service)) ?? []
  const deadLetters = [...news.deadLetters, ...kept].sort((a, b) => b.at.localeCompare(a.at))
  return { ...news, deadLetters, total: news.total + kept.length }
}
