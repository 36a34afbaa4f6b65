import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import Database from 'better-sqlite3'
import { readMailbox } from '../../audit/mailbox.ts'
import { readSmsBook } from '../../audit/sms-book.ts'
import { createOutside } from '../../services/control/tour/outside.ts'
import { newCustomer } from '../../services/control/tour/sign-up/new-customer.ts'
import { readConfig } from '../../shared/config.ts'
import { openMailbox } from '../../shared/web/mailbox.ts'
import { start as startMailbox } from '../../simulators/mailbox/main.ts'
import { start as startSmsGateway } from '../../simulators/sms-gateway/main.ts'
import { openPost } from '../../simulators/tutorial/sign-up/post.ts'
import { openDesk } from '../../simulators/tutorial/sign-up/sign-up.ts'

const ACCOUNT = 'AC00000000000000000000000000000000'
const TOKEN = 'a token of sixteen characters'
const folder = mkdtempSync(join(tmpdir(), 'orderline-desk-'))
const host = '127.0.0.1'
let mailbox: Awaited<ReturnType<typeof startMailbox>>
let sms: Awaited<ReturnType<typeof startSmsGateway>>
let desk: ReturnType<typeof openDesk>
beforeAll(async () => {
  mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, host, filePath: join(folder, 'mailbox.jsonl') })
  sms = await startSmsGateway({ port: 0, host, filePath: join(folder, 'sms.jsonl'), account: ACCOUNT, token: TOKEN })
  const own = { SMS_API_BASE: sms.url, SMS_ACCOUNT: ACCOUNT, SMS_TOKEN: TOKEN }
  desk = openDesk(folder, openPost({ ...own, SMTP_URL: mailbox.smtpUrl }))
})
afterAll(async () => {
  desk.close()
  await Promise.all([mailbox.close(), sms.close()])
  rmSync(folder, { recursive: true })
})

const turn = (url: string, to: object) =>
  fetch(`${url}/_switches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(to),
  })
const rowOf = (email: string) => {
  const db = new Database(join(folder, 'sign-up.sqlite'), { readonly: true })
  return db.prepare('SELECT email FROM account WHERE email = ?').get(email)
}
const outsideOf = ({ email, phone }: { email: string; phone: string }) => {
  const config = { ...readConfig({}), SMS_GATEWAY_URL: sms.url }
  return createOutside(config, openMailbox(mailbox.url))({ email, phone })
}

describe('signing up without a queue', () => {
  it.each(['serial', 'parallel'] as const)('%s answers when row, mail and SMS are where they belong', async (way) => {
    const customer = newCustomer()

    await desk.signUp(way, customer)

    const { mails, sms: texts, charges } = await outsideOf(customer)
    expect([mails?.length, texts?.length, charges]).toEqual([1, 1, null])
    expect(rowOf(customer.email)).toEqual({ email: customer.email })
  })

  it('sends nothing that the auditor would take for the shop’s', async () => {
    await desk.signUp('parallel', newCustomer())

    const { arrived, personal, nameless } = readMailbox(join(folder, 'mailbox.jsonl'), new Map())
    expect([arrived.size, personal.size, nameless]).toEqual([0, 0, []])
    expect([...readSmsBook(join(folder, 'sms.jsonl'))]).toEqual([])
  })

  it('takes as long as both together, or as the slower one', async () => {
    await Promise.all([turn(mailbox.url, { delayMs: 200 }), turn(sms.url, { delayMs: 300 })])
    const timed = async (way: 'serial' | 'parallel') => {
      const since = performance.now()
      await desk.signUp(way, newCustomer())
      return performance.now() - since
    }

    const [serial, parallel] = [await timed('serial'), await timed('parallel')]

    expect(serial).toBeGreaterThanOrEqual(500)
    expect(parallel).toBeGreaterThanOrEqual(300)
    expect(parallel).toBeLessThan(serial)
    await Promise.all([turn(mailbox.url, { delayMs: 0 }), turn(sms.url, { delayMs: 0 })])
  })

  it('fails with the gateway, though the row is there', async () => {
    await turn(sms.url, { down: true })
    const customer = newCustomer()

    await expect(desk.signUp('serial', customer)).rejects.toThrow()

    expect(rowOf(customer.email)).toEqual({ email: customer.email })
    await turn(sms.url, { down: false })
  })
})
