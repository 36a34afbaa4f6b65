import { post } from './api.js'
import { h, setText } from './dom.js'
import { createPart } from './part.js'
import { clock, number, t } from './text.js'

const SHOWN = 50

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
    void part.refresh()
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
  const part = createPart(
    {
      className: 'dead',
      title: t('letters.title'),
      path: () => '/api/admin/dead-letters',
      everyMs: 2_000,
      render,
      extra: [all],
    },
    list,
    empty,
    status,
  )
  let dead = -1
  return {
    element: part.element,
    show: (/** @type {import('./room.js').Snapshot} */ { queues }) => {
      const now = (queues ?? []).reduce((sum, queue) => sum + (queue.dead ?? 0), 0)
      if (now !== dead) void part.refresh()
      dead = now
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
    h('pre', { class: 'letter', tabindex: '0', 'aria-label': t('letters.body') }, body),
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
