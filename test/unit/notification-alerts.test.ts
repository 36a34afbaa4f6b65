import { describe, expect, it } from '@jest/globals'
import { ADA, SKU, useAlerts } from '../alerts-rig.ts'
import { SHOP_URL } from '../notification-rig.ts'
import { until } from '../until.ts'

const alerts = useAlerts()
const { rig, ask, codeFor, confirm, confirmed, mailsTo, states } = alerts
const noneWaits = () =>
  until(() => rig.rows(`SELECT event FROM "Outbox" WHERE queue LIKE 'notification%'`).length === 0)

describe('somebody who waits for a product', () => {
  it('has one mail when it is back, once it is confirmed that the address is theirs', async () => {
    await confirmed()
    await alerts.isBack()

    const [asked, told] = await mailsTo(ADA, 2)
    expect(asked?.subject).toBe('Please confirm: tell me when it is back (Signed print)')
    expect(told).toMatchObject({ subject: 'Back in stock: Signed print', to: [ADA] })
    expect(told?.headers['list-unsubscribe']).toMatch(new RegExp(`^<${SHOP_URL}/alerts/stop/[\\w.-]+>$`))
    expect(told?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    await alerts.isBack()
    await noneWaits()
    expect(await mailsTo(ADA, 2)).toHaveLength(2)
    expect(states()).toEqual(['told'])
  })

  it('has it in the language that they read', async () => {
    await ask({ language: 'zh' })
    await confirm(await codeFor())
    await alerts.isBack()

    const [, told] = await mailsTo(ADA, 2)
    expect(told?.subject).toBe('已到货：Signed print')
    for (const body of [told?.text, told?.html]) expect(body).toContain('不再接收商品通知')
  })

  it('is told of a price that is lower than when they asked, and of no other', async () => {
    await alerts.costs(6_000, 6_500)
    await confirmed({ kind: 'cheaper' })
    await alerts.costs(6_200, 6_000)
    await alerts.isBack()
    await alerts.costs(5_000, 6_200)

    const [, told] = await mailsTo(ADA, 2)
    expect(told?.subject).toBe('Costs less now: Signed print')
    expect(told?.text).toContain('€50.00')
    expect(rig.emitted('alert.due')).toMatchObject([{ data: { sku: SKU, kind: 'cheaper', priceCents: 5_000 } }])
  })

  it('is told of no price that was changed since, whatever clock it came by', async () => {
    await alerts.costs(6_400, 6_500, SKU, 100)
    await confirmed({ kind: 'cheaper' })
    await alerts.costs(5_000, 6_500, SKU, 99) // late, and by a clock that was put back since
    expect(rig.rows('SELECT "priceCents" FROM "Product"')).toEqual([{ priceCents: 6_400 }])
    await alerts.costs(6_000, 6_400, SKU, 101)

    const [, told] = await mailsTo(ADA, 2)
    expect(told?.text).toContain('€60.00')
  })

  it('is told at once where it has come back while they had not confirmed yet', async () => {
    await ask()
    const code = await codeFor()
    await alerts.isBack()

    expect(await (await confirm(code)).json()).toMatchObject({ sku: SKU, name: 'Signed print', state: 'told' })
    expect(await mailsTo(ADA, 2)).toHaveLength(2)
  })

  it('is not told of what was back before they asked', async () => {
    await alerts.isBack()
    await confirmed()
    await until(() => rig.rows('SELECT sku FROM "Product" WHERE "isToTell" = 1').length === 0)

    expect(states()).toEqual(['confirmed'])
  })

  it('is told where mails do not arrive: the recipient is refused for good, and it is no dead letter', async () => {
    await confirmed()
    rig.write(`UPDATE "Alert" SET email = 'nobody at all'`)
    await alerts.isBack()

    await until(() => rig.emitted('mail.bounced').length === 1)
    expect(rig.rows('SELECT id FROM "DeadLetter"')).toEqual([])
  })
})

describe('the link in the mail', () => {
  it('confirms once', async () => {
    await ask()
    const code = await codeFor()

    expect((await confirm(code)).status).toBe(200)
    expect((await confirm(code)).status).toBe(409)
    expect(states()).toEqual(['confirmed'])
  })

  it('does nothing when programs follow it: the page has a button', async () => {
    await ask()
    const [mail] = await mailsTo(ADA, 1)
    const links = [
      ...`${mail?.text} ${mail?.headers['list-unsubscribe']}`.matchAll(new RegExp(`${SHOP_URL}([^\\s>]+)`, 'g')),
    ]
    for (const [, path = ''] of links) {
      const page = await alerts.get(path.replace(/#.*$/, ''))
      expect([path, page.status, page.headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8'])
    }
    expect(await alerts.look(await codeFor())).toMatchObject({ state: 'asked', isToConfirm: true })

    expect(links).toHaveLength(3)
    expect(states()).toEqual(['asked'])
  })

  it('is not good for ever, nor in other hands', async () => {
    await ask()
    const code = await codeFor()
    const stopCode = /\/alerts\/stop\/([^>]+)/.exec((await mailsTo(ADA, 1))[0]?.headers['list-unsubscribe'] ?? '')?.[1]

    expect((await confirm(stopCode ?? '')).status).toBe(404)
    expect((await confirm(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
    rig.write('UPDATE "Alert" SET "askedAt" = "askedAt" - ?', 49 * 3_600_000)
    expect((await confirm(code)).status).toBe(404)
    expect(await alerts.look(code)).toMatchObject({ isToConfirm: false })
  })

  it('stops by one click all that its mailbox waits for', async () => {
    await confirmed()
    await ask({ kind: 'cheaper', email: 'ADA+shop@example.com' })
    const [, second] = await until(async () => (await rig.mails()).length === 2 && rig.mails())
    const path = new RegExp(`${SHOP_URL}([^>]+)`).exec(second?.headers['list-unsubscribe'] ?? '')?.[1] ?? ''

    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    expect((await fetch(alerts.url(path), { method: 'POST', body, redirect: 'error' })).status).toBe(200)
    expect(states()).toEqual(['stopped', 'stopped'])
    await alerts.isBack()
    await until(() => rig.rows('SELECT sku FROM "Product" WHERE "isToTell" = 1').length === 0)
    expect(rig.emitted('alert.due')).toEqual([])
  })
})

describe('the answer to who asks', () => {
  it('tells nobody anything: it is the same for who is new, who waits already, and who is written to too often', async () => {
    await rig.stop()
    await rig.boot({ RATE_LIMITS: 'on' })
    const answers = []
    for (let i = 0; i < 8; i++) {
      const answer = await ask()
      answers.push([answer.status, await answer.text(), answer.headers.get('content-length')])
    }
    await confirm(await codeFor(ADA, 5))
    const known = await ask()

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect([known.status, await known.text()]).toEqual([202, ''])
    await noneWaits()
    expect(await mailsTo(ADA, 5)).toHaveLength(5)
    expect(rig.rows('SELECT asks FROM "Alert"')).toEqual([{ asks: 5 }])
  })

  it('names the field that is wrong, and lets one client ask for so many', async () => {
    await rig.stop()
    await rig.boot({ RATE_LIMITS: 'on' })
    for (const [parts, field] of [
      [{ sku: 'X' }, 'sku'],
      [{ email: 'x' }, 'email'],
      [{ kind: 'x' }, 'kind'],
    ] as const)
      expect(await (await ask(parts)).json()).toMatchObject({ status: 422, errors: [{ field }] })

    const statuses = []
    for (let i = 0; i < 31; i++) statuses.push((await ask({ email: `${i}@example.com` })).status)
    expect(statuses.indexOf(429)).toBe(30)
  })
})

describe('an account that is deleted', () => {
  it('waits for nothing any more, however its address was spelled', async () => {
    await confirmed({ email: 'Ada+print@example.com' })
    await rig.done(await rig.push('customer.deleted', '01a20753-7f79-740f-a857-ba8f5bfbbd1d', { email: ADA }))
    await alerts.isBack()
    await until(() => rig.rows('SELECT sku FROM "Product" WHERE "isToTell" = 1').length === 0)

    expect(rig.rows('SELECT state, open, mailbox || email AS left FROM "Alert"')).toEqual([
      { state: 'stopped', open: null, left: '' },
    ])
    expect(rig.rows('SELECT recipient FROM "AlertMail"')).toEqual([{ recipient: '' }])
  })
})
