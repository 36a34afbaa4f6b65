import { describe, expect, it } from '@jest/globals'
import { canCancel, type Result, stateAfter } from '../../services/order/order.ts'
import { type State, states } from '../../shared/states.ts'

const all: Result[] = [
  ...(['stock.reserved', 'stock.rejected', 'stock.released'] as const),
  ...(['payment.captured', 'payment.declined', 'payment.refunded'] as const),
  ...(['message.buried', 'message.replayed'] as const),
]

const hearing = (state: State, ...heard: Result[]) => heard.reduce(stateAfter, state)

describe('the states of an order', () => {
  it.each<[string, Result[], State]>([
    ['is reserved', ['stock.reserved'], 'reserved'],
    ['is paid', ['stock.reserved', 'payment.captured'], 'paid'],
    ['is rejected when stock is missing', ['stock.rejected'], 'rejected'],
    ['is declined when the card is', ['stock.reserved', 'payment.declined'], 'declined'],
  ])('a placed order %s', (_what, heard, state) => {
    expect(hearing('placed', ...heard)).toBe(state)
  })

  it('is the same when the result of the payment overtakes the reservation', () => {
    expect(hearing('placed', 'payment.captured', 'stock.reserved')).toBe('paid')
    expect(hearing('placed', 'payment.declined', 'stock.reserved')).toBe('declined')
  })

  it('is the same when everything is heard twice', () => {
    expect(hearing('placed', 'stock.reserved', 'payment.captured', 'stock.reserved', 'payment.captured')).toBe('paid')
  })

  it('only a refund moves a cancelled order', () => {
    const moving = all.filter((result) => hearing('cancelled', result) !== 'cancelled')

    expect(moving).toEqual(['payment.refunded'])
    expect(hearing('cancelled', 'payment.captured', 'payment.refunded', 'stock.reserved')).toBe('refunded')
  })

  it.each<State>(['paid', 'rejected', 'declined', 'refunded'])('%s is final for whatever is heard', (state) => {
    expect(all.map((result) => stateAfter(state, result))).toEqual(all.map(() => state))
  })

  it('an order can be cancelled until it is final, and still when it is paid', () => {
    expect(states.filter(canCancel)).toEqual(['placed', 'reserved', 'paid'])
  })
})
