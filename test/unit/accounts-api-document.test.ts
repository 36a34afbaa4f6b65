import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { EMAIL, PASSWORD, useAccounts } from '../accounts-rig.ts'
import { documentAt, keepsPromise as keepsPromiseAt, ownersIn, routesIn, untold } from '../api-document.ts'
import { problemOf } from '../order-rig.ts'

const accounts = useAccounts({ ORDER_URL: 'http://127.0.0.1:1' }) // where nobody listens
const keepsPromise = (method: 'get' | 'post', path: string, answer: Response) =>
  keepsPromiseAt(accounts.url, method, path, answer)
const secured = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()).optional() }))),
})

describe('the door of accounts', () => {
  it('leads to what others own, and says who of them is away', async () => {
    const answer = await accounts.get('/api/products')

    expect(await problemOf(answer)).toMatchObject({ status: 503, detail: expect.stringContaining('order service') })
    expect((await accounts.get('/api/account/orders')).status).toBe(503)
  })
})

describe('the document of the API of accounts', () => {
  it('promises what is answered', async () => {
    const signedUp = await accounts.signUp()
    const { watch } = Object(await signedUp.clone().json())
    await keepsPromise('post', '/api/accounts', signedUp)
    await keepsPromise('post', '/api/accounts', await accounts.signUp({ email: '' }))
    await keepsPromise('get', '/api/accounts/registrations/{id}', await accounts.get(watch))
    await keepsPromise('get', '/api/accounts/registrations/{id}', await accounts.get(`${watch}0`))
    const token = await accounts.tokenIn('customer.registered')
    const verify = (password?: string) => accounts.post('/api/accounts/verify', { token, password })
    await keepsPromise('post', '/api/accounts/verify', await verify())
    await keepsPromise('post', '/api/accounts/verify', await verify('wrong'))
    await keepsPromise('post', '/api/accounts/verify', await verify(PASSWORD))
    await keepsPromise('post', '/api/accounts/verify', await verify(PASSWORD))
    const browser = accounts.browser()
    const signIn = (password: string) => browser.post('/api/account/session', { email: EMAIL, password })
    await keepsPromise('post', '/api/account/session', await signIn('wrong'))
    await keepsPromise('post', '/api/account/session', await signIn(PASSWORD))
    await keepsPromise('post', '/api/account/session/renew', await browser.post('/api/account/session/renew'))
    await keepsPromise('get', '/api/account', await browser.get('/api/account'))
    await keepsPromise('get', '/api/account', await accounts.get('/api/account'))
    await keepsPromise('post', '/api/account', await browser.post('/api/account', { orders: { sms: true } }))
    await keepsPromise('post', '/api/account', await browser.post('/api/account', { name: '' }))
    await keepsPromise(
      'post',
      '/api/account/phone/verify',
      await browser.post('/api/account/phone/verify', { code: '1' }),
    )
    await keepsPromise(
      'post',
      '/api/account/phone/verify',
      await browser.post('/api/account/phone/verify', { code: '123456' }),
    )
    await keepsPromise('post', '/api/account/delete', await browser.post('/api/account/delete', { password: 'wrong' }))
  })

  it('names every route, only what is behind a door of accounts’, and which want a session', async () => {
    expect(routesIn(await documentAt(accounts.url))).toEqual([
      'post /api/accounts',
      'get /api/accounts/registrations/{id}',
      'post /api/accounts/verify',
      'post /api/accounts/resend',
      'post /api/accounts/reset',
      'post /api/accounts/reset/confirm',
      'post /api/account/session',
      'delete /api/account/session',
      'post /api/account/session/renew',
      'delete /api/account/sessions',
      'get /api/account',
      'post /api/account',
      'post /api/account/phone',
      'delete /api/account/phone',
      'post /api/account/phone/verify',
      'post /api/account/delete',
      'get /unsubscribe/{token}',
      'post /unsubscribe/{token}',
      'get /api/accounts/stand-ins',
    ])
    expect(await untold(accounts.url)).toEqual([])
    expect(await ownersIn(accounts.url)).toEqual(['accounts'])
    const { paths } = secured.parse(await (await accounts.get('/openapi.json')).json())
    expect(paths['/api/account']?.get?.security).toEqual([{ session: [] }])
    expect(paths['/api/accounts']?.post?.security).toBeUndefined()
  })
})
