import { number, t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { DeadLetter } from './dead-letter.js'
import { Panel } from './panel.js'
import { nameOf } from './say-standing.js'
import { useDeadLetters } from './use-dead-letters.js'

/** @import { DeadLetters } from '../../queues/dead-letter.ts' */
/** @import { RoomStore } from './room-store.js' */

const SHOWN = 50

/**
 * What has been given up anywhere, why, and the way back. `count` is how many there are, as far as the room knows.
 * @param {{ store: RoomStore, count: number }} props
 */
export function DeadLetterList({ store, count }) {
  const { found, failure, read } = useDeadLetters(store, count)
  const [said, setSaid] = useState('')
  const replay = async (/** @type {object} */ which) => {
    setSaid(
      await store.post('/api/admin/dead-letters/replay', which).then(
        ({ replayed }) => t('letters.replayed', { count: number(replayed) }),
        (error) => error.message,
      ),
    )
    await read()
  }
  const letters = found?.deadLetters ?? []
  const replayAll = html`
    <button class="quiet" disabled=${!letters.some(({ canReplay }) => canReplay)} onClick=${() => replay({})}>
      ${t('letters.replayAll')}
    </button>`
  return html`
    <${Panel} name="dead" title=${t('letters.title')} extra=${replayAll}>
      <p class="failure" role="status" hidden=${failure === null}>${failure && t('part.failed', { why: failure })}</p>
      <div class="letters">
        ${letters.slice(0, SHOWN).map(
          (letter) => html`
          <${DeadLetter} key=${letter.service + letter.id} letter=${letter} replay=${replay} />`,
        )}
      </div>
      <p class="empty" hidden=${letters.length > 0}>${t(found === null ? 'room.loading' : 'letters.none')}</p>
      <p class="small" role="status">${[said, ...notes(found)].filter(Boolean).join(' ')}</p>
    <//>`
}

/** What else there is to say of what was found. */
function notes(/** @type {DeadLetters | null} */ found) {
  if (found === null) return []
  const { total, unreachable } = found
  const names = unreachable.map((service) => nameOf(service)).join(', ')
  return [
    total > SHOWN && t('letters.more', { count: number(total) }),
    names && t('letters.unreachable', { list: names }),
  ]
}
