import { comma, number, t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'
import { DeadLetter } from './dead-letter.js'
import { Panel } from './panel.js'
import { nameOf } from './say-standing.js'
import { useDeadLetters } from './use-dead-letters.js'

/** @import { DeadLetters } from '../../queues/dead-letter.ts' */
/** @import { RoomStore } from './room-store.js' */
/** @typedef {(path: string, body: object, words: (answer: any) => string) => Promise<void>} Deal */

const SHOWN = 50

/**
 * What has been given up anywhere, why, and the ways to deal with it; or what was dealt with. `count` is how many wait, as far as
 * the room knows, `opened` the id of the one that is looked for.
 * @param {{ store: RoomStore, count: number, state: 'open' | 'closed', opened: string }} props
 */
export function DeadLetterList({ store, count, state, opened }) {
  const { found, failure, read } = useDeadLetters(store, count, state)
  const [said, setSaid] = useState('')
  /** Rejects where it was refused, for whoever has a form to show it at. @type {Deal} */
  const deal = async (path, body, words) => {
    setSaid(words(await store.post(`/api/admin/dead-letters/${path}`, body)))
    await read()
  }
  const replay = (/** @type {object} */ which) =>
    deal('replay', which, ({ replayed }) => t('letters.replayed', { count: number(replayed) })).catch((error) =>
      setSaid(error.message),
    )
  const letters = found?.deadLetters ?? []
  const extra = html`
    <div class="letter-tools">
      <a class="small" href=${`/api/admin/dead-letters?format=csv&state=${state}`} download>${t('part.csv')}</a>
      ${
        state === 'open' &&
        html`
        <button class="quiet" disabled=${!letters.some(({ canReplay }) => canReplay)} onClick=${() => replay({})}>
          ${t('letters.replayAll')}
        </button>`
      }
    </div>`
  const tab = (/** @type {'open' | 'closed'} */ which) => html`
    <a class="tab" aria-current=${which === state ? 'true' : null} href=${linkTo('letters', { state: which === 'open' ? null : which })}>
      ${t(`letters.${which}`)}
    </a>`
  return html`
    <${Panel} name="dead" title=${t('letters.title')} extra=${extra}>
      <div class="tabs two">${tab('open')}${tab('closed')}</div>
      <p class="failure" role="status" hidden=${failure === null}>${failure && t('part.failed', { why: failure })}</p>
      <div class="letters">
        ${letters.slice(0, SHOWN).map(
          (letter) => html`
          <${DeadLetter} key=${letter.service + letter.id} letter=${letter} replay=${replay} deal=${deal} isOpened=${letter.id === opened} />`,
        )}
      </div>
      <p class="empty" hidden=${letters.length > 0}>${emptyWords(found, state)}</p>
      <p class="small" role="status">${[said, ...notes(found, state)].filter(Boolean).join(' ')}</p>
    <//>`
}

/** @param {DeadLetters | null} found @param {'open' | 'closed'} state */
function emptyWords(found, state) {
  if (found === null) return t('room.loading')
  return t(state === 'open' ? 'letters.none' : 'letters.noneClosed')
}

/** What else there is to say of what was found. @param {DeadLetters | null} found @param {'open' | 'closed'} state */
function notes(found, state) {
  if (found === null) return []
  const { total, unreachable } = found
  const names = unreachable.map((service) => nameOf(service)).join(comma)
  return [
    state === 'open' && total > SHOWN && t('letters.more', { count: number(total) }),
    names && t('letters.unreachable', { list: names }),
  ]
}
