import { t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'

/** @import { RoomStore } from './room-store.js' */

/**
 * Lets a queue stand still, or go on. `pausedAt` is what the room knows, undefined while it knows nothing: then either may be asked
 * for, since a service can be told while Redis is away.
 * @param {{ service: string, pausedAt: number | null | undefined, store: RoomStore }} props
 */
export function PauseButton({ service, pausedAt, store }) {
  const [said, setSaid] = useState('')
  const [answered, setAnswered] = useState(/** @type {string | null | undefined} */ (undefined))
  useEffect(() => setAnswered(undefined), [pausedAt])
  const since = answered === undefined ? pausedAt : answered
  /** @type {('pause' | 'resume')[]} */ const verbs =
    since === undefined ? ['pause', 'resume'] : [since === null ? 'pause' : 'resume']
  const ask = (/** @type {'pause' | 'resume'} */ verb) => async () => {
    const done = store.post(`/api/admin/queues/${service}/${verb}`, {})
    setSaid(
      await done.then(
        ({ pausedAt: now }) => {
          setAnswered(now)
          return t(`queue.${verb}.done`, { name: nameOf(service) })
        },
        (error) => t('done.failed', { why: error.message }),
      ),
    )
  }
  return html`
    <div class="pause">
      <p class="small" role="status">${said}</p>
      ${verbs.map((verb) => html`<button class="quiet" data-verb=${verb} onClick=${ask(verb)}>${t(`queue.${verb}`)}</button>`)}
    </div>`
}
