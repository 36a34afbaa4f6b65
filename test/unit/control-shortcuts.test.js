import { describe, expect, it } from '@jest/globals'
import { DIGITS, wishOf } from '../../services/control/public/js/shortcuts.js'

const key = (/** @type {string} */ name, more = {}) => ({
  ...{ key: name, ctrlKey: false, metaKey: false, altKey: false },
  ...more,
})

describe('a key', () => {
  it('means a button of the station one is at, the repair, the search, or a view', () => {
    expect(wishOf(key('k'), false)).toEqual({ is: 'station', does: ['kill'] })
    expect(wishOf(key('S'), false)).toEqual({ is: 'station', does: ['stop', 'start'] })
    expect(wishOf(key('r'), false)).toEqual({ is: 'repair' })
    expect(wishOf(key('/'), false)).toEqual({ is: 'search' })
    expect(wishOf(key('3'), false)).toEqual({ is: 'view', name: 'letters' })
  })

  it('means nothing while somebody types, or where it is the browser’s', () => {
    for (const name of ['k', 's', 'p', 'r', '/', '?', '1']) expect(wishOf(key(name), true)).toBeNull()
    for (const with_ of ['ctrlKey', 'metaKey', 'altKey']) expect(wishOf(key('r', { [with_]: true }), false)).toBeNull()
  })

  it('means nothing where nothing is behind it', () => {
    for (const name of ['x', 'Enter', '0', String(DIGITS.length + 1), 'constructor'])
      expect(wishOf(key(name), false)).toBeNull()
  })
})
