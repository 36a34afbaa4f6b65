import { describe, expect, it } from '@jest/globals'
import { commandsAbout, stepsAbout } from '../../services/control/public/js/tour/about.js'
import { dotsOf } from '../../services/control/public/js/tour/dots.js'

/** @import { HeardCommand, HeardStep } from '../../services/control/public/js/tour/station.js' */

let key = 0
/**
 * A step as the page hears it.
 * @param {string} service @param {string} name @param {HeardStep['messages'][number]} message @param {Partial<HeardStep>} [more]
 * @returns {HeardStep}
 */
const step = (service, name, message, more = {}) => ({
  ...{ key: ++key, service, name, file: 'f.ts', line: 1, at: key, isLast: false, queue: null, excerpt: null },
  ...more,
  messages: [message],
})
const PLACED = { id: 'a', name: 'order.placed', subject: 'o' }
const pushed = [
  step('order', 'before push', { ...PLACED, raw: '{"id":"a"}' }, { queue: 'inventory' }),
  step('order', 'after push', PLACED, { queue: 'inventory' }),
]
const placeAfter = (/** @type {HeardStep[]} */ ...steps) => dotsOf([...pushed, ...steps])[0]?.place

describe('a dot', () => {
  it('goes where the steps say: list, hand, disk, done, and the row is deleted', () => {
    const way = [
      step('inventory', 'after pop', PLACED),
      step('inventory', 'before acknowledge', { id: 'a' }),
      step('inventory', 'after acknowledge', { id: 'a' }),
      step('order', 'after delete of the row', { id: 'a' }, { queue: 'inventory' }),
    ]

    const places = way.map((_, i) => placeAfter(...way.slice(0, i + 1)))

    expect([placeAfter(), ...places]).toEqual(['list', 'hand', 'kept', 'done', 'settled'])
  })

  it('is nowhere but with its sender when its worker was killed, and in the list when it was pushed again', () => {
    const death = step('inventory', 'after pop', PLACED, { isLast: true })
    const again = step('order', 'before push', PLACED, { queue: 'inventory' })

    expect(placeAfter(death)).toBe('gone')
    expect(dotsOf([...pushed, death, again])[0]).toMatchObject({
      place: 'list',
      pushes: 2,
      from: 'order',
      to: 'inventory',
    })
  })

  it('is one for each receiver, whatever the lane, with the element as it lay in the list', () => {
    const urgent = step('order', 'before push', { ...PLACED, raw: '{}' }, { queue: 'sale:urgent' })

    expect(dotsOf([...pushed, urgent]).map(({ to, raw }) => [to, raw])).toEqual([
      ['inventory', '{"id":"a"}'],
      ['sale', '{}'],
    ])
  })

  it('is not made of what was sent before somebody listened', () => {
    expect(dotsOf([step('inventory', 'after acknowledge', { id: 'older' })])).toEqual([])
  })
})

describe('what is about one order', () => {
  const ack = step('inventory', 'after acknowledge', { id: 'a' })
  const other = step('order', 'before push', { id: 'b', name: 'order.placed', subject: 'p' }, { queue: 'inventory' })

  it('are its messages, also where their ids alone are known', () => {
    expect(stepsAbout([...pushed, other, ack], ['o'])).toEqual([...pushed, ack])
    expect(stepsAbout([other], undefined)).toEqual([other])
  })

  it('are the commands that name one of them', () => {
    const commands = [command('orderline:{inventory}:status', 'a', 'done'), command('k', 'b', 'done')]

    expect(commandsAbout(commands, pushed, ['o'])).toEqual([commands[0]])
    expect(commandsAbout(commands, [], [])).toEqual([])
  })
})

/** @param {...string} args @returns {HeardCommand} */
const command = (...args) => ({ key: ++key, at: key, service: 'inventory', name: 'HSET', args })
