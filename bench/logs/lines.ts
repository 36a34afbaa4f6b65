/** As many characters as the lines of a shop at work have, about. */
export function lineOf(run: string, n: number, at: number): string {
  const id = `${(at + n).toString(16).padStart(12, '0').slice(-12)}`
  const about = { messageId: `01a20753-7f79-740f-a857-${id}`, attempt: 1, ms: n % 250 }
  const order = { subject: `01a20753-7f79-7d2c-8c1e-${id}`, order: `OL-${1_000_000 + (n % 50_000)}` }
  const what = { level: 30, time: at, service: 'bench', ...order, ...about, msg: MESSAGES[n % MESSAGES.length] }
  return `{"run":"${run}","n":${n},${JSON.stringify(what).slice(1)}\n`
}

const MESSAGES = ['order.placed', 'stock.reserved', 'payment.captured', 'mail.sent', 'order.paid', 'result.noted']
