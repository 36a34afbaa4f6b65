import { describe, expect, it } from '@jest/globals'
import { type Browser, moveClock, useAccounts } from '../accounts-rig.ts'
import { problemOf } from '../order-rig.ts'
import { until } from '../until.ts'

const accounts = useAccounts()
const PHONE = '+491701234567'
const MINUTE_MS = 60_000
const setPhone = (browser: Browser, phone = PHONE) => browser.post('/api/account/phone', { phone })
const give = (browser: Browser, code: string) => browser.post('/api/account/phone/verify', { code })
const shown = async (browser: Browser) => (await browser.get('/api/account')).json()
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

async function signedUp(parts: object = {}): Promise<Browser> {
  await accounts.register(parts)
  return accounts.signedIn()
}

describe('the code of an SMS', () => {
  it('verifies the number once, and the others are told where SMS may go', async () => {
    const browser = await signedUp({ phone: PHONE })
    const code = await accounts.code()

    const answer = await give(browser, code)

    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ phone: PHONE, isPhoneVerified: true }),
    ])
    const told = await accounts.heard('customer.preferred', 'notification', 2)
    expect(told.map(({ data }) => data.phone)).toEqual([null, PHONE])
    expect((await give(browser, code)).status).toBe(410)
  })

  it('can be tried five times, and that is counted on disk', async () => {
    const browser = await signedUp({ phone: PHONE })
    const code = await accounts.code()

    for (let i = 0; i < 4; i++)
      expect(await problemOf(await give(browser, other(code)))).toMatchObject({ status: 422, fields: ['code'] })
    expect(await accounts.rows('proof')).toEqual(expect.arrayContaining([expect.objectContaining({ attempts: 4 })]))
    await accounts.shutDown()
    await accounts.boot()
    browser.moveTo(accounts.url)
    expect((await give(browser, other(code))).status).toBe(422)

    expect((await give(browser, code)).status).toBe(410)
    expect(await shown(browser)).toMatchObject({ isPhoneVerified: false })
  })

  it('cannot be tried more often by trying all at once', async () => {
    const browser = await signedUp({ phone: PHONE })
    const code = await accounts.code()

    const answers = await Promise.all(Array.from({ length: 30 }, () => give(browser, other(code))))

    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(25).fill(410), ...Array(5).fill(422)])
  })

  it('is over after ten minutes', async () => {
    const browser = await signedUp({ phone: PHONE })
    const code = await accounts.code()

    moveClock(10 * MINUTE_MS + 1)

    const refused = await problemOf(await give(browser, code))
    expect(refused).toMatchObject({ status: 410, detail: expect.stringContaining('ask for another') })
  })

  it('is on disk as a digest that needs the secret to be guessed', async () => {
    await signedUp({ phone: PHONE })
    const code = await accounts.code()

    const rows = await accounts.rows('proof')
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['phone', 'verify'])
    expect(JSON.stringify(rows.map((row) => Object.values(row).map(String)))).not.toContain(`"${code}"`)
  })

  it('proves nothing any more when another one was sent, nor for another number', async () => {
    const browser = await signedUp({ phone: PHONE })
    const first = await accounts.code()

    expect((await setPhone(browser, '+49 170 7654321')).status).toBe(202)
    const second = await accounts.code(2)

    if (first !== second) expect((await give(browser, first)).status).toBe(422)
    expect(await (await give(browser, second)).json()).toMatchObject({ phone: '+491707654321', isPhoneVerified: true })
  })
})

describe('a number', () => {
  it('that is changed gets no SMS until it is verified, and the old one none at once', async () => {
    const browser = await signedUp({ phone: PHONE })
    await give(browser, await accounts.code())

    await setPhone(browser, '+8613800138000')

    expect(await shown(browser)).toMatchObject({ phone: '+8613800138000', isPhoneVerified: false })
    const told = await accounts.heard('customer.preferred', 'notification', 3)
    expect(told.map(({ data }) => [data.revision, data.phone])).toEqual([
      [1, null],
      [2, PHONE],
      [3, null],
    ])
  })

  it('that is verified already is sent no code', async () => {
    const browser = await signedUp({ phone: PHONE })
    await give(browser, await accounts.code())

    expect(await problemOf(await setPhone(browser))).toMatchObject({ status: 409 })
    expect(await accounts.heard('customer.phoneAdded', 'notification:aside')).toHaveLength(1)
  })

  it('can be taken away, with what was sent to prove it', async () => {
    const browser = await signedUp({ phone: PHONE })
    const code = await accounts.code()

    expect((await browser.delete('/api/account/phone')).status).toBe(204)

    expect(await shown(browser)).toMatchObject({ phone: null, isPhoneVerified: false })
    expect((await give(browser, code)).status).toBe(410)
    expect(JSON.stringify(await accounts.rows('account'), bigints)).not.toContain(PHONE)
  })

  it('that has said STOP is shown to all who gave it, and START takes it back, in whatever order they are heard', async () => {
    const browser = await signedUp({ phone: PHONE })
    const isStopped = async () => Object(await shown(browser)).isStopped
    const at = Date.now()
    const said = (isStopped: boolean, at: number) =>
      accounts.hear({ name: 'sms.stopped', subject: PHONE, data: { phone: PHONE, isStopped }, at })

    await said(true, at)
    await until(isStopped)
    await said(false, at + 2)
    await until(async () => !(await isStopped()))
    await said(true, at + 1)
    await accounts.hear({ name: 'mail.bounced', subject: 'x', data: { email: 'ada@example.com', reason: 'x' } })

    await until(async () => Object(await shown(browser)).isBounced)
    expect(await isStopped()).toBe(false)
  })
})

const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
