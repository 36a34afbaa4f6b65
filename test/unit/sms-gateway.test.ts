import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { OURS, TOKEN, useSmsGateway } from '../sms-rig.ts'
import { until } from '../until.ts'

const ADA = '+491701234567'
const gateway = useSmsGateway()

const send = (form: Record<string, string> = {}) =>
  gateway.api('Messages.json', { To: ADA, From: OURS, Body: 'Hello', ...form })
const status = async (to = ADA) => (await gateway.list(to))[0]?.status
const code = async (answer: Response) => [answer.status, JSON.parse(await answer.text()).code]

describe('the SMS gateway', () => {
  it('answers as Twilio does, and takes an SMS on its way step by step', async () => {
    const answer = await send({ Body: '你好' })

    const sms = JSON.parse(await answer.text())
    expect(answer.status).toBe(201)
    expect(sms).toMatchObject({
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      ...{ status: 'queued', to: ADA, from: OURS, body: '你好', direction: 'outbound-api', num_segments: '1' },
      ...{ date_created: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000$/), date_sent: null },
      ...{ error_code: null, error_message: null },
    })
    await until(async () => (await status()) === 'delivered')
    const now = JSON.parse(await (await gateway.api(`Messages/${sms.sid}.json`)).text())
    expect(now).toMatchObject({ status: 'delivered', date_sent: expect.any(String) })
  })

  it('tells each status, signed, where it was asked to, and not the first one', async () => {
    const callback = `${gateway.webhooksUrl}/status?sms=1`
    await send({ StatusCallback: callback })

    await until(() => gateway.heard.length === 3)
    expect(gateway.heard.map(({ form }) => form.MessageStatus)).toEqual(['sending', 'sent', 'delivered'])
    for (const { path, form, signature } of gateway.heard) {
      const sorted = Object.keys(form)
        .sort()
        .map((name) => `${name}${form[name]}`)
      const wanted = createHmac('sha1', TOKEN)
        .update(callback + sorted.join(''))
        .digest('base64')
      expect([path, signature]).toEqual(['/sms/status?sms=1', wanted])
    }
  })

  it.each([
    ['+15005550001', 21_211],
    ['+15005550002', 21_612],
    ['+15005550003', 21_408],
    ['+15005550004', 21_610],
    ['+15005550009', 21_614],
    ['0170', 21_211],
  ])('refuses what goes to %s with %d, and keeps nothing', async (To, wanted) => {
    expect(await code(await send({ To }))).toEqual([400, wanted])
    expect(await gateway.list()).toEqual([])
  })

  it.each([
    [{ From: '+15005550007' }, 21_606],
    [{ From: '+15005550008' }, 21_611],
    [{ From: '' }, 21_603],
    [{ Body: '' }, 21_602],
    [{ StatusCallback: 'nowhere' }, 21_609],
  ])('refuses %j with %d', async (form, wanted) => {
    expect(await code(await send(form))).toEqual([400, wanted])
  })

  it('refuses what is too long', async () => {
    expect(await code(await send({ Body: 'x'.repeat(1_601) }))).toEqual([400, 21_617])
  })

  it('lets nobody in without the account and its token', async () => {
    expect(await code(await gateway.api('Messages.json', { To: ADA }, 'another'))).toEqual([401, 20_003])
    expect(await code(await fetch(`${gateway.url}/2010-04-01/Accounts/AC1/Messages.json`))).toEqual([401, 20_003])
    expect(await code(await gateway.api('Calls.json'))).toEqual([404, 20_404])
  })

  it.each([
    ['+15005553003', 'undelivered', '30003'],
    ['+15005553001', 'failed', '30001'],
  ])('takes what goes to %s, which becomes %s with code %s', async (To, wanted, ErrorCode) => {
    await send({ To, StatusCallback: `${gateway.webhooksUrl}/status` })

    await until(async () => (await status(To)) === wanted)
    await until(() => gateway.heard.at(-1)?.form.MessageStatus === wanted)
    expect(gateway.heard.at(-1)?.form).toMatchObject({ ErrorCode, To })
  })

  it('lists what was sent, newest first, by phone, by time and page by page', async () => {
    for (const Body of ['one', 'two', 'three']) await send({ Body })
    await send({ To: '+491700000000', Body: 'to somebody else' })
    await until(async () => (await gateway.list(ADA)).every((sms) => sms.status === 'delivered'))
    const list = async (query: string) => JSON.parse(await (await gateway.api(`Messages.json?${query}`)).text())
    const bodies = (page: { messages: { body: string }[] }) => page.messages.map(({ body }) => body)

    const first = await list(`To=${encodeURIComponent(ADA)}&PageSize=2`)
    const rest = await list(first.next_page_uri.split('?')[1])
    expect([bodies(first), bodies(rest), rest.next_page_uri]).toEqual([['three', 'two'], ['one'], null])
    const day = new Date().toISOString().slice(0, 10)
    expect(bodies(await list(`DateSent%3E=${day}`))).toHaveLength(4)
    expect(bodies(await list(`DateSent%3E=2999-01-01T00:00:00Z`))).toEqual([])
  })

  it('passes on what a phone answers, signed; after STOP it sends there no more until START', async () => {
    await send()
    await gateway.reply(ADA, ' stop ')

    await until(() => gateway.heard.some(({ path }) => path === '/sms/inbound'))
    expect(gateway.heard.find(({ path }) => path === '/sms/inbound')?.form).toMatchObject({
      ...{ From: ADA, To: OURS, Body: ' stop ', SmsStatus: 'received', MessageSid: expect.stringMatching(/^SM/) },
    })
    expect(await code(await send())).toEqual([400, 21_610])
    expect((await gateway.reply('+4930', 'STOP')).status).toBe(404)

    await gateway.reply(ADA, 'START')
    expect((await send()).status).toBe(201)
  })

  it('goes on after a restart where it was', async () => {
    await gateway.turn({ stepMs: 60_000 })
    await send()
    await gateway.reply(ADA, 'STOP')
    await gateway.shutDown()
    await gateway.boot()

    await until(async () => (await gateway.list(ADA)).some((sms) => sms.status === 'delivered'))
    expect(await code(await send())).toEqual([400, 21_610])
  })
})

