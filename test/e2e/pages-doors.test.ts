import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'

const TOKEN = 'token-of-the-test'

describe('the doors of the pages', () => {
  let shop: Shop
  let cookie: string

  beforeAll(async () => {
    shop = await Shop.open({ REDIS_URL: '' })
    const answer = await get(`/control?token=${TOKEN}`)
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  })

  afterAll(() => shop?.close())

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(shop.urlOf('order') + path, { headers, redirect: 'manual' })
  const replay = (headers: Record<string, string>) =>
    shop.send('/api/admin/dead-letters/replay', {}, { cookie, ...headers })

  it('let the token in by a link that leads on to an address without it', async () => {
    const answer = await get(`/control?token=${TOKEN}`)

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/control'])
    expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/;.* HttpOnly; SameSite=Strict$/)
    expect(answer.headers.get('set-cookie')).not.toContain(TOKEN)
    expect((await get('/api/admin/session', { cookie })).status).toBe(200)
  })

  it('stay shut without the cookie, and for one that is not ours', async () => {
    const [name] = cookie.split('=')

    expect((await get('/api/admin/live')).status).toBe(401)
    expect((await get('/api/admin/live', { cookie: `${name}=guessed` })).status).toBe(401)
    expect((await get('/control?token=wrong')).headers.get('set-cookie')).toBeNull()
    expect((await shop.send('/control', { token: 'wrong' })).status).toBe(401)
  })

  it('are open for a page at this very machine, each door for itself, and for nobody who comes by way of another', async () => {
    for (const name of ['order', 'control', 'sale', 'logs']) {
      const origin = shop.urlOf(name)
      const enter = (headers: Record<string, string> = {}) =>
        fetch(`${origin}/enter`, { method: 'POST', headers: { origin, ...headers } })

      const mine = (await enter()).headers.get('set-cookie')?.split(';')[0] ?? ''
      expect([name, (await get('/api/admin/session', { cookie: mine })).status]).toEqual([name, 200])
      const passedOn = await enter({ 'x-forwarded-for': '127.0.0.1' })
      expect([await passedOn.json(), passedOn.headers.get('set-cookie')]).toEqual([{ isIn: false }, null])
    }
  })

  it('let no page of somebody else change anything', async () => {
    const own = shop.urlOf('order')

    expect((await replay({})).status).toBe(403)
    expect((await replay({ origin: 'http://localhost:1' })).status).toBe(403)
    expect((await replay({ origin: own, 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await replay({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await replay({ origin: own })).status).toBe(200)
  })

  it('tell the log who came in, who was refused and who left, and from where', async () => {
    const answer = await shop.send('/control', { token: TOKEN })
    const mine = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    await shop.send('/control', { token: 'wrong' })
    await shop.send('/control/logout', {}, { cookie: mine, 'sec-fetch-site': 'same-origin' })

    await until(() => shop.fact('control', 'admin.left'))
    const { session } = { ...shop.fact('control', 'admin.left') }
    expect(shop.fact('control', 'admin.left')).toMatchObject({ address: '127.0.0.1' })
    expect(shop.facts).toContainEqual(expect.objectContaining({ msg: 'admin.entered', address: '127.0.0.1', session }))
    expect(shop.fact('control', 'admin.refused')).toMatchObject({ address: '127.0.0.1', count: 1 })
    expect((await get('/api/admin/session', { cookie: mine })).status).toBe(401)
    expect((await get('/api/admin/session', { cookie })).status).toBe(200)
  })

  it('serve pages that run nothing but their own files', async () => {
    for (const path of ['/', '/orders/1', '/control']) {
      const answer = await get(path, { accept: 'text/html' })
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
      expect(await answer.text()).not.toMatch(/<script>|style="|https?:\/\//)
    }
    expect((await get('/assets/..%2fhttp.ts')).status).toBe(404)
  })

  it('answer 304 to whoever has the file already', async () => {
    const etag = (await get('/assets/style.css')).headers.get('etag') ?? ''

    expect((await get('/assets/style.css', { 'if-none-match': etag })).status).toBe(304)
  })
})

describe('what may be broken', () => {
  it('is nothing in production', async () => {
    const ADMIN_TOKEN = 'Zk3vQ9xT7mWp2LsB'
    const shop = await Shop.open({ NODE_ENV: 'production', SIMULATORS: 'mailbox,payment-gateway', ADMIN_TOKEN })
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }

    expect((await shop.send('/api/admin/demo', { action: 'flush' }, headers)).status).toBe(404)
    expect(await shop.admin('session')).toMatchObject({ isDemo: false, hasMailbox: true, faults: null })

    await shop.close()
  })
})
