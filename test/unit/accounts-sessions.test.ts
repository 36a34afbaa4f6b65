import { describe, expect, it } from '@jest/globals'
import { createLogger } from '../../shared/logger.ts'
import { type CustomerSession, createCustomerSessions, TOKEN_MS } from '../../shared/web/customer-session.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { type Browser, EMAIL, moveClock, PASSWORD, useAccounts } from '../accounts-rig.ts'
import { SESSION_SECRET } from '../customer-session.ts'
import { problemOf } from '../order-rig.ts'

const accounts = useAccounts({ TRUST_PROXY: 'loopback' })
const SESSION = '/api/account/session'
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** What another service makes of the cookies of a browser, which knows the secret and asks nobody. */
async function seenElsewhere(browser: Browser): Promise<CustomerSession | null> {
  const sessions = createCustomerSessions({ secret: SESSION_SECRET, now: () => Date.now() })
  const app = createApp(createLogger('order', 'silent'), (routes) => {
    routes.get('/', (req, res) => void res.json(sessions.of(req)))
  })
  const server = await listen(app, 0, '127.0.0.1')
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const seen = await (await fetch(server.url, { headers: { cookie } })).json()
  await server.close()
  return seen as CustomerSession | null
}

describe('signing in', () => {
  it('gives two cookies that no script can read, of which one goes only to where it is renewed', async () => {
    await accounts.register()

    const browser = await accounts.signedIn()

    const cookies = [...browser.cookies.values()]
    expect(cookies.map(({ path }) => path)).toEqual(['/', SESSION])
    for (const { flags } of cookies) expect(flags).toMatch(/HttpOnly/)
    expect(cookies.map(({ flags }) => /SameSite=(\w+)/.exec(flags)?.[1])).toEqual(['Lax', 'Strict'])
  })

  it('gives cookies for TLS alone where the shop is reached by it, as the one in front tells', async () => {
    await accounts.register()
    const browser = accounts.browser()

    await browser.post(SESSION, { email: EMAIL, password: PASSWORD }, { 'x-forwarded-proto': 'https' })

    for (const { flags } of browser.cookies.values()) expect(flags).toMatch(/Secure/)
    for (const { flags } of (await accounts.signedIn()).cookies.values()) expect(flags).not.toMatch(/Secure/)
  })

  it('answers with the account as it is shown later', async () => {
    const id = await accounts.register({ phone: '+491701234567' })
    const browser = accounts.browser()

    const answer = await browser.post(SESSION, { email: 'ADA@example.com', password: PASSWORD })

    const { account } = Object(await answer.json())
    const { until, ...shown } = account
    expect(shown).toEqual({
      ...{ id, name: 'Ada Lovelace', email: EMAIL, isVerified: false, language: 'en' },
      ...{ phone: '+491701234567', isPhoneVerified: false },
      ...{ orders: { mail: true, sms: false }, isBounced: false, isStopped: false },
    })
    expect(await (await browser.get('/api/account')).json()).toEqual(account)
    expect(Date.parse(until)).toBeGreaterThan(Date.now() + TOKEN_MS - MINUTE_MS)
  })

  it('is known to other services by its signature alone, and keeps nothing that signs in', async () => {
    const account = await accounts.register()
    const browser = await accounts.signedIn()

    const [session] = await accounts.rows('session')
    expect(await seenElsewhere(browser)).toMatchObject({ account, session: session?.id })
    const values = [...browser.cookies.values()].map(({ value }) => value)
    for (const value of values) expect(Object.values(session ?? {})).not.toContain(value)
  })

  it('takes a password however the keyboard made its letters', async () => {
    await accounts.register({ password: 'Zoë Ångström'.normalize('NFC') })
    await accounts.signedIn(EMAIL, 'Zoë Ångström'.normalize('NFD'))
  })
})

