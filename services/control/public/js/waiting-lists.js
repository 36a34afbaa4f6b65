import { comma, number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'
import { nameOf } from './say-standing.js'
import { useAsked } from './use-asked.js'
import { WaitingRow } from './waiting-row.js'

/** @import { Messages, WaitingList, WaitingMessage } from '../../queues/message-answer.ts' */
/** @import { RoomStore } from './room-store.js' */

const AGAIN_MS = 3_000
const SHOWN = 20

/**
 * What waits for a service, list by list, in Redis and on disk with its senders.
 * @param {{ service: string, from: 'oldest' | 'newest', store: RoomStore }} props
 */
export function WaitingLists({ service, from, store }) {
  const path = `/api/admin/queues/${service}/messages?limit=${SHOWN}&from=${from}`
  const { found, failure } = useAsked(store, path, AGAIN_MS)
  const look = /** @type {Messages | null} */ (found)
  const lists = look?.lists.filter(isShown) ?? []
  const tab = (/** @type {'oldest' | 'newest'} */ which) => html`
    <a class="tab" aria-current=${which === from ? 'true' : null} href=${linkTo('queue', { service, from: which === 'oldest' ? null : which })}>
      ${t(`waiting.${which}`)}
    </a>`
  return html`
    <section class="part" id="waiting">
      <div class="section-head"><h2>${t('waiting.title')}</h2><div class="tabs two">${tab('oldest')}${tab('newest')}</div></div>
      <p class="failure" role="status" hidden=${failure === null}>${failure && t('part.failed', { why: failure })}</p>
      <p class="notice" role="status" hidden=${!look?.trouble}>${t('waiting.redisGone')}</p>
      ${lists.map((list) => html`<${List} key=${list.list} list=${list} isAll=${look?.trouble !== null} service=${service} store=${store} />`)}
      <p class="empty" hidden=${look !== null && lists.length > 0}>${t(look === null ? 'room.loading' : 'waiting.none')}</p>
      <p class="small" role="status">${unreachable(look)}</p>
    </section>`
}

const isShown = (/** @type {WaitingList} */ { messages, onDisk }) =>
  messages.length > 0 || onDisk.some(({ count }) => count > 0)

/** @param {{ list: WaitingList, isAll: boolean, service: string, store: RoomStore }} props */
function List({ list: { list, waiting, messages, onDisk }, isAll, service, store }) {
  const rows = (/** @type {WaitingMessage[]} */ all) =>
    all.map(
      (message, i) => html`
    <${WaitingRow} key=${message.id ?? `${i}`} message=${message} service=${service} store=${store} />`,
    )
  return html`
    <div class="waiting-list" data-list=${list}>
      ${
        messages.length > 0 &&
        html`
        <h3>${t('waiting.inList', { list: nameOfList(list), count: number(waiting ?? messages.length) })}</h3>
        <ol>${rows(messages)}</ol>`
      }
      ${onDisk
        .filter(({ count }) => count > 0)
        .map(
          ({ sender, count, isCapped, messages: rest }) => html`
          <h3>${t(isAll ? 'waiting.answered' : 'waiting.onDisk', { name: nameOf(sender), list: nameOfList(list), count: number(count) + (isCapped ? '+' : '') })}</h3>
          <ol>${rows(rest)}</ol>`,
        )}
    </div>`
}

/** A service's own list, a shard of it, or one of its lanes. @param {string} list */
export function nameOfList(list) {
  const [own = list, lane] = list.split(':')
  const [service = own, shard] = own.split('.')
  const which = shard ?? (lane && t(`lane.${lane}`))
  return which === undefined ? nameOf(service) : `${nameOf(service)} · ${which}`
}

function unreachable(/** @type {Messages | null} */ look) {
  const names = (look?.unreachable ?? []).map((service) => nameOf(service)).join(comma)
  return names && t('letters.unreachable', { list: names })
}
