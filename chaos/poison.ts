/** What tells the dead letters of our own poison from those of real messages. */
export const POISON_MARK = 'chaos-poison'

const envelope = { id: POISON_MARK, orderId: POISON_MARK, at: 1, stamp: 1, attempt: 1, data: {} }

const poisons: (() => string)[] = [
  () => `${POISON_MARK}: not even JSON`,
  () => `{"id":"${POISON_MARK}-torn","name":"order.pla`,
  () => JSON.stringify({ ...envelope, name: 'goods.stolen' }),
  () => JSON.stringify({ ...envelope, name: 'order.cancelled' }),
  () => JSON.stringify({ id: POISON_MARK }),
  () => JSON.stringify([POISON_MARK]),
  () => POISON_MARK.repeat(30_000), // larger than a message may be
  () => `"${POISON_MARK} \u0000 \ud83d"`,
]

export const poisonCount = poisons.length

/** Something that is not a message, for a list of messages. */
export function poisonAt(index: number): string {
  return poisons[index % poisons.length]?.() ?? POISON_MARK
}
