/**
 * What tells two events of one name apart that happen to one order: what they carry under these names. Whatever stands
 * not here happens to an order once.
 */
const tellsApart: Record<string, string[]> = {
  'order.tendered': ['tender'],
  'order.refundAsked': ['asked'],
  'payment.declined': ['tender'],
  'payment.challenged': ['tender'],
  'payment.refunded': ['refundId'],
  'payment.refundRefused': ['asked'],
  'payment.disputed': ['dispute', 'status'],
  'gateway.told': ['told'],
  'customer.linkAsked': ['link'], // sealed anew each time
  'customer.phoneAdded': ['code'],
  'customer.preferred': ['revision'],
  'customer.signedOut': ['session', 'at'],
  'alert.asked': ['code'],
  'room.said': ['said'],
  'stock.changed': ['revision'],
  'price.changed': ['revision'],
}

/** What may happen to one subject again and again, and carries nothing that tells it apart: only its id does. */
const againAndAgain = [
  ...['mail.sent', 'mail.bounced', 'sms.due', 'sms.sent', 'sms.failed', 'sms.stopped', 'sale.spared'],
  ...['stock.back', 'log.collected'],
]

/** Columns of a table of events: their name, what they carry as JSON, and the id of the event. */
type Columns = { name: string; data: string; id: string }

/**
 * SQL for which of its name an event is; empty where there can be but one. That a refund has failed which nobody here
 * asked for carries nothing that tells it apart: there it is the event's own id.
 */
export function occurrence({ name, data, id }: Columns): string {
  const cases = Object.entries(tellsApart).map(([event, keys]) => {
    const parts = keys.map((key) => `COALESCE(CAST(${data}->>'$.${key}' AS TEXT), '')`).join(` || ' ' || `)
    return `WHEN '${event}' THEN ${event === 'payment.refundRefused' ? `COALESCE(${data}->>'$.asked', ${id})` : parts}`
  })
  const others = againAndAgain.map((event) => `WHEN '${event}' THEN ${id}`)
  return `CASE ${name} ${[...cases, ...others].join(' ')} ELSE '' END`
}
