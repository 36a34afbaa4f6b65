import { describe, expect, it } from '@jest/globals'
import { linkTo, viewIn } from '../../services/control/public/js/address.js'

describe('the address of a view', () => {
  it('leads to it, with what it is narrowed to', () => {
    expect(viewIn('')).toEqual({ name: 'stage', params: {} })
    expect(viewIn('#/')).toEqual({ name: 'stage', params: {} })
    expect(viewIn('#/?arm=stop:payment')).toEqual({ name: 'stage', params: { arm: 'stop:payment' } })
    expect(viewIn('#/queue/payment')).toEqual({ name: 'queue', params: { service: 'payment' } })
    expect(viewIn('#/search?q=ada%40example.com')).toEqual({ name: 'search', params: { q: 'ada@example.com' } })
  })

  it('is the one it was made of, whatever is typed', () => {
    for (const q of ['OL-1000001', 'a/b?c#d', '100 %', '单 号'])
      expect(viewIn(linkTo('search', { q }))).toEqual({ name: 'search', params: { q } })
    const narrowed = { service: 'sale:urgent', order: 'x' }
    expect(viewIn(linkTo('queue', narrowed))).toEqual({ name: 'queue', params: narrowed })
  })

  it('says nothing of what is narrowed to nothing', () => {
    expect(linkTo('orders', { state: null })).toBe('#/orders')
    expect(linkTo('log', { q: '' })).toBe('#/log')
  })

  it('that was good before still is, and one that leads nowhere leads to the stage', () => {
    expect(viewIn('#mailbox').name).toBe('mails')
    expect(viewIn('#dead').name).toBe('letters')
    for (const none of ['#/constructor', '#/queue', '#/queue/a/b', '#/letters/1', '#/%'])
      expect(viewIn(none)).toEqual({ name: 'stage', params: {} })
  })
})
