import { clock, comma, number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'
import { nameOf } from './say-standing.js'
import { useAsked } from './use-asked.js'
import { nameOfList } from './waiting-lists.js'
import { sayWhy } from './why-given-up.js'

/** @import { MessageStory as Story } from '../../queues/message-answer.ts' */
/** @import { RoomStore } from './room-store.js' */

const AGAIN_MS = 3_000

/**
 * Who still knows of a message: the list, its senders, its receiver. `isWhole` with what it says.
 * @param {{ service: string, id: string, store: RoomStore, isWhole?: boolean }} props
 */
export function MessageStory({ service, id, store, isWhole = false }) {
  const { found, failure } = useAsked(
    store,
    `/api/admin/queues/${service}/messages/${encodeURIComponent(id)}`,
    AGAIN_MS,
  )
  const story = /** @type {Story | null} */ (found)
  if (story === null) return html`<p class="small" role="status">${failure ?? t('room.loading')}</p>`
  const { event, subject, number: name, data, letters, trouble, unreachable } = story
  return html`
    <div class="story">
      ${isWhole && html`<p><b>${event ?? '–'}</b> ${name ?? subject}</p>`}
      <p class="small">${t('story.knows')}</p>
      <ul>${whoKnows(story).map((line) => html`<li>${line}</li>`)}</ul>
      ${trouble && html`<p class="small">${t('story.redisGone')}</p>`}
      ${unreachable.length > 0 && html`<p class="small">${t('letters.unreachable', { list: unreachable.map((one) => nameOf(one)).join(comma) })}</p>`}
      ${letters.map(({ id: letter }) => html`<p><a class="small" href=${linkTo('letters', { id: letter })}>${t('story.toLetter')}</a></p>`)}
      ${isWhole && data !== null && html`<pre class="verbatim" tabindex="0" aria-label=${t('letters.body')}>${JSON.stringify(data, null, 2)}</pre>`}
      <p class="small id">${id}</p>
    </div>`
}

/** In words, from the front of the way to its end. @param {Story} story @returns {string[]} */
function whoKnows(story) {
  const { inList, said, rows, outcome, letters, service } = story
  const now = Date.now()
  const told = [
    inList && t('story.inList', { list: nameOfList(inList.list), place: number(inList.place) }),
    ...rows.map((row) => sayRow(row, now)),
    said && saySaid(said, service),
    outcome && t(`story.${outcome.outcome}`, { name: nameOf(service), at: clock(outcome.at) }),
    ...letters.map(({ keptBy, reason, isOpen }) =>
      t(isOpen ? 'story.letter' : 'story.closed', { name: nameOf(keptBy), reason: sayWhy(reason, t) }),
    ),
  ].filter((line) => typeof line === 'string')
  return told.length > 0 ? told : [t('story.nobody')]
}

/** @param {Story['rows'][number]} row @param {number} now */
function sayRow({ sender, pushes, lastPushedAt }, now) {
  const name = nameOf(sender)
  if (lastPushedAt === null)
    return t(pushes === 0 ? 'story.rowFresh' : 'story.rowAgain', { name, times: times(pushes) })
  return t('story.row', { name, times: times(pushes), ago: span(Math.max(0, now - Date.parse(lastPushedAt))) })
}

const times = (/** @type {number} */ count) =>
  count < 3 ? t(`times.${count}`) : t('times.n', { count: number(count) })

/** A word of the status hash. @param {string} said @param {string} service */
function saySaid(said, service) {
  const [state = '', worker = ''] = said.split(':')
  return t(`story.said.${state}`, { name: nameOf(service), worker })
}
