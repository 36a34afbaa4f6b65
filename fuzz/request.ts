import { breakages } from './break-text.ts'
import { crooked } from './crooked.ts'
import type { Customers } from './customers.ts'
import type { Route } from './document.ts'
import { isSmsDoor, type SmsDoor, smsSignatureOf } from './sms-door.ts'
import { spoiled } from './spoil.ts'
import { filled } from './values.ts'
import { isWebhook, signatureOf } from './webhook-door.ts'
import type { Body, Showing, Wish } from './wish.ts'
import type { Words } from './words.ts'

/** A request as it is sent. `bytes` are those of the last, or only, one; `asked` is how many answers there are to be. */
export type Request = {
  wish: Wish
  method: string
  target: string
  headers: [string, string][]
  body: Buffer
  bytes: Buffer
  asked: number
}

/** What is known of the admin, and of customers: the token, cookies of sessions, and the secret that the gateway signs with. */
export type Admin = {
  token: string
  cookie: string
  customers: Pick<Customers, 'cookieFor'>
  webhookSecret: string
  sms: SmsDoor
}

/** Makes the request, with what the shop has said until now. */
export function requestOf(wish: Wish, words: Words, admin: Admin): Request {
  const target = targetOf(wish, words)
  const body = wish.body === null ? null : bodyBytes(wish.body, words, wish.route.isForm)
  const headers: [string, string][] = [
    ['Host', 'shop.example'],
    ...wish.headers.map(([name, value]): [string, string] => [name, latin1(textOf(filled(value, words)))]),
    ...shown(wish, target, words, admin, body ?? Buffer.alloc(0)),
    ...(body === null ? [] : bodyHeaders(wish, body)),
  ]
  const one = { wish, method: methodOf(wish), target, headers, body: body ?? Buffer.alloc(0) }
  return { ...one, ...travelling(one) }
}

/** Whether what is crooked was still understood as HEAD, so that no body comes, nobody could tell. */
const methodOf = ({ method, sending }: Wish) => (sending.kind === 'crooked' && method === 'HEAD' ? 'GET' : method)

function targetOf({ route, path, query, oddQuery }: Wish, words: Words): string {
  const place = route.path.replace(/\{(\w+)\}/g, (_, name) => segment(textOf(filled(path[name], words))))
  const asked = query.map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(textOf(filled(value, words))))}`)
  const all = [...asked, oddQuery].filter((text) => text !== '').join('&')
  return latin1(all === '' ? place : `${place}?${all}`)
}

/** Odd ones are sent as they are: they are encoded already, in their way. */
const segment = (text: string) =>
  /^[!-~\x80-\xff]*$/.test(text) ? text.replaceAll(/[?#/]/g, '') : encodeURIComponent(wellFormed(text))
/** Half a character cannot be percent-encoded. */
const wellFormed = (text: string) => text.replaceAll(/\p{Cs}/gu, '\ufffd')
const textOf = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
/** What is not one byte becomes several: that is how a careless client sends it. Line ends would be another header. */
const latin1 = (text: string) =>
  (/^[\0-\xff]*$/.test(text) ? text : Buffer.from(text).toString('latin1')).replaceAll(/[\r\n]/g, '')

function bodyBytes({ value, spoils, breakage }: Body, words: Words, isForm = false): Buffer {
  const bent = spoils.reduce(spoiled, filled(value, words))
  const text = isForm ? formOf(bent) : (JSON.stringify(bent) ?? '')
  return breakage === null ? Buffer.from(text) : breakages[breakage](text)
}

function formOf(value: unknown): string {
  const fields = Object.entries(typeof value === 'object' && value !== null ? value : {})
  return new URLSearchParams(
    fields.map(([name, one]): [string, string] => [wellFormed(name), wellFormed(textOf(one))]),
  ).toString()
}

function bodyHeaders({ mediaType, body }: Wish, bytes: Buffer): [string, string][] {
  const zipped: [string, string][] = body?.breakage === 'gzip' ? [['Content-Encoding', 'gzip']] : []
  const typed: [string, string][] = mediaType === '' ? [] : [['Content-Type', mediaType]]
  return [...typed, ...zipped, ['Content-Length', String(bytes.length)]]
}

// A wrong token is not looked at after twenty a minute from one address; these are of other people, as a proxy tells.
const guesser = ({ address, oddQuery }: Wish) => `203.0.113.${(address + oddQuery.length) % 8}`

function shown(wish: Wish, target: string, words: Words, admin: Admin, body: Buffer): [string, string][] {
  const { token, cookie } = admin
  const own = admin.customers.cookieFor(wish.route)
  const door = wish.route.doors.find(({ kind }) => kind === 'key')
  const keyHeader = door?.kind === 'key' ? door.header : 'Order-Key'
  const id = target.split(/[/?]/).find((part) => words.keyOf(part) !== undefined) ?? ''
  const ways: Record<Showing, [string, string][]> = {
    key: [[keyHeader, signatureOn(wish.route, target, body, admin) ?? words.keyOf(id) ?? 'of nothing']],
    token: [['Authorization', `Bearer ${token}`]],
    session: [
      ['Cookie', cookie],
      ['Sec-Fetch-Site', 'same-origin'],
    ],
    customer: [
      ['Cookie', own],
      ['Sec-Fetch-Site', 'same-origin'],
    ],
    'wrong customer': [
      ['Cookie', own.replace(/.(;|$)/, '~$1')],
      ['Sec-Fetch-Site', 'same-origin'],
    ],
    'wrong key': [[keyHeader, (words.keyOf(id) ?? 'of nothing').replace(/.$/, '~')]],
    'wrong token': [
      ['Authorization', `Bearer ${token.slice(1)}`],
      ['X-Forwarded-For', guesser(wish)],
    ],
    'wrong session': [['Cookie', cookie.replace(/.$/, '~')]],
    'odd header': [
      ['Authorization', 'Bearer'],
      ['Authorization', 'Basic YTpi'],
      ['Cookie', '=;;=\xff; %'],
      [keyHeader, '\xff'],
    ],
    nothing: [],
  }
  return ways[wish.showing]
}

/** What comes to a door for webhooks is signed. */
function signatureOn(route: Route, target: string, body: Buffer, { webhookSecret, sms }: Admin): string | undefined {
  if (isWebhook(route)) return signatureOf(body, webhookSecret)
  return isSmsDoor(route) ? smsSignatureOf(target, body, sms) : undefined
}

type Made = Omit<Request, 'bytes' | 'asked'>

function travelling(made: Made): Pick<Request, 'bytes' | 'asked'> {
  const { sending } = made.wish
  const last = linesOf(made, 'close')
  if (sending.kind === 'crooked') return { bytes: crooked[sending.how](last, made.body), asked: 1 }
  const bytes = Buffer.concat([headOf(last), made.body])
  if (sending.kind === 'cut') return { bytes: bytes.subarray(0, Math.ceil(bytes.length * sending.share)), asked: 0 }
  if (sending.kind !== 'twice') return { bytes, asked: 1 }
  return { bytes: Buffer.concat([headOf(linesOf(made, 'keep-alive')), made.body, bytes]), asked: 2 }
}

const headOf = (lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
const linesOf = ({ method, target, headers }: Made, connection: string) => [
  `${method} ${target} HTTP/1.1`,
  ...headers.map(([name, value]) => `${name}: ${value}`),
  `Connection: ${connection}`,
]
