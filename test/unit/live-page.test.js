import { describe, expect, it } from '@jest/globals'
import { createGoods } from '../../services/order/public/js/goods.js'
import { addSaid } from '../../services/sale/public/js/room/said.js'
import { createHub } from '../../shared/web/public/js/live/hub.js'
import { createLine } from '../../shared/web/public/js/live/line.js'

/** @import { LiveEvent, Member } from '../../shared/web/public/js/live/hub.js' */
/** @import { Listener, Wish } from '../../shared/web/public/js/keep-open.js' */

describe('the live connection of all pages', () => {
  it('is one for all that they want, and each topic is asked for once', async () => {
    const { hub, lines } = open()

    hub.join([{ topic: 'news' }, { topic: 'stock' }], ear())
    hub.join([{ topic: 'news' }, { topic: 'order:1', key: 'k' }], ear())

    await until(() => lines[0]?.asked.length === 1)
    expect(lines).toHaveLength(1)
    expect(lines[0]?.topics()).toEqual([{ topic: 'news' }, { topic: 'stock' }, { topic: 'order:1', key: 'k' }])
  })

  it('goes on where it was, and begins anew what was not wanted before', async () => {
    const { hub, lines } = open()
    hub.join([{ topic: 'news' }], ear())
    await until(() => lines[0]?.asked.length === 1)
    lines[0]?.listener.hear(news('a'), 'mark.1')

    hub.join([{ topic: 'room:s' }], ear())

    await until(() => lines[0]?.asked.length === 2)
    expect(lines[0]?.topics()).toEqual([{ topic: 'news', after: 'mark.1' }, { topic: 'room:s' }])
  })

  it('tells a page that comes later what the others know, of stock only how it is', async () => {
    const { hub, lines } = open()
    hub.join([{ topic: 'news' }, { topic: 'stock' }], ear())
    await until(() => lines[0]?.asked.length === 1)
    const told = [news('a'), stock('MUG-001', 5), stock('TEE-001', 2), stock('MUG-001', 4), news('b')]
    for (const event of told) lines[0]?.listener.hear(event, 'mark.1')

    const late = ear()
    hub.join([{ topic: 'news' }, { topic: 'stock' }], late)

    expect(late.heard.map(({ data }) => data)).toEqual([
      ...[{ id: 'a' }, { id: 'b' }],
      ...[[{ sku: 'MUG-001', available: 4 }], [{ sku: 'TEE-001', available: 2 }]],
    ])
  })

  it('forgets what it has told where there is a gap, and passes that on', async () => {
    const { hub, lines } = open()
    const first = ear()
    hub.join([{ topic: 'news' }], first)
    await until(() => lines[0]?.asked.length === 1)
    for (const event of [news('a'), { topic: 'news', kind: 'reset', data: {} }, news('b')])
      lines[0]?.listener.hear(event, 'mark.1')

    const late = ear()
    hub.join([{ topic: 'news' }], late)

    expect(first.heard.map(({ kind }) => kind)).toEqual(['news.posted', 'reset', 'news.posted'])
    expect(late.heard.map(({ data }) => data.id)).not.toContain('a')
  })

  it('leaves out a topic that is refused, tells whose it was, and keeps the others', async () => {
    const { hub, lines } = open()
    const [mine, others] = [ear(), ear()]
    hub.join([{ topic: 'news' }], others)
    hub.join([{ topic: 'order:none', key: 'k' }], mine)
    await until(() => lines[0]?.asked.length === 1)

    expect(lines[0]?.listener.refused?.(404, ['topics.1.topic'])).toBe(true)

    await until(() => lines[0]?.asked.length === 2)
    expect(lines[0]?.topics()).toEqual([{ topic: 'news' }])
    expect([mine.refusals, others.refusals]).toEqual([['order:none'], []])
  })

  it('says when it is not live, also to a page that comes then, and nothing before that is known', async () => {
    const { hub, lines } = open()
    const first = ear()
    hub.join([{ topic: 'news' }], first)
    await until(() => lines[0]?.asked.length === 1)
    expect(first.standings).toEqual([])

    lines[0]?.listener.up()
    lines[0]?.listener.down()

    const late = ear()
    hub.join([{ topic: 'news' }], late)
    expect([first.standings, late.standings]).toEqual([[true, false], [false]])
  })

  it('says once that it is not live, however often it tries', async () => {
    const { hub, lines } = open()
    const mine = ear()
    hub.join([{ topic: 'news' }], mine)
    await until(() => lines[0]?.asked.length === 1)

    lines[0]?.listener.down()
    lines[0]?.listener.down()
    lines[0]?.listener.up()

    expect(mine.standings).toEqual([false, true])
  })

  it('has a second line for more than one question may ask, and lets go of one that nobody needs', async () => {
    const { hub, lines } = open()
    const leave = hub.join(
      Array.from({ length: 21 }, (_, i) => ({ topic: `order:${i}` })),
      ear(),
    )
    await until(() => lines[1]?.asked.length === 1)
    expect(lines.map((line) => line.topics().length)).toEqual([20, 1])

    leave()

    await until(() => lines.every((line) => line.isClosed))
  })
})

