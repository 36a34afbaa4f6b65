import { keepOpen } from '/assets/js/keep-open.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { Seen } from '../../../tour/seen.ts' */
/** @import { HeardCommand, HeardStep } from './station.js' */
/** @typedef {{ link: 'live' | 'gone', slowMs: number, steps: readonly HeardStep[], commands: readonly HeardCommand[], skipped: number }} Heard */

const KEPT = 400 // of each; what is older has been seen
const SETTLES_MS = 1_000 // a page that is hidden may be about to go, and shall not ask once more
const CHATTER = 'logs' // it is told of all lines, all the time; its own station may want it

/** @type {Heard} */
const NOTHING = { link: 'live', slowMs: 0, steps: [], commands: [], skipped: 0 }

/**
 * The steps that programs came past lately with messages in hand, and the commands that Redis got, the newest last. The stream
 * goes on while the page is hidden, or the server would take it for gone and mend what was broken; commands do not.
 * @param {{ page: string, wantsCommands: boolean, wantsLogs: boolean }} wish @returns {Heard}
 */
export function useSteps({ page, wantsCommands, wantsLogs }) {
  const [heard, setHeard] = useState(NOTHING)
  useEffect(() => {
    let slowMs = 0
    const isWanted = (/** @type {{ service: string }} */ { service }) => wantsLogs || service !== CHATTER
    const stream = keepOpen(() => ({ url: addressOf(page, wantsCommands, slowMs) }), {
      up: () => setHeard((before) => ({ ...before, link: 'live' })),
      down: () => setHeard((before) => ({ ...before, link: 'gone' })),
      hear: (/** @type {Seen} */ seen) => {
        slowMs = seen.slowMs
        setHeard((before) => more(before, seen, isWanted))
      },
    })
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const openSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(stream.open, SETTLES_MS)
    }
    stream.open()
    document.addEventListener('visibilitychange', openSoon)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', openSoon)
      stream.close()
    }
  }, [page, wantsCommands, wantsLogs])
  return heard
}

/** Whoever takes the tour's place at the server after a crash hears how slowly it was to go. */
function addressOf(/** @type {string} */ page, /** @type {boolean} */ wantsCommands, /** @type {number} */ slowMs) {
  const commands = String(wantsCommands && !document.hidden)
  return `/api/admin/tour/live?${new URLSearchParams({ page, commands, slowMs: String(slowMs) })}`
}

let lastKey = 0

/** @param {Heard} before @param {Seen} seen @param {(of: { service: string }) => boolean} isWanted @returns {Heard} */
function more(before, { slowMs, steps, commands, skipped }, isWanted) {
  const keyed = (/** @type {any} */ one) => ({ ...one, key: ++lastKey })
  const withMessages = steps.filter((step) => isWanted(step) && step.messages.length > 0)
  return {
    ...{ link: 'live', slowMs },
    steps: [...before.steps, ...withMessages.map(keyed)].slice(-KEPT),
    commands: [...before.commands, ...commands.filter(isWanted).map(keyed)].slice(-KEPT),
    skipped: before.skipped + skipped,
  }
}
