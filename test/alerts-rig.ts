import { expect } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { SHOP_URL, useNotification } from './notification-rig.ts'
import { until } from './until.ts'

export const ADA = 'ada@example.com'
export const SKU = 'PRT-001'

/** A notification service with the mails of alerts in hand. */
export function useAlerts() {
  const rig = useNotification()
  const url = (path: string) => `${rig.service?.url}${path}`
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(url(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const ask = (parts: object = {}) => post('/api/alerts', { email: ADA, sku: SKU, kind: 'back', ...parts })
  /** The mails to somebody, oldest first, once there are so many. */
  const mailsTo = (email: string, count: number) =>
    until(
      async () => {
        const mails = (await rig.mails()).filter(({ to }) => to.includes(email))
        return mails.length >= count && mails
      },
      { what: `${count} mails to ${email}` },
    )
  /** The code in the newest mail to somebody, which is their mail number so and so. */
  const codeFor = async (email = ADA, count = 1) => {
    const mail = (await mailsTo(email, count)).at(-1)
    return new RegExp(`${SHOP_URL}/alerts#(\\S+)`).exec(mail?.text ?? '')?.[1] ?? ''
  }
  const confirm = (code: string) => post('/api/alerts/confirm', { code })
  const confirmed = async (parts: { email?: string; kind?: string } = {}) => {
    expect((await ask(parts)).status).toBe(202)
    expect((await confirm(await codeFor(parts.email))).status).toBe(200)
  }
  return {
    ...{ rig, url, post, ask, mailsTo, codeFor, confirm, confirmed },
    get: (path: string) => fetch(url(path)),
    look: async (code: string) => (await post('/api/alerts/look', { code })).json(),
    stop: (code: string) => post('/api/alerts/stop', { code }),
    states: () => rig.rows<{ state: string }>('SELECT state FROM "Alert" ORDER BY id').map(({ state }) => state),
    isBack: async (sku = SKU) => rig.done(await rig.push('stock.back', sku, { available: 7 })),
    costs: async (priceCents: number, wasCents: number, sku = SKU) =>
      rig.done(await rig.push('price.changed', sku, { priceCents, wasCents, currency: 'EUR', revision: 1 })),
    /** Writes down alerts as if each had been asked for and confirmed. */
    wait: (count: number) => {
      const rows = Array.from({ length: count }, (_, i) => [uuidv7(), `${i}@example.com`])
      rig.write(INSERT, SKU, Date.now(), Date.now(), JSON.stringify(rows))
    },
  }
}

const INSERT = `
  INSERT INTO "Alert" (id, sku, kind, mailbox, email, language, state, open, timesBack, priceCents, asks, askedAt, confirmedAt)
  SELECT value->>0, ?, 'back', value->>1, value->>1, 'en', 'confirmed', value->>1, 0, 6500, 1, ?, ? FROM json_each(?)`
