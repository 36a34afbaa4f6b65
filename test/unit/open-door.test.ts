import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readLaunchConfig } from '../../launcher/launch-config.ts'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { mountOpenDoor } from '../../shared/web/open-door.ts'
import { talk } from '../raw-http.ts'

const ADMIN_TOKEN = 'token-of-the-test'
const log = createLogger('control', 'silent')

function open(env: Record<string, string>): Promise<HttpServer> {
  const config = readConfig({ ADMIN_TOKEN, OPEN_DOOR: 'true', ...env })
  const guard = createGuard({ adminToken: ADMIN_TOKEN, log })
  return listen(
    createApp(log, (app) => mountOpenDoor(app, { config, guard, log })),
    0,
    '127.0.0.1',
  )
}

let server: HttpServer
beforeAll(async () => {
  server = await open({})
})
afterAll(() => server.close())

type Asked = { host?: string; origin?: string; more?: string[]; version?: string }

/** What a page of this address would ask, or as it differs; `isIn` is null where that was refused altogether. */
async function ask(
  { host = 'localhost:80', origin = `http://${host}`, more = [], version = '1.1' }: Asked,
  url = server.url,
) {
  const head = [
    `POST /enter HTTP/${version}`,
    `Host: ${host}`,
    `Origin: ${origin}`,
    ...more,
    'Content-Length: 0',
    'Connection: close',
  ]
  const { said } = await talk(url, `${head.join('\n')}\n\n`)
  const isRefused = said.startsWith('HTTP/1.1 403 ')
  const isIn = isRefused ? null : (JSON.parse(said.split('\r\n\r\n')[1] ?? '').isIn as unknown)
  return { isIn, cookie: /set-cookie: ([^;]+);/i.exec(said)?.[1], said }
}

describe('the control room on one’s own machine', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost'])(
    'opens without the token to a page of it at %s, with a session as any other',
    async (host) => {
      const { isIn, cookie, said } = await ask({ host, more: ['Sec-Fetch-Site: same-origin'] })

      expect([isIn, cookie]).toEqual([true, expect.stringMatching(/^orderline_/)])
      expect(said).toMatch(/; HttpOnly; SameSite=Strict/)
    },
  )

  it('begins no other session for who has one', async () => {
    const { cookie } = await ask({})
    expect(await ask({ more: [`Cookie: ${cookie}`] })).toMatchObject({ isIn: true, cookie: undefined })
    expect(await ask({ more: [`Cookie: ${cookie}`, 'X-Forwarded-For: 203.0.113.7'] })).toMatchObject({ isIn: true })
  })

  it.each([
    ['another website whose name stands for this machine', { host: 'evil.example:3000' }],
    ['one that calls itself like it', { host: 'localhost.evil.example' }],
    ['a name of this machine in its network', { host: 'orderline.local:3000' }],
    ['who comes by a proxy that says so', { more: ['X-Forwarded-For: 203.0.113.7'] }],
    ['who says that it came from here before that', { more: ['X-Forwarded-For: 127.0.0.1'] }],
    ['who comes by one of the newer kind', { more: ['Forwarded: for=127.0.0.1'] }],
    ['what a program of ours has forwarded', { more: ['Via: 1.1 orderline-order'] }],
    ['what nginx asks when it is told to say who', { more: ['X-Real-IP: 203.0.113.7'] }],
    ['what nginx asks when it is told nothing', { version: '1.0' }],
    ['who comes through a tunnel', { more: ['CF-Connecting-IP: 203.0.113.7'] }],
  ] as [string, Asked][])('stays shut for %s', async (_who, asked) => {
    expect(await ask(asked)).toMatchObject({ isIn: false, cookie: undefined })
  })

  it.each([
    ['a page of another website', { origin: 'https://evil.example' }],
    ['a page that has come by a proxy, which asks by another name', { origin: 'https://shop.example' }],
    ['a page of another program on this machine', { origin: 'http://localhost:8080' }],
    ['one whose browser says so', { more: ['Sec-Fetch-Site: same-site'] }],
    ['one that is a file, or in a sandbox', { origin: 'null', more: ['Sec-Fetch-Site: cross-site'] }],
  ] as [string, Asked][])('begins no session for %s', async (_who, asked) => {
    expect((await ask(asked)).cookie).toBeUndefined()
  })

  it.each([
    { HOST: '0.0.0.0' },
    { HOST: '192.0.2.1' },
    { NODE_ENV: 'production' },
    { OPEN_DOOR: 'false' },
    { OPEN_DOOR: '' },
  ] as Record<string, string>[])('stays shut where the program was told %j', async (env) => {
    const other = await open(env)
    expect(await ask({}, other.url)).toMatchObject({ isIn: false, cookie: undefined })
    await other.close()
  })
})

describe('npm start', () => {
  it('opens it where its demo is for this machine alone, and says no where anything hints at others', () => {
    expect(readLaunchConfig({}).isDoorOpen).toBe(true)
    expect(readLaunchConfig({ SHOP_URL: 'http://[::1]:3000', HOST: '::1' }).isDoorOpen).toBe(true)
    for (const env of [
      { OPEN_DOOR: 'false' },
      { DEMO: 'false' },
      { HOST: '0.0.0.0' },
      { HOST: '0.0.0.0', DEMO: 'true', OPEN_DOOR: 'true' },
      { SHOP_URL: 'https://shop.example' },
      { TRUST_PROXY: 'loopback' },
      { TRUST_PROXY: '1', OPEN_DOOR: 'true' },
    ])
      expect([env, readLaunchConfig(env).isDoorOpen]).toEqual([env, false])
  })
})
