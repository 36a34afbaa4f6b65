import { z } from 'zod'
import { type Express, parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import type { Sms } from './sms.ts'
import { bodyOf } from './sms-texts.ts'

const OF_ORDER_MAX = 20
const SHOWN_DIGITS = 3 // of a phone number, at its end: whoever has an order's key need not be who has the phone

const query = z.object({ subject: z.string().min(1).max(64) })

/** `GET /ops/sms?subject=`, for other programs of ours: the SMS about an order, oldest first. */
export function mountSms(app: Express, read: Client): void {
  app.get('/ops/sms', async (req, res) => {
    const { subject } = parseBody(query, req.query)
    res.json({ sms: await smsAbout(read, subject) })
  })
}

type Row = Pick<Sms, 'id' | 'kind' | 'phone' | 'language' | 'number' | 'orderState' | 'state' | 'at'>

async function smsAbout(read: Client, orderId: string) {
  const rows = await read.$queryRaw<Row[]>`
    SELECT id, kind, phone, language, number, "orderState", state, at FROM "Sms"
    WHERE subject = ${orderId} AND kind = 'order' ORDER BY at, id LIMIT ${OF_ORDER_MAX}`
  return rows.map((sms) => {
    const { id, phone, state, at } = sms
    return { id, at: Number(at), to: masked(phone), state, text: bodyOf(sms, '') }
  })
}

/** Empty where its account was deleted. */
const masked = (phone: string) => (phone === '' ? '' : `…${phone.slice(-SHOWN_DIGITS)}`)
