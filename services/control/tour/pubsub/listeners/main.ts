import { Crowd } from './crowd.ts'
import { type Heard, type Order, orderShape } from './words.ts'

const TELL_MS = 200

// Listeners of both kinds in a process of their own, each with a connection; it costs no thread of the shop any time.
let crowds: { ours: Crowd; plain: Crowd } | null = null
let isGathered = false
let talk = ''

process.on('message', (message) => void obey(orderShape.parse(message)))
process.once('disconnect', () => process.exit()) // whoever sent us is gone
setInterval(tell, TELL_MS)

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'gather':
      crowds = { ours: new Crowd(order.ours), plain: new Crowd(order.plain) }
      await Promise.all([crowds.ours.gather(order.count), crowds.plain.gather(order.count)])
      isGathered = true
      break
    case 'begin':
      talk = order.talk
      crowds?.ours.begin(talk)
      crowds?.plain.begin(talk)
      break
    case 'said':
      crowds?.ours.said(order.n)
      crowds?.plain.said(order.n)
      break
    case 'first':
      crowds?.ours.first(order.what)
      crowds?.plain.first(order.what)
  }
  tell()
}

function tell(): void {
  if (crowds === null || !process.connected) return
  const { ours, plain } = crowds
  const heard: Heard = {
    ...{ talk, isGathered, listeners: Math.max(ours.size, plain.size) },
    ...{ ours: ours.side(), plain: plain.side() },
  }
  process.send?.(heard)
}
