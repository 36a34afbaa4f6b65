import { describe, expect, it } from '@jest/globals'
import { canCancel, stateAfter, type Told } from '../../services/order/order.ts'
import { type State, states } from '../../shared/states.ts'
import { samples } from '../event-samples.ts'

const said = <N extends Told['name']>(name: N, more: object = {}) =>
  ({ name, subject: 'o-1', data: { ...samples[name], ...more } }) as Extract<Told, { name: N }>
const reserved = said('stock.reserved')
const unpaid = said('stock.reserved', { paymentMethod: null })
const rejected = said('stock.rejected')
const captured = said('payment.captured')
const challenged = said('payment.challenged')
const refunded = said('payment.refunded')
const inPart = said('payment.refunded', { leftCents: 1 })
const declined = (tender?: number) => said('payment.declined', { tender })
const all: Told[] = [
  ...[reserved, rejected, said('stock.released'), captured, declined(1), challenged, refunded, inPart],
  ...[said('payment.disputed'), said('payment.refundRefused'), said('message.buried'), said('message.replayed')],
  said('message.discarded'),
]

const hearing = (before: State, ...heard: Told[]) =>
  heard.reduce((state, told) => stateAfter({ state, tender: 1 }, told), before)
const movers = (state: State) => all.filter((told) => hearing(state, told) !== state)

describe('the states of an order', () => {
  it.each<[string, Told[], State]>([
    ['with a card has money under way when it is reserved', [reserved], 'paying'],
    ['without one waits for its customer then', [unpaid], 'reserved'],
    ['is paid', [reserved, captured], 'paid'],
    ['is rejected when stock is missing', [rejected], 'rejected'],
    ['is declined when the card is', [reserved, declined()], 'declined'],
    ['is still under way when its customer has to confirm', [reserved, challenged], 'paying'],
  ])('a placed order %s', (_what, heard, state) => {
    expect(hearing('placed', ...heard)).toBe(state)
  })

  it('is the same when what is told of the payment overtakes the reservation', () => {
    expect(hearing('placed', captured, reserved)).toBe('paid')
    expect(hearing('placed', declined(), reserved)).toBe('declined')
    expect(hearing('placed', challenged, reserved)).toBe('paying')
  })

  it('is the same when a refund of all overtakes its payment; one of a part waits for it', () => {
    expect(hearing('placed', refunded, captured, reserved)).toBe('refunded')
    expect(hearing('placed', reserved, refunded, captured)).toBe('refunded')
    expect(hearing('placed', reserved, inPart, captured)).toBe('paid')
  })

  it('is the same when everything is heard twice', () => {
    expect(hearing('placed', reserved, captured, reserved, captured)).toBe('paid')
  })

  it('a card that was declined moves nothing any more when another one is under way', () => {
    const second = (told: Told) => stateAfter({ state: 'paying', tender: 2 }, told)

    expect([declined(1), declined(), declined(2)].map(second)).toEqual(['paying', 'paying', 'declined'])
  })

  it('a declined order whose money comes after all is paid: its stock is still held', () => {
    expect(hearing('declined', captured)).toBe('paid')
  })

  it.each<State>(['cancelled', 'expired'])('only a refund of all moves an order that is %s', (state) => {
    expect(movers(state)).toEqual([refunded])
    expect(hearing(state, captured, inPart, refunded, reserved)).toBe('refunded')
  })

  it('a paid order stays so while some of its money is left, and is refunded then', () => {
    expect(movers('paid')).toEqual([refunded])
    expect(hearing('paid', inPart, refunded)).toBe('refunded')
    expect(hearing('paid', refunded, inPart)).toBe('refunded')
  })

  it.each<State>(['rejected', 'refunded'])('%s is final for whatever is heard', (state) => {
    expect(movers(state)).toEqual([])
  })

  it('an order can be cancelled until it is final, and still when it is paid', () => {
    expect(states.filter(canCancel)).toEqual(['placed', 'reserved', 'paying', 'paid', 'declined'])
  })
})
