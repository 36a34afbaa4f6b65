import { describe, expect, it } from '@jest/globals'
import { neighboursOf, saidBy, waysAmong } from '../../services/control/public/js/topology.js'
import { eventNames, receiversOf, services } from '../../shared/routes.ts'
import { sendersOf } from '../../shared/senders.ts'

/** @type {readonly string[]} */
const MAIN = ['order', 'inventory', 'payment', 'notification']
const routes = eventNames.flatMap((event) => sendersOf(event).map((from) => ({ event, from, to: receiversOf(event) })))

describe('the drawing of the pipeline', () => {
  it('has a line for each of the main line who tells another something, and none besides', () => {
    const drawn = waysAmong(MAIN, routes).map(({ from, to }) => `${from} → ${to}`)

    const told = routes.filter(({ event, from }) => !event.startsWith('message.') && MAIN.some((one) => one === from))
    const pairs = told.flatMap(({ from, to }) => to.filter((one) => one !== from).map((one) => `${from} → ${one}`))
    const among = pairs.filter((pair) => MAIN.some((one) => pair.endsWith(` ${one}`)))
    expect(drawn.toSorted()).toEqual([...new Set(among)].toSorted())
    expect(drawn).toContain('order → notification')
  })

  it('says of each line every event that takes it', () => {
    const [way] = waysAmong(MAIN, routes).filter(({ from, to }) => from === 'order' && to === 'inventory')

    expect(way).toMatchObject({ place: 'next', events: ['order.placed', 'order.expired', 'order.cancelled'] })
  })

  it('lays no line over another', () => {
    for (const place of ['over', 'under']) {
      const lines = waysAmong(MAIN, routes).filter((way) => way.place === place)
      const ends = lines.map(({ from, to, level }) => {
        const [a, b] = [from, to].map((name) => MAIN.indexOf(name)).sort()
        return { a: a ?? 0, b: b ?? 0, level }
      })
      const clashes = ends.flatMap((one, i) =>
        ends.slice(i + 1).filter((other) => other.level === one.level && other.a < one.b && one.a < other.b),
      )
      expect(lines.length).toBeGreaterThan(1)
      expect(clashes).toEqual([])
    }
  })

  it('knows of every service whom it hears, and what it says', () => {
    for (const service of services) {
      const { hears } = neighboursOf(service, routes)
      const speakers = routes.filter(
        ({ event, from, to }) => !event.startsWith('message.') && to.includes(service) && from !== service,
      )
      expect(new Set(hears)).toEqual(new Set(speakers.map(({ from }) => from)))
    }
    expect(saidBy('logs', routes).map(({ event }) => event)).toEqual(['log.collected'])
  })
})
