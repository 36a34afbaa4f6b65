import { describe, expect, it } from '@jest/globals'
import { EMAIL, moveClock, PASSWORD, useAccounts } from '../accounts-rig.ts'
import { problemOf } from '../order-rig.ts'
import { until } from '../until.ts'

const accounts = useAccounts()
const HOUR_MS = 3_600_000
const NEW_PASSWORD = 'a quite different one'
const verify = (token: string, password?: string) =>
  accounts.post('/api/accounts/verify', { token, password: password ?? PASSWORD })
const resend = (email = EMAIL) => accounts.post('/api/accounts/resend', { email })
const reset = (email = EMAIL) => accounts.post('/api/accounts/reset', { email })
const confirm = (token: string, password = NEW_PASSWORD) =>
  accounts.post('/api/accounts/reset/confirm', { token, password })

describe('the link of the first mail', () => {
  it('verifies the address once, and order is told, for it may have orders of a guest', async () => {
    const id = await accounts.register()
    const token = await accounts.tokenIn('customer.registered')

    const answer = await verify(token)

    expect([answer.status, await answer.json()]).toEqual([200, { email: EMAIL }])
    expect(await accounts.heard('customer.verified', 'order')).toMatchObject([{ subject: id, data: { email: EMAIL } }])
    expect(await (await (await accounts.signedIn()).get('/api/account')).json()).toMatchObject({ isVerified: true })
    expect(await problemOf(await verify(token))).toMatchObject({
      status: 409,
      detail: 'This link has been used already.',
    })
  })

  it('opens nothing to a stranger who signed up with the address of another, who follows it', async () => {
    await accounts.register()
    const token = await accounts.tokenIn('customer.registered')

    const [bare, wrong] = [await accounts.post('/api/accounts/verify', { token }), await verify(token, 'my own one')]

    expect([bare.status, wrong.status]).toEqual([401, 422])
    expect(await problemOf(wrong)).toMatchObject({ errors: [{ field: 'password' }] })
    expect(await accounts.rows('account')).toMatchObject([{ verifiedAt: null }])
    const browser = await accounts.signedIn()
    expect((await browser.post('/api/accounts/verify', { token })).status).toBe(200)
  })

  it('works once, however many follow it at the same time', async () => {
    await accounts.register()
    const token = await accounts.tokenIn('customer.registered')

    const answers = await Promise.all(Array.from({ length: 8 }, () => verify(token)))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)])
    expect(await accounts.heard('customer.verified', 'order')).toHaveLength(1)
  })

  it('is told like one that never was when it is too old, and is kept as a digest only', async () => {
    await accounts.register()
    const token = await accounts.tokenIn('customer.registered')
    const rows = await accounts.rows('proof')
    expect(rows.flatMap(Object.values)).not.toContain(token)

    moveClock(72 * HOUR_MS + 1)

    const [old, never] = [await problemOf(await verify(token)), await problemOf(await verify('x'.repeat(43)))]
    expect(old).toEqual(never)
    expect(old.status).toBe(404)
  })

  it('is for what it is for: it sets no password, and one that sets a password verifies nothing by itself', async () => {
    await accounts.register()
    const first = await accounts.tokenIn('customer.registered')
    await reset()
    const second = await accounts.tokenIn('customer.linkAsked')

    expect([(await confirm(first)).status, (await verify(second)).status]).toEqual([404, 404])
    expect((await verify(first)).status).toBe(200)
  })
})

describe('asking for one more mail', () => {
  it('is answered alike whatever is there, after as much is written', async () => {
    await accounts.register()

    const answers = [await resend(), await resend('nobody@example.com'), await reset(), await reset('no@example.com')]

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '', '', ''])
    const told = await accounts.heard('customer.linkAsked', 'notification', 2)
    expect(told.map(({ data }) => [data.email, data.kind])).toEqual([
      [EMAIL, 'verify'],
      [EMAIL, 'reset'],
    ])
    expect((await accounts.rows('proof')).map(({ account }) => account === '')).toEqual(
      expect.arrayContaining([true, true, false, false, false]),
    )
  })

  it('sends nothing to verify what is verified', async () => {
    await accounts.register()
    await verify(await accounts.tokenIn('customer.registered'))

    expect((await resend()).status).toBe(202)
    await reset()

    const told = await accounts.heard('customer.linkAsked', 'notification')
    expect(told.map(({ data }) => data.kind)).toEqual(['reset'])
  })
})

describe('a new password', () => {
  it('is set by the link once; all sessions and other links are over, and the address is verified', async () => {
    const subject = await accounts.register()
    const browser = await accounts.signedIn()
    await reset()
    const other = await accounts.tokenIn('customer.linkAsked')
    await reset()
    const token = await accounts.tokenIn('customer.linkAsked', 2)

    expect((await confirm(token)).status).toBe(204)

    expect([(await confirm(token)).status, (await confirm(other)).status]).toEqual([409, 404])
    expect((await browser.get('/api/account')).status).toBe(401)
    expect(await accounts.heard('customer.signedOut', 'order')).toMatchObject([{ subject, data: { session: null } }])
    await accounts.heard('customer.verified', 'order')
    await expect(accounts.signedIn(EMAIL, PASSWORD)).rejects.toThrow('not signed in')
    await accounts.signedIn(EMAIL, NEW_PASSWORD)
  })

  it('is what the mail to an owner offers when somebody signs up with the address again', async () => {
    await accounts.register()
    await accounts.register({ name: 'Eve', password: 'password of eve' })
    const token = await accounts.tokenIn('customer.registered', 2)

    expect((await confirm(token)).status).toBe(204)

    await accounts.signedIn(EMAIL, NEW_PASSWORD)
  })

  it('cannot be set after an hour, nor be a bad one', async () => {
    await accounts.register()
    await reset()
    const token = await accounts.tokenIn('customer.linkAsked')

    expect(await problemOf(await confirm(token, 'short'))).toMatchObject({ status: 422, fields: ['password'] })
    moveClock(HOUR_MS + 1)
    expect(await problemOf(await confirm(token))).toMatchObject({ status: 404 })
  })

  it('lets nobody in whose old one was still being compared when it was set', async () => {
    await accounts.register()
    await reset()
    const token = await accounts.tokenIn('customer.linkAsked')
    const signIn = () => accounts.browser().post('/api/account/session', { email: EMAIL, password: PASSWORD })

    const [confirmed, ...tries] = await Promise.all([confirm(token), ...Array.from({ length: 8 }, signIn)])

    expect(confirmed.status).toBe(204)
    const [ended] = await accounts.heard('customer.signedOut', 'order')
    const sessions = await accounts.rows('session')
    expect(sessions.filter(({ beganAt }) => Number(beganAt) > (ended?.data.at ?? 0))).toEqual([])
    expect(tries.every(({ status }) => status === 200 || status === 401)).toBe(true)
  })
})

describe('mails that come back', () => {
  it('are shown to the customer until one arrives', async () => {
    const id = await accounts.register()
    const browser = await accounts.signedIn()
    const isBounced = async () => Object(await (await browser.get('/api/account')).json()).isBounced
    await accounts.hear({ name: 'mail.bounced', subject: id, data: { email: EMAIL, reason: '550 no such user' } })

    await until(isBounced)
    await verify(await accounts.tokenIn('customer.registered'))

    expect(await isBounced()).toBe(false)
  })
})
