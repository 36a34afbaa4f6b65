/** As long as the lines of a shop at work are, about, and with ids that are as hard to guess. */
export function lineOf(run: string, n: number, at: number): string {
  const order = Math.floor(n / LINES_PER_ORDER)
  const about = { messageId: idOf(at, 2 * n + 1), attempt: 1, ms: n % 250 }
  const whose = { subject: idOf(at, 2 * order), order: `OL-${1_000_000 + order}` }
  const what = { level: 30, time: at, service: 'bench', ...whose, ...about, msg: MESSAGES[n % MESSAGES.length] }
  return `{"run":"${run}","n":${n},${JSON.stringify(what).slice(1)}\n`
}

const LINES_PER_ORDER = 6
const MESSAGES = ['order.placed', 'stock.reserved', 'payment.captured', 'mail.sent', 'order.paid', 'result.noted']

/** Looks like a UUIDv7: 48 bits of time, and what follows from no other. */
function idOf(at: number, seed: number): string {
  const time = at.toString(16).padStart(12, '0')
  const [a, b, c] = [mixed(seed), mixed(seed ^ 0x5bd1e995), mixed(seed ^ 0x27d4eb2f)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-9${b.slice(0, 3)}-${b.slice(4)}${c}`
}

/** Eight hexadecimal digits that look random. Source: the finalizer of MurmurHash3 */
function mixed(seed: number): string {
  let h = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