describe('the goods in the window', () => {
  const mug = { sku: 'MUG-001', name: 'Mug', description: '', priceCents: 1_800, currency: 'EUR', available: 5 }

  it('cost and number what was told last, and say what they cost before where they cost less', () => {
    const goods = createGoods()
    goods.learn([mug])

    goods.change([{ sku: 'MUG-001', available: 4 }])
    const [cheaper] = goods.change([{ sku: 'MUG-001', priceCents: 900 }])

    expect(cheaper).toMatchObject({ available: 4, priceCents: 900, wasCents: 1_800 })
    expect(goods.change([{ sku: 'MUG-001', priceCents: 2_000 }])[0]?.wasCents).toBeUndefined()
    expect(goods.change([{ sku: 'NONE', available: 1 }])).toEqual([])
  })
})

describe('what is said in a room', () => {
  it('is shown once and in its order, however often it is told, and thrown away at a gap', () => {
    const told = [2, 1, 2, 3].map((said) => ({
      topic: 'room:s',
      kind: 'room.said',
      data: { said, name: 'Ada', text: 'Hello.' },
    }))

    const shown = told.reduce(addSaid, /** @type {import('../../services/sale/public/js/room/said.js').Said[]} */ ([]))

    expect(shown.map(({ said }) => said)).toEqual([1, 2, 3])
    expect(addSaid(shown, { topic: 'room:s', kind: 'reset', data: {} })).toEqual([])
  })
})

/** A hub, and the lines that it opens: what each has asked for, and whom it tells. */
function open() {
  /** @type {{ asked: Wish[], listener: Listener, isClosed: boolean, topics(): any[] }[]} */
  const lines = []
  const hub = createHub((told) =>
    createLine(told, (ask, listener) => {
      /** @type {Wish[]} */
      const asked = []
      const line = { asked, listener, isClosed: false, topics: () => JSON.parse(asked.at(-1)?.body ?? '').topics }
      lines.push(line)
      return {
        open: () => void asked.push(ask()),
        close: () => {
          line.isClosed = true
        },
      }
    }),
  )
  return { hub, lines }
}

/** Waits for a truth, as long as the test may take. @param {() => boolean | undefined} is */
async function until(is) {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** @returns {Member & { heard: LiveEvent[], standings: boolean[], refusals: string[] }} */
function ear() {
  /** @type {{ heard: LiveEvent[], standings: boolean[], refusals: string[] }} */
  const all = { heard: [], standings: [], refusals: [] }
  return {
    ...all,
    hear: (event) => void all.heard.push(event),
    live: (is) => void all.standings.push(is),
    refused: (topic) => void all.refusals.push(topic),
  }
}

const news = (/** @type {string} */ id) => ({ topic: 'news', kind: 'news.posted', data: { id } })
const stock = (/** @type {string} */ sku, /** @type {number} */ available) => ({
  ...{ topic: 'stock', kind: 'stock.changed', data: [{ sku, available }] },
})
