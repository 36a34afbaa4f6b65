import type { Sms } from './book.ts'
import type { Status } from './line.ts'
import { troubles } from './numbers.ts'

/** An SMS as the API shows it: https://www.twilio.com/docs/messaging/api/message-resource#message-properties */
export function messageObject(account: string, { was, now }: Sms): object {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${was.sid}`
  const code = now?.code ?? null
  return {
    ...{ account_sid: account, api_version: '2010-04-01', body: was.body },
    ...{ date_created: dateOf(was.at), date_sent: sentOf({ was, now }), date_updated: dateOf((now ?? was).at) },
    direction: was.kind === 'taken' ? 'outbound-api' : 'inbound',
    ...{ error_code: code, error_message: code === null ? null : (troubles[code] ?? null) },
    ...{ from: was.from, messaging_service_sid: null, num_media: '0', num_segments: String(segmentsOf(was.body)) },
    ...{ price: null, price_unit: null, sid: was.sid, status: statusOf({ was, now }) },
    ...{ subresource_uris: { media: `${uri}/Media.json` }, to: was.to, uri: `${uri}.json` },
  }
}

/** How it stands. */
export function statusOf({ was, now }: Pick<Sms, 'was' | 'now'>): Status | 'received' {
  return was.kind === 'reply' ? 'received' : (now?.status ?? 'queued')
}

/** When it went out (ms); null while it waits. */
export function sentAtOf({ was, now }: Pick<Sms, 'was' | 'now'>): number | null {
  if (was.kind === 'reply') return was.at
  return now === null || now.status === 'sending' ? null : now.at
}

function sentOf(sms: Pick<Sms, 'was' | 'now'>): string | null {
  const at = sentAtOf(sms)
  return at === null ? null : dateOf(at)
}

/** RFC 2822, to the second. */
const dateOf = (ms: number) => new Date(ms).toUTCString().replace('GMT', '+0000')

const GSM = /^[\n\r !-~¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ€]*$/

/** Into how many pieces a text is cut: https://www.twilio.com/docs/glossary/what-sms-character-limit */
function segmentsOf(body: string): number {
  const [whole, part] = GSM.test(body) ? [160, 153] : [70, 67]
  return body.length <= whole ? 1 : Math.ceil(body.length / part)
}
