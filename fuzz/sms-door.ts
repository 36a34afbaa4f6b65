import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Route, Schema } from './document.ts'

const SIGNATURE = 'X-Twilio-Signature'
const DOOR = '/webhooks/sms'
const PROBLEM: Schema = { $ref: '#/components/schemas/Problem' }
const REFUSALS = [400, 403, 413, 415, 429]

/** What the SMS gateway signs with, and below what it finds the shop. */
export type SmsDoor = { token: string; base: string }

/** What no document tells of, because only the gateway comes there: notification's doors for what becomes of SMS, and replies. */
export function smsRoutes(): Route[] {
  return [
    routeTo('status', status, [204, null], [{ name: 'sms', in: 'query', required: false, schema: text }]),
    routeTo('inbound', reply, [200, 'text/xml'], []),
  ]
}

function routeTo(
  place: string,
  body: Schema,
  [taken, type]: [number, string | null],
  parameters: Route['parameters'],
): Route {
  const refusals = REFUSALS.map((code): [number, Route['replies'] extends Map<number, infer R> ? R : never] => [
    code,
    { content: new Map([['application/problem+json', PROBLEM]]), headers: [] },
  ])
  const content: Map<string, Schema> = new Map(type === null ? [] : [[type, {}]])
  return {
    ...{ method: 'POST', path: `${DOOR}/${place}`, parameters, body, isForm: true },
    replies: new Map([[taken, { content, headers: [] }], ...refusals]),
    doors: [{ kind: 'key', header: SIGNATURE }],
  }
}

const text: Schema = { type: 'string', minLength: 1, maxLength: 60 }
const sid: Schema = { type: 'string', pattern: '^SM[0-9a-f]{32}$' }

/** https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
const status: Schema = {
  type: 'object',
  properties: {
    MessageSid: sid,
    MessageStatus: { enum: ['sending', 'sent', 'delivered', 'undelivered', 'failed'] },
    ErrorCode: { enum: ['30003', '30005'] },
  },
  required: ['MessageSid', 'MessageStatus'],
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request */
const reply: Schema = {
  type: 'object',
  properties: {
    MessageSid: sid,
    From: { type: 'string', pattern: '^\\+49170[0-9]{7}$' },
    Body: { enum: ['STOP', 'start', 'Hello?'] },
    OptOutType: { enum: ['STOP', 'START', 'HELP'] },
  },
  required: ['MessageSid', 'From', 'Body'],
}

/** The secret of a shop that was started by its launcher; where its notification listens is what its gateway is told. */
export function smsDoorOf(dataDir: string, notificationUrl: string): SmsDoor {
  return { token: readFileSync(join(dataDir, 'sms-token'), 'utf8').trim(), base: `${notificationUrl}${DOOR}` }
}

/** Whether a request comes to one of these doors. */
export const isSmsDoor = ({ path }: Pick<Route, 'path'>) => path.startsWith(`${DOOR}/`)

/** As the gateway signs: https://www.twilio.com/docs/usage/security#validating-requests */
export function smsSignatureOf(target: string, body: Buffer, { token, base }: SmsDoor): string {
  const fields = [...new URLSearchParams(body.toString())].sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
  const signed = base + target.slice(DOOR.length) + fields.map(([name, value]) => name + value).join('')
  return createHmac('sha1', token).update(signed).digest('base64')
}
