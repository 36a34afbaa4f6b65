import { follow } from '/assets/js/stream.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { Command, Seen, Step } from '../../../tour/seen.ts' */
/** @typedef {{ steps: readonly Step[], commands: readonly Command[], skipped: number }} Heard */

const KEPT = 400 // of each; what is older has been seen

/** @type {Heard} */
const NOTHING = { steps: [], commands: [], skipped: 0 }

/** The steps that programs came past lately, and the commands that Redis got, the newest last. */
export function useSteps(/** @type {boolean} */ wantsCommands) {
  const [heard, setHeard] = useState(NOTHING)
  useEffect(() => {
    const hear = (/** @type {Seen} */ { steps, commands, skipped }) =>
      setHeard((before) => ({
        steps: [...before.steps, ...steps].slice(-KEPT),
        commands: [...before.commands, ...commands].slice(-KEPT),
        skipped: before.skipped + skipped,
      }))
    const stream = follow(() => `/api/admin/tour/live?commands=${wantsCommands}`, {
      up: () => {},
      down: () => {},
      hear,
    })
    return () => stream.close()
  }, [wantsCommands])
  return heard
}
