import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createAccountLimits, noLimits } from '../../services/accounts/account-limits.ts'
import { endpointsOf } from '../../services/accounts/api.ts'
import { createCookies } from '../../services/accounts/cookies.ts'
import { openAccounts } from '../../services/accounts/db.ts'
import { createPasswords, type Passwords } from '../../services/accounts/passwords.ts'
import { createSecrets } from '../../services/accounts/secrets.ts'
import { createLogger } from '../../shared/logger.ts'
import { createSeal } from '../../shared/sealed.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { EMAIL, PASSWORD, useAccounts } from '../accounts-rig.ts'
import { SESSION_SECRET } from '../customer-session.ts'
import { problemOf } from '../order-rig.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

const accounts = useAccounts({ RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' })
const NOBODY = 'nobody@example.com'
const from = (address: string) => ({ 'x-forwarded-for': address })
let clients = 0
const anywhere = () => from(`198.51.100.${++clients % 250}`)
const signIn = (email: string, password: string, headers = anywhere()) =>
  accounts.post('/api/account/session', { email, password }, headers)
const statusesOf = async (count: number, send: (i: number) => Promise<Response>) => {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await send(i)).status)
  return statuses
}

/** All endpoints over a file of their own, with every password that is worked on counted. */
async function countingService() {
  const folder = await mkdtemp(join(tmpdir(), 'orderline-accounts-'))
  const db = await openAccounts(folder)
  const real = createPasswords()
  let count = 0
  const passwords: Passwords = {
    digest: (password) => real.digest(password).finally(() => count++),
    isRight: (password, digest) => real.isRight(password, digest).finally(() => count++),
  }
  const log = createLogger('accounts', 'silent')
  const endpoints = endpointsOf({
    ...{ read: db.read, publish: (work) => db.write((tx) => work(tx, () => {})), passwords, log, limits: noLimits },
    ...{ secrets: createSecrets(SEAL_SECRET), seal: createSeal(SEAL_SECRET), cookies: createCookies(SESSION_SECRET) },
    unsubscribe: createUnsubscribe(SEAL_SECRET),
  })
  const server = await listen(
    createApp(log, (app) => mountEndpoints(app, endpoints, {})),
    0,
    '127.0.0.1',
  )
  const headers = { 'content-type': 'application/json' }
  return {
    count: () => count,
    post: (path: string, body: object) =>
      fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    close: async () => {
      await server.close()
      await db.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

describe('who has an account', () => {
  it('is not told to whoever tries to sign in: the answer is the same, to the letter', async () => {
    await accounts.register()

    const [known, unknown] = [await signIn(EMAIL, 'a wrong one'), await signIn(NOBODY, 'a wrong one')]

    expect(await problemOf(known)).toEqual(await problemOf(unknown))
    expect(known.status).toBe(401)
    const headersOf = (answer: Response) => [...answer.headers.keys()]
    expect(headersOf(known)).toEqual(headersOf(unknown))
  })

  it('does not show in the time it takes: as many passwords are worked on whether there is an account or not', async () => {
    const counted = await countingService()
    const workedOn = async (path: string, body: object) => {
      const before = counted.count()
      const { status } = await counted.post(path, body)
      return [status, counted.count() - before]
    }

    const signUp = (email: string) => workedOn('/api/accounts', { name: 'Ada', email, password: PASSWORD })
    const trySignIn = (email: string) => workedOn('/api/account/session', { email, password: 'a wrong one' })

    expect([await signUp(EMAIL), await signUp(EMAIL)]).toEqual([
      [202, 1],
      [202, 1],
    ])
    expect([await trySignIn(EMAIL), await trySignIn(NOBODY)]).toEqual([
      [401, 1],
      [401, 1],
    ])
    await counted.close()
  })

  it('does not show in how long a password is worked on either: nobody’s is compared as long as anybody’s', async () => {
    const passwords = createPasswords()
    const digest = await passwords.digest(PASSWORD)
    const fastest = async (work: () => Promise<unknown>) =>
      Math.min(await msOf(work), await msOf(work), await msOf(work), await msOf(work), await msOf(work))

    // Whatever else a machine does makes it longer; nothing makes it as short as no digest would be, of microseconds.
    expect(await fastest(() => passwords.isRight('wrong', digest))).toBeGreaterThan(4)
    expect(await fastest(() => passwords.isRight('wrong', null))).toBeGreaterThan(4)
  })

  it('is not told by a deleted account either, of which no password is right', async () => {
    const passwords = createPasswords()

    expect(await passwords.isRight('', '')).toBe(false)
    expect(await passwords.isRight(PASSWORD, null)).toBe(false)
    expect(await passwords.isRight(PASSWORD, await passwords.digest(PASSWORD))).toBe(true)
  })
})

describe('passwords', () => {
  it('can be tried so often for one account, from wherever it is, and then not even the right one lets in', async () => {
    await accounts.register()

    const statuses = await statusesOf(25, (i) => signIn(i % 2 ? EMAIL : 'ADA+1@example.com', `wrong ${i}`))

    expect(statuses).toEqual([...Array(20).fill(401), ...Array(5).fill(429)])
    const refused = await signIn(EMAIL, PASSWORD)
    expect(refused.headers.get('ratelimit-policy')).toBe('"sign-ins-per-account";q=20;w=900')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
    expect(await problemOf(refused)).toMatchObject({ status: 429, title: 'Too many requests' })
  })

  it('can be tried so often from one address, for whichever account', async () => {
    const statuses = await statusesOf(62, (i) => signIn(`user-${i}@example.com`, 'wrong', from('203.0.113.7')))

    expect(statuses.slice(58)).toEqual([401, 401, 429, 429])
  })

  it('stand in a line that is not for ever: who comes when it is full is told to come again', async () => {
    const passwords = createPasswords()
    const line = Array.from({ length: 100 }, () => passwords.digest(PASSWORD))

    expect(() => passwords.digest(PASSWORD)).toThrow(expect.objectContaining({ status: 503 }))
    expect(() => passwords.isRight(PASSWORD, null)).toThrow(
      expect.objectContaining({ headers: { 'Retry-After': '3' } }),
    )
    await Promise.all(line)
    await passwords.digest(PASSWORD)
  })
})

describe('mails and SMS to strangers', () => {
  it('are so many for one mailbox, by whatever way they are asked for, whether it has an account or not', async () => {
    for (const email of [EMAIL, NOBODY]) {
      const asks = [
        () => accounts.signUp({ email }, anywhere()),
        () => accounts.post('/api/accounts/resend', { email }, anywhere()),
        () => accounts.post('/api/accounts/reset', { email: email.replace('@', '+x@') }, anywhere()),
      ]
      const statuses = await statusesOf(8, (i) => asks[email === EMAIL ? i % 3 : (i % 2) + 1]?.() ?? Promise.reject())
      expect(statuses).toEqual([...Array(6).fill(202), 429, 429])
    }
  })

  it('are so many from one address', async () => {
    const signUp = (i: number) => accounts.signUp({ email: `user-${i}@example.com` }, from('203.0.113.8'))
    const statuses = await statusesOf(31, signUp)
    expect(statuses.slice(29)).toEqual([202, 429])
  })

  it('are so many to one number, whoever gives it', async () => {
    const statuses = await statusesOf(11, (i) =>
      accounts.signUp({ email: `user-${i}@example.com`, phone: '+491701234567' }, anywhere()),
    )
    expect(statuses.slice(9)).toEqual([202, 429])
  })

  it('are so many codes for one account, and so many tries', async () => {
    await accounts.register()
    const browser = await accounts.signedIn()
    const ask = (i: number) => browser.post('/api/account/phone', { phone: `+49170123456${i}` })
    const give = () => browser.post('/api/account/phone/verify', { code: '000000' })

    expect(await statusesOf(6, ask)).toEqual([...Array(5).fill(202), 429])
    const tries = await statusesOf(21, give)
    expect(tries.slice(5)).toEqual([...Array(15).fill(410), 429])
  })

  it('are refused in the language of the reader', async () => {
    const zh = { ...from('203.0.113.9'), 'accept-language': 'zh' }
    await statusesOf(6, () => accounts.post('/api/accounts/reset', { email: EMAIL }, anywhere()))

    const refused = await problemOf(await accounts.post('/api/accounts/reset', { email: EMAIL }, zh))

    expect(refused.title).toBe('请求过多')
    expect(refused.detail).toMatch(/^发往这个邮箱的邮件过多。请在 \d+ 秒后再试。$/)
  })
})

describe('what was refused', () => {
  it('is told in the log, once a minute for each limit and address', async () => {
    const told: [object, string][] = []
    const log = Object.assign(createLogger('accounts', 'silent'), {
      warn: (...line: [object, string]) => void told.push(line),
    })
    const limits = createAccountLimits(log)
    const server = await listen(
      createApp(log, (app) => {
        app.get('/', async (req, res) => {
          await limits.signIn(req, EMAIL)
          res.end()
        })
      }),
      0,
      '127.0.0.1',
    )

    const statuses = await statusesOf(50, () => fetch(server.url))
    await server.close()

    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
    const facts = { limit: 'sign-ins-per-account', address: '127.0.0.1', count: 1 }
    expect(told).toEqual([[facts, 'account.limited']])
  })
})

describe('links', () => {
  it('are not guessed, and those who try do not have passwords digested for it', async () => {
    const guess = (i: number) =>
      accounts.post(
        '/api/accounts/reset/confirm',
        { token: `${i}`.padStart(43, 'x'), password: PASSWORD },
        from('203.0.113.10'),
      )

    expect((await statusesOf(32, guess)).slice(28)).toEqual([404, 404, 429, 429])
  })
})