describe('a session', () => {
  it('is not good without the secret, nor when a letter of it was changed', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()
    const [[name, token] = ['', { value: '', path: '/', flags: '' }]] = [...browser.cookies]
    const forged = { ...token, value: `${token.value.slice(0, -1)}${token.value.endsWith('A') ? 'B' : 'A'}` }

    browser.cookies.set(name, forged)

    const refused = await browser.get('/api/account')
    expect(refused.headers.get('www-authenticate')).toBe('Cookie realm="Orderline"')
    expect(await problemOf(refused)).toMatchObject({ status: 401, detail: 'Sign in first.' })
    expect(await seenElsewhere(browser)).toBeNull()
  })

  it('is over after an hour, and goes on when it is renewed, for thirty days', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()

    moveClock(TOKEN_MS + 1)
    expect((await browser.get('/api/account')).status).toBe(401)
    expect((await browser.post(`${SESSION}/renew`)).status).toBe(200)
    expect((await browser.get('/api/account')).status).toBe(200)

    moveClock(30 * DAY_MS)
    expect((await browser.post(`${SESSION}/renew`)).status).toBe(401)
  })

  it('changes nothing for a page of another site, which the browser also sends its cookies for', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()
    const elsewhere = { 'sec-fetch-site': 'cross-site' }

    const answers = [
      await browser.post('/api/account', { name: 'Eve' }, elsewhere),
      await browser.post(`${SESSION}/renew`, undefined, elsewhere),
      await browser.delete(SESSION, elsewhere),
      await browser.delete('/api/account/sessions', elsewhere),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect((await browser.get('/api/account')).status).toBe(200)
  })
})

describe('signing out', () => {
  it('ends this session and no other, and tells who would take its token for good', async () => {
    const subject = await accounts.register()
    const [here, there] = [await accounts.signedIn(), await accounts.signedIn()]
    const old = new Map(here.cookies)
    const token = await seenElsewhere(here)

    expect((await here.delete(SESSION)).status).toBe(204)

    expect(here.cookies.size).toBe(0)
    const [told] = await accounts.heard('customer.signedOut', 'order')
    expect(told).toMatchObject({ subject, data: { session: token?.session } })
    expect(told?.data.until).toBeGreaterThanOrEqual(token?.until ?? Infinity)
    for (const [name, cookie] of old) here.cookies.set(name, cookie)
    expect((await here.get('/api/account')).status).toBe(401)
    expect((await here.post(`${SESSION}/renew`)).status).toBe(401)
    expect((await there.get('/api/account')).status).toBe(200)
  })

  it('works after the hour of the token, too, and without any session', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()

    moveClock(TOKEN_MS + 1)
    expect((await browser.delete(SESSION)).status).toBe(204)
    expect((await browser.delete(SESSION)).status).toBe(204)

    expect(await accounts.rows('session')).toEqual([])
    expect(await accounts.heard('customer.signedOut', 'order')).toHaveLength(1)
  })

  it('everywhere ends all of them', async () => {
    await accounts.register()
    const browsers = [await accounts.signedIn(), await accounts.signedIn()]

    expect((await browsers[0]?.delete('/api/account/sessions'))?.status).toBe(204)

    expect((await browsers[1]?.get('/api/account'))?.status).toBe(401)
    const [told] = await accounts.heard('customer.signedOut', 'order')
    expect(told?.data.session).toBeNull()
  })
})

describe('more sessions than anybody has devices', () => {
  it('end the oldest ones, and that is told', async () => {
    await accounts.register()
    const first = await accounts.signedIn()
    for (let i = 0; i < 30; i++) await accounts.signedIn()

    expect(await accounts.rows('session')).toHaveLength(30)
    expect((await first.get('/api/account')).status).toBe(401)
    expect(await accounts.heard('customer.signedOut', 'order')).toHaveLength(1)
  })
})

describe('an account', () => {
  it('is changed by whoever is signed in, in parts, and the others are told each time', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()

    const renamed = await browser.post('/api/account', { name: 'Ada King', language: 'zh' })
    await browser.post('/api/account', { orders: { sms: true } })
    await browser.post('/api/account', { orders: { sms: true } })

    expect(await renamed.json()).toMatchObject({ name: 'Ada King', language: 'zh', orders: { mail: true, sms: false } })
    const told = await accounts.heard('customer.preferred', 'notification', 3)
    expect(told.map(({ data: { name, revision, orders } }) => [name, revision, orders.sms])).toEqual([
      ['Ada Lovelace', 1, false],
      ['Ada King', 2, false],
      ['Ada King', 3, true],
    ])
  })

  it('is nothing that others can ask for', async () => {
    await accounts.register()
    for (const path of ['/api/account', '/api/account/phone', '/api/account/phone/verify', '/api/account/delete'])
      expect(await problemOf(await accounts.post(path, {}))).toMatchObject({ status: 401 })
    const refused = await accounts.get('/api/account', { 'accept-language': 'zh' })
    expect(await problemOf(refused)).toMatchObject({ status: 401, title: '未登录', detail: '请先登录。' })
  })

  it('goes on when the service is started again and Redis has forgotten everything', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()

    await accounts.shutDown()
    await accounts.redis.client.flushall()
    await accounts.boot()

    browser.moveTo(accounts.url)
    expect((await browser.get('/api/account')).status).toBe(200)
  })
})
