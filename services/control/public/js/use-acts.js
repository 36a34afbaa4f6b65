import { number, t } from '/assets/js/text.js'
import { useMemo, useState } from '/assets/vendor/htm-preact.js'
import { sayRepaired } from './say-repaired.js'
import { nameOf } from './say-standing.js'

/** @import { RoomStore } from './room-store.js' */
/**
 * What can be broken and mended. `said` is what the last of these did, or why it did not.
 * @typedef {ReturnType<typeof actsOf>} Acts
 */

/** @param {RoomStore} store @returns {{ said: string, acts: Acts }} */
export function useActs(store) {
  const [said, setSaid] = useState('')
  const acts = useMemo(() => actsOf(store, setSaid), [])
  return { said, acts }
}

/** @param {RoomStore} store @param {(said: string) => void} say */
function actsOf(store, say) {
  const tell = async (/** @type {Promise<string>} */ done) =>
    say(await done.catch((error) => t('done.failed', { why: error.message })))
  const act = (/** @type {Record<string, unknown>} */ action, /** @type {(answer: any) => string} */ words) =>
    tell(store.post('/api/admin/demo', action).then(words))
  return {
    control: (/** @type {'kill' | 'stop' | 'start'} */ action, /** @type {string} */ name) =>
      act({ action, name }, () => t(`done.${action}`, { name: nameOf(name) })),
    pause: (/** @type {'pause' | 'resume'} */ action, /** @type {string} */ name) =>
      tell(
        store.post(`/api/admin/queues/${name}/${action}`, {}).then(() => t(`done.${action}`, { name: nameOf(name) })),
      ),
    turn: (/** @type {string} */ simulator, /** @type {string} */ mode) =>
      act({ action: simulator, mode }, () => t(`done.${simulator}`, { mode: t(`mode.${mode}`) })),
    flush: () => act({ action: 'flush' }, () => t('done.flush')),
    resend: (/** @type {string} */ name) =>
      act({ action: 'resend', name }, ({ count }) =>
        count > 0 ? t('done.resend', { count: number(count) }) : t('done.resend.none'),
      ),
    garbage: (/** @type {string} */ name) =>
      act({ action: 'garbage', name }, ({ count }) => t('done.garbage', { count: number(count) })),
    poison: () => act({ action: 'poison' }, ({ order }) => t('done.poison', { order: order.number })),
    place: (/** @type {number} */ count) => act({ action: 'place', count }, () => ''),
    repair: () => act({ action: 'repair' }, ({ repaired }) => sayRepaired(repaired)),
  }
}
