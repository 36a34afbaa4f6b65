import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { look } from './ask.ts'
import { watchLines } from './line-watch.ts'
import type { Shop } from './shop.ts'

/** Where customers look for what was sent to them: their mailboxes and their phones. */
export type PostBoxes = {
  /** The token of the newest link of that kind in the mails to an address, but for some. Null when `signal` says to stop before. */
  linkTo(address: string, kind: LinkKind, signal: AbortSignal, but?: ReadonlySet<string>): Promise<string | null>
  /** The newest code that was sent to a phone, or by mail in its place; null likewise. */
  codeFor(phone: string, address: string, signal: AbortSignal): Promise<string | null>
}

type LinkKind = 'verify' | 'reset' | 'alert'

const LOOK_EVERY_MS = 300

const mail = z.object({ id: z.string(), to: z.array(z.string()) })
const sms = z.object({ kind: z.string(), to: z.string().default(''), body: z.string().default('') })
const opened = z.object({ text: z.string() })

/** Looks into what the simulators keep; a mail is opened as a person opens it. */
export function openPostBoxes(shop: Pick<Shop, 'url' | 'dataDir'>): PostBoxes {
  const newMails = watchLines(join(shop.dataDir, 'mailbox.jsonl'), mail)
  const newSms = watchLines(join(shop.dataDir, 'sms.jsonl'), sms)
  const mailsTo = new Map<string, string[]>()
  const smsTo = new Map<string, string[]>()
  const collect = () => {
    for (const { id, to } of newMails()) for (const one of to) put(mailsTo, one.toLowerCase(), id)
    for (const { kind, to, body } of newSms()) if (kind === 'taken') put(smsTo, to, body)
  }
  const textIn = async (id: string) => (await look(`${shop.url('mailbox')}/messages/${id}`, {}, opened))?.text ?? ''
  const inMails = async (address: string, wanted: RegExp, but: ReadonlySet<string> = NONE) => {
    for (const id of [...(mailsTo.get(address.toLowerCase()) ?? [])].reverse()) {
      const found = wanted.exec(await textIn(id))?.[1]
      if (found !== undefined && !but.has(found)) return found
    }
    return null
  }
  const inSms = (phone: string) =>
    [...(smsTo.get(phone) ?? [])].reverse().flatMap((body) => CODE.exec(body)?.[1] ?? [])[0] ?? null
  const search = async (find: () => Promise<string | null>, signal: AbortSignal) => {
    for (; !signal.aborted; await delay(LOOK_EVERY_MS)) {
      collect()
      const found = await find()
      if (found !== null) return found
    }
    return null
  }
  return {
    linkTo: (address, kind, signal, but) => search(() => inMails(address, LINKS[kind], but), signal),
    codeFor: (phone, address, signal) => search(async () => inSms(phone) ?? (await inMails(address, CODE)), signal),
  }
}

const NONE: ReadonlySet<string> = new Set()
const LINKS = {
  verify: /\/account\/verify#([\w.-]+)/,
  reset: /\/account\/reset#([\w.-]+)/,
  alert: /\/alerts#([\w.-]+)/,
}
const CODE = /(?<!\d)(\d{6})(?!\d)/

function put<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list) list.push(one)
  else lists.set(key, [one])
}
