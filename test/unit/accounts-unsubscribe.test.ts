import { describe, expect, it } from '@jest/globals'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { useAccounts } from '../accounts-rig.ts'
import { problemOf } from '../order-rig.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

const accounts = useAccounts()
const { tokenOf, accountOf } = createUnsubscribe(SEAL_SECRET)
const linkOf = (account: string) => `/unsubscribe/${tokenOf(account)}`
/** As mail programs do it, by RFC 8058: without cookies, and in one of two forms. */
const oneClick = (path: string, body: URLSearchParams | FormData) =>
  fetch(accounts.url + path, { method: 'POST', body, redirect: 'error' })
const one = { 'List-Unsubscribe': 'One-Click' }

describe('the link that ends mails about orders', () => {
  it('leads to a page with a button, and does nothing by itself: programs follow links, too', async () => {
    const id = await accounts.register()

    const page = await accounts.get(linkOf(id))

    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const text = await page.text()
    expect(text).toContain('<form method="post"><button')
    expect(text).not.toMatch(/<script|src=|https?:/)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await accounts.rows('account')).toMatchObject([{ ordersByMail: 1 }])
  })

  it('speaks the language of the reader', async () => {
    const page = await accounts.get(linkOf(await accounts.register()), { 'accept-language': 'zh-CN' })
    expect(await page.text()).toContain('<html lang="zh">')
  })

  it('ends them with one click, in both forms that mail programs send, and tells it once', async () => {
    const id = await accounts.register()
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')

    const answers = [await oneClick(linkOf(id), new URLSearchParams(one)), await oneClick(linkOf(id), form)]

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const told = await accounts.heard('customer.preferred', 'notification', 2)
    expect(told.map(({ data }) => [data.revision, data.orders.mail])).toEqual([
      [1, true],
      [2, false],
    ])
    expect(await (await (await accounts.signedIn()).get('/api/account')).json()).toMatchObject({
      orders: { mail: false, sms: false },
    })
  })

  it('is of one account, and nobody can make one without the secret', async () => {
    const id = await accounts.register()
    const forged = createUnsubscribe('another secret, which nobody of ours has').tokenOf(id)

    for (const token of [forged, id, `${tokenOf(id)}x`, tokenOf(id).replace(/^./, 'x')])
      expect(await problemOf(await accounts.post(`/unsubscribe/${token}`))).toMatchObject({ status: 404 })
    expect(await accounts.rows('account')).toMatchObject([{ ordersByMail: 1 }])
    expect([accountOf(tokenOf(id)), accountOf(forged), accountOf('')]).toEqual([id, null, null])
  })

  it('is answered as usual when the account is gone', async () => {
    const id = await accounts.register()
    await (await accounts.signedIn()).post('/api/account/delete', { password: 'correct horse battery staple' })

    expect((await oneClick(linkOf(id), new URLSearchParams(one))).status).toBe(200)
  })
})
