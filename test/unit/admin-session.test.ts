import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLogger } from '../../shared/logger.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { beginSession, cookieOf, type Session } from '../../shared/web/admin-session.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { problemOf } from '../order-rig.ts'

const TOKEN = 'token-of-the-test'
const HOUR = 3_600_000
const MINUTE = 60_000

let now: number
let ended: Set<string>
let server: HttpServer
let told: [object, string][]

beforeEach(async () => {
  now = Date.now()
  ended = new Set()
  told = []
  const log = Object.assign(createLogger('test', 'silent'), {
    warn: (...line: [object, string]) => void told.push(line),
  })
  const guard = createGuard({ adminToken: TOKEN, log, isEnded: ({ id }) => ended.has(id), now: () => now })
  const mount = (routes: Parameters<Parameters<typeof createApp>[1]>[0]) => {
    routes.get('/room', guard.require, (_req, res) => void res.json({}))
    routes.post('/room', guard.require, (_req, res) => void res.json({}))
    routes.get('/stream', guard.require, (_req, res) => void res.write(' '))
  }
  server = await listen(createApp(log, mount, { proxies: 'loopback' }), 0, '127.0.0.1')
})
afterEach(() => server.close())

const cookieFor = (session: Session, token = TOKEN) => cookieOf(session, token, false).slice(0, 2).join('=')
const ask = (headers: Record<string, string>, path = '/room', method = 'GET') =>
  fetch(server.url + path, { method, headers })
const statusFor = async (cookie: string) => (await ask({ cookie })).status

describe('a session of the admin', () => {
  it('lets in who has its cookie, among other cookies, and nobody with one of his own making', async () => {
    const session = beginSession(now)
    const cookie = cookieFor(session)

    expect(await statusFor(cookie)).toBe(200)
    expect(await statusFor(`a=b; ${cookie}; c=d`)).toBe(200)
    for (const other of [
      cookieFor(session, 'another-token').replace(/^[^=]+/, cookie.split('=')[0] ?? ''),
      cookie.replace(String(session.seenAt), String(session.seenAt + HOUR)),
      cookie.replace(session.id, beginSession(now).id),
      cookie.slice(0, -1),
      `${cookie}x`,
      `${cookie.split('=')[0]}=`,
    ])
      expect(await statusFor(other)).toBe(401)
  })

  it('is over after an hour in which nothing was asked for', async () => {
    const cookie = cookieFor(beginSession(now))
    now += HOUR - 1
    expect(await statusFor(cookie)).toBe(200)
    now += 1
    expect(await statusFor(cookie)).toBe(401)
  })

  it('goes on while something is asked for, for twelve hours', async () => {
    let cookie = cookieFor(beginSession(now))
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      now += 30 * MINUTE
      const answer = await ask({ cookie })
      expect(answer.status).toBe(200)
      const header = answer.headers.get('set-cookie') ?? ''
      expect(header).toMatch(/; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/)
      cookie = header.split(';')[0] ?? ''
    }
    now += 30 * MINUTE
    expect(await statusFor(cookie)).toBe(401)
  })

  it('is not signed anew with every request, and then for TLS only where there is TLS', async () => {
    const cookie = cookieFor(beginSession(now))
    expect((await ask({ cookie })).headers.get('set-cookie')).toBeNull()
    now += 10 * MINUTE
    const answer = await ask({ cookie, 'x-forwarded-proto': 'https' })
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Strict$/)
  })

  it('that was ended lets nobody in', async () => {
    const session = beginSession(now)
    ended.add(session.id)
    expect(await statusFor(cookieFor(session))).toBe(401)
  })

  it('changes nothing for a page of somebody else', async () => {
    const cookie = cookieFor(beginSession(now))
    expect((await ask({ cookie }, '/room', 'POST')).status).toBe(403)
    expect((await ask({ cookie, origin: 'http://localhost:1' }, '/room', 'POST')).status).toBe(403)
    expect((await ask({ cookie, 'sec-fetch-site': 'same-origin' }, '/room', 'POST')).status).toBe(200)
  })

  it('takes its streams along when it is over', async () => {
    const session = { ...beginSession(now), beganAt: now - 12 * HOUR + 300 }
    const answer = await ask({ cookie: cookieFor(session) }, '/stream')
    expect(await answer.text()).toBe(' ')
  })
})

describe('wrong admin tokens', () => {
  const guess = (from = '203.0.113.7', token = 'guess') =>
    ask({ authorization: `Bearer ${token}`, 'x-forwarded-for': from })

  it('are told once a minute for each address, and after twenty nothing is looked at', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 300; i++) statuses.push((await guess()).status)

    expect([statuses.filter((status) => status === 401).length, statuses.at(-1)]).toEqual([20, 429])
    expect(told).toEqual([[{ address: '203.0.113.7', count: 1 }, 'admin.refused']])
    const refused = await guess('203.0.113.7', TOKEN)
    expect(refused.headers.get('ratelimit-policy')).toBe('"wrong-tokens";q=20;w=60')
    expect(await problemOf(refused)).toMatchObject({ status: 429 })
  })

  it('from one address are nothing to another, nor to a session', async () => {
    for (let i = 0; i < 21; i++) await guess()

    expect((await guess('203.0.113.8', TOKEN)).status).toBe(200)
    expect((await ask({ cookie: cookieFor(beginSession(now)), 'x-forwarded-for': '203.0.113.7' })).status).toBe(200)
  })
})
