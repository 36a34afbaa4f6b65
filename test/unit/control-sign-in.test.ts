import { describe, expect, it } from '@jest/globals'
import { useControl } from '../control-rig.ts'
import { problemOf, TOKEN } from '../order-rig.ts'
import { until } from '../until.ts'

const control = useControl({ TRUST_PROXY: 'loopback' })

async function signIn(): Promise<string> {
  const answer = await control.post('/control', { token: TOKEN })
  expect(answer.status).toBe(204)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}
const own = { 'sec-fetch-site': 'same-origin' }
const statusFor = async (cookie: string) => (await control.get('/api/admin/session', { cookie })).status
const signOut = (cookie: string, headers: Record<string, string> = own) =>
  control.post('/control/logout', undefined, { cookie, ...headers })

describe('a log-in to the control room', () => {
  it('is another one with every log-in', async () => {
    const [first, second] = [await signIn(), await signIn()]

    expect(first).not.toBe(second)
    expect([await statusFor(first), await statusFor(second)]).toEqual([200, 200])
  })

  it('ends with a log-out, for copies of its cookie too, and after a restart', async () => {
    const [mine, other] = [await signIn(), await signIn()]

    const answer = await signOut(mine)

    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toMatch(
      /=; Path=\/; Expires=Thu, 01 Jan 1970 .*; HttpOnly; SameSite=Strict$/,
    )
    expect([await statusFor(mine), await statusFor(other)]).toEqual([401, 200])
    await control.stop()
    await control.start()
    expect([await statusFor(mine), await statusFor(other)]).toEqual([401, 200])
  })

  it('takes its streams along when it is ended, at either address, and no others', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const watch = (url: string, cookie: string) => fetch(`${url}/api/admin/live`, { headers: { cookie } })
    const streams = [await watch(control.url, mine), await watch(control.orders.url, mine)]
    const going = (await watch(control.url, other)).body?.getReader()

    await signOut(mine)

    for (const stream of streams) expect(await stream.text()).toMatch(/^retry: /)
    expect((await going?.read())?.done).toBe(false)
    await going?.cancel()
  })

  it('is ended by nobody else’s page', async () => {
    const mine = await signIn()

    expect(await problemOf(await signOut(mine, { origin: 'http://localhost:1' }))).toMatchObject({ status: 403 })
    expect(await statusFor(mine)).toBe(200)
  })

  it('is shown to every service, which can tell by itself that it is one', async () => {
    expect((await control.orders.get('/api/admin/orders', { cookie: await signIn() })).status).toBe(200)
  })
})

describe('wrong tokens at the door of the control room', () => {
  const enter = (url: string, from: string, token = 'guess') => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': from }
    return fetch(`${url}/control`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  }

  it('count against who sent them, also where order has forwarded them', async () => {
    const { url } = control.orders
    await until(async () => {
      for (let i = 0; i < 25; i++) await enter(url, '203.0.113.7')
      return (await enter(url, '203.0.113.7')).status === 429
    })

    expect(await problemOf(await enter(url, '203.0.113.7', TOKEN))).toMatchObject({ status: 429 })
    expect((await enter(url, '203.0.113.8')).status).toBe(401)
    expect((await enter(url, '203.0.113.8', TOKEN)).status).toBe(204)
  })
})

describe('the door of the control room', () => {
  it('opens by a link, and leads on without the token', async () => {
    const answer = await control.get(`/control?token=${TOKEN}`)

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/control'])
    expect(await statusFor(answer.headers.get('set-cookie')?.split(';')[0] ?? '')).toBe(200)
    expect((await control.get('/control?token=guess')).headers.get('location')).toBe('/control?refused')
  })

  it('gives a cookie for TLS only where there is TLS', async () => {
    const answer = await control.post('/control', { token: TOKEN }, { 'x-forwarded-proto': 'https' })
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Strict$/)
  })
})
