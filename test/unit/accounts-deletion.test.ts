import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { EMAIL, PASSWORD, useAccounts } from '../accounts-rig.ts'
import { problemOf } from '../order-rig.ts'

const accounts = useAccounts()
const PHONE = '+491701234567'
const erase = (browser: { post: typeof accounts.post }, password = PASSWORD) =>
  browser.post('/api/account/delete', { password })

describe('deleting an account', () => {
  it('erases who it was, and tells those who know them, too', async () => {
    const subject = await accounts.register({ phone: PHONE })
    await accounts.post('/api/accounts/reset', { email: EMAIL })
    const browser = await accounts.signedIn()
    await browser.post('/api/accounts/verify', { token: await accounts.tokenIn('customer.registered') })

    expect((await erase(browser)).status).toBe(204)

    const tables = ['account', 'proof', 'session', 'registration'] as const
    const rows: unknown[] = []
    for (const table of tables) rows.push(await accounts.rows(table))
    const text = JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? Number(value) : value))
    for (const trace of ['Ada', 'Lovelace', EMAIL, 'example.com', PHONE, 'argon2']) expect(text).not.toContain(trace)
    expect(rows[0]).toMatchObject([{ id: subject, mailbox: null, deletedAt: expect.anything() }])
    for (const queue of ['order', 'notification'] as const)
      expect(await accounts.heard('customer.deleted', queue)).toMatchObject([{ subject, data: { email: EMAIL } }])
    expect(await accounts.heard('customer.signedOut', 'order')).toMatchObject([{ data: { session: null } }])
  })

  it('tells no address that was never proved: what others have ordered by it is theirs', async () => {
    await accounts.register()

    await erase(await accounts.signedIn())

    expect(await accounts.heard('customer.deleted', 'notification')).toMatchObject([{ data: { email: '' } }])
  })

  it('leaves no link and no session that works, and the address free for another account', async () => {
    const first = await accounts.register()
    const browser = await accounts.signedIn()
    const token = await accounts.tokenIn('customer.registered')

    await erase(browser)

    expect((await browser.get('/api/account')).status).toBe(401)
    expect((await accounts.post('/api/accounts/verify', { token })).status).toBe(404)
    await expect(accounts.signedIn()).rejects.toThrow('not signed in')
    expect(await accounts.register({ password: 'another one' })).not.toBe(first)
    await accounts.signedIn(EMAIL, 'another one')
  })

  it('wants the password once more', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()

    expect(await problemOf(await erase(browser, 'not this one'))).toMatchObject({ status: 422, fields: ['password'] })
    expect((await browser.get('/api/account')).status).toBe(200)
  })

  it('is of what tables hold: what the events say of tokens and codes is sealed, whatever file is read', async () => {
    await accounts.register({ phone: PHONE })
    const [token, code] = [await accounts.tokenIn('customer.registered'), await accounts.code()]
    await erase(await accounts.signedIn())

    const files = readdirSync(accounts.folder).filter((file) => file.startsWith('accounts.db'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const bytes = readFileSync(join(accounts.folder, file)).toString('latin1')
      for (const secret of [token, `"${code}"`, PASSWORD]) expect([file, bytes.includes(secret)]).toEqual([file, false])
    }
  })
})
