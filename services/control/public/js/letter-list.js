import { get, post } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { clock, number, t } from '/assets/js/text.js'
import { createPart } from './part.js'

const SHOWN = 50
const AGAIN_MS = 2_000

/** What has been given up anywhere, why, and the way back. */
export function createLetterList() {
  const list = h('div', { class: 'letters' })
  const empty = h('p', { class: 'empty' }, t('room.loading'))
  const status = h('p', { class: 'small', role: 'status' })
  const replay = async (/** @type {object} */ which) => {
    const said = await post('/api/admin/dead-letters/replay', which).then(
      ({ replayed }) => t('letters.replayed', { count: replayed }),
      (error) => error.message,
    )
    setText(status, said)
    await read()
  }
  const all = h('button', { class: 'quiet', disabled: true, onclick: () => replay({}) }, t('letters.replayAll'))
  const render = (
    /** @type {{ deadLetters: any[], total: number, unreachable: string[] }} */ { deadLetters, total, unreachable },
  ) => {
    list.replaceChildren(...deadLetters.slice(0, SHOWN).map((letter) => entryOf(letter, replay)))
    empty.hidden = total > 0 || unreachable.length > 0
    setText(empty, t('letters.none'))
    all.toggleAttribute('disabled', !deadLetters.some(({ canReplay }) => canReplay))
    setText(
      status,
      [
        total > SHOWN ? t('letters.more', { count: number(total) }) : '',
        unreachable.length > 0
          ? t('letters.unreachable', { list: unreachable.map((name) => t(`service.${name}`)).join(', ') })
          : '',
      ]
        .join(' ')
        .trim(),
    )
  }
  const failure = h('p', { class: 'failure', role: 'status', hidden: true })
  const part = createPart({ className: 'dead', title: t('letters.title'), render, extra: [all] }, list, empty, status)
  part.element.firstElementChild?.after(failure)
  let known = -1
  const read = async () => {
    try {
      part.draw(await get('/api/admin/dead-letters'), true)
      failure.hidden = true
    } catch (error) {
      failure.hidden = false
      setText(failure, t('part.failed', { why: error instanceof Error ? error.message : String(error) }))
      setTimeout(() => {
        known = -1
      }, AGAIN_MS)
    }
  }
  return {
    element: part.element,
    show: (/** @type {import('./room.js').Snapshot} */ { queues }) => {
      const dead = (queues ?? []).reduce((sum, queue) => sum + (queue.dead ?? 0), 0)
      if (dead !== known) void read()
      known = dead
    },
  }
}

/** @param {{ service: string, queue: string, id: string, event: string | null, orderId: string | null, reason: string, body: string, at: string, canReplay: boolean }} letter @param {(which: object) => void} replay */
function entryOf({ service, queue, id, event, orderId, reason, body, at, canReplay }, replay) {
  return h(
    'details',
    {},
    h(
      'summary',
      {},
      h('span', { class: 'name' }, h('b', {}, event ?? t(`service.${queue}`)), ' ', reason),
      h('time', { datetime: at }, clock(at)),
    ),
    h('pre', { class: 'verbatim', tabindex: '0', 'aria-label': t('letters.body') }, body),
    h(
      'p',
      { class: 'actions' },
      canReplay
        ? h('button', { class: 'quiet', onclick: () => replay({ service, ids: [id] }) }, t('letters.replay'))
        : h('span', { class: 'small' }, t('letters.cannot')),
      orderId && canReplay ? h('a', { class: 'small', href: `/orders/${orderId}` }, orderId) : null,
    ),
  )
}