describe('trouble with the SMS gateway, when it is told to', () => {
  it('is away: it answers 503, or the connection is cut, and nothing is taken', async () => {
    await gateway.turn({ down: true })

    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        send().then(
          (one) => one.status,
          () => 'cut',
        ),
      ),
    )
    expect([...new Set(answers)].sort()).toEqual([503, 'cut'])
    expect(await gateway.list()).toEqual([])
  })

  it('is too much for it', async () => {
    await gateway.turn({ busyShare: 1 })
    expect(await code(await send())).toEqual([429, 20_429])
  })

  it('loses its answer, and what it lost stands in its book', async () => {
    await gateway.turn({ loseAnswers: 1 })

    await expect(send()).rejects.toThrow()
    const [sms] = await gateway.list(ADA)
    await until(async () => (await gateway.lines()).some(({ kind, sid }) => kind === 'unanswered' && sid === sms?.sid))
  })

  it('writes an answer down as lost, too, that somebody has not waited for', async () => {
    await gateway.turn({ delayMs: 300 })
    const body = new URLSearchParams({ To: ADA, From: OURS, Body: 'Hello' })
    const headers = {
      authorization: `Basic ${Buffer.from(`AC00000000000000000000000000000000:${TOKEN}`).toString('base64')}`,
    }
    const path = '/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json'
    const hasty = fetch(`${gateway.url}${path}`, { method: 'POST', headers, body, signal: AbortSignal.timeout(100) })

    await expect(hasty).rejects.toThrow()
    await until(async () => (await gateway.list(ADA)).length === 1)
    await until(async () => (await gateway.lines()).some(({ kind }) => kind === 'unanswered'))
  })

  it('loses callbacks, and delivers nothing', async () => {
    await gateway.turn({ loseCallbacks: 1, undeliverableShare: 1 })
    await send({ StatusCallback: `${gateway.webhooksUrl}/status` })

    await until(async () => (await status()) === 'undelivered')
    expect(gateway.heard).toEqual([])
  })

  it('is nothing that it does not know', async () => {
    expect((await gateway.turn({ slow: true })).status).toBe(400)
  })
})

describe('the page of phones', () => {
  it.each([
    ['en', 'Phones', 'delivered'],
    ['zh', '手机', '已送达'],
  ])('shows each phone and its texts, in %s, and runs nothing', async (language, title, delivered) => {
    await send({ Body: '<b>Hello</b>' })
    await until(async () => (await status()) === 'delivered')

    const answer = await fetch(`${gateway.url}/phones`, { headers: { 'accept-language': language } })
    const page = await answer.text()
    for (const part of [`<html lang="${language}">`, title, ADA, '&lt;b&gt;Hello&lt;/b&gt;', delivered])
      expect(page).toContain(part)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('lets a phone answer', async () => {
    await send()
    const page = await (await fetch(`${gateway.url}/phones/${encodeURIComponent(ADA)}`)).text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    const body = new URLSearchParams({ word: 'STOP', body: '' })

    const back = await (await fetch(`${gateway.url}${action}`, { method: 'POST', body })).text()
    expect(back).toContain('Has said STOP')
    expect(back).toContain('<li class="reply"><span>STOP</span>')
  })
})
