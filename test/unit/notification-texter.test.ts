import { describe, expect, it } from '@jest/globals'
import { connectTexter, type Texter } from '../../services/notification/texter.ts'
import { readConfig } from '../../shared/config.ts'
import { Busy, Deferral, Outage } from '../../shared/events.ts'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { ACCOUNT, OURS, TOKEN, useSmsGateway } from '../sms-rig.ts'
import { until } from '../until.ts'

const ADA = '+491701234567'
const HOUR_MS = 3_600_000
const gateway = useSmsGateway()
const never = new AbortController().signal

function texter(env: NodeJS.ProcessEnv = {}, log = createLogger('test', 'silent')): Texter {
  const told = { SMS_ACCOUNT: ACCOUNT, SMS_TOKEN: TOKEN, SMS_FROM: OURS, SMS_API_BASE: gateway.url }
  const connected = connectTexter(readConfig({ ...told, ...env }), log)
  if (connected === null) throw new Error('there is no gateway')
  return connected
}

const send = (to = ADA, env: NodeJS.ProcessEnv = {}, signal = never) =>
  texter(env).send({ to, body: 'Hello', callback: `${gateway.webhooksUrl}/status` }, signal)

function listening(told: string[]): Logger {
  const tell = (...said: unknown[]) => void told.push(String(said.at(-1)))
  return Object.assign(createLogger('test', 'silent'), { warn: tell, info: tell })
}

describe('the way to the SMS gateway', () => {
  it('sends, with a callback, and knows what it has sent', async () => {
    const sent = await send()

    expect(sent).toEqual({ sid: expect.stringMatching(/^SM/) })
    await until(() => gateway.heard.length === 3)
    const sid = 'sid' in sent ? sent.sid : ''
    expect(await texter().look(sid, never)).toEqual({ sid, status: 'delivered', code: null })
  })

  it.each([
    ['+15005550001', 21_211],
    ['+15005550004', 21_610],
    ['+15005550009', 21_614],
  ])('gives back as a word that %s never gets an SMS: %d', async (to, code) => {
    expect(await send(to)).toMatchObject({ refusal: { code, reason: expect.any(String) } })
  })

  it('finds an SMS by its phone, its words and its time, the newest first', async () => {
    await send()
    await texter().send({ to: ADA, body: 'something else', callback: gateway.webhooksUrl }, never)
    await send('+491700000000')
    await send()

    const found = await texter().find({ to: ADA, body: 'Hello' }, Date.now(), never)
    const sent = (await gateway.list(ADA)).filter(({ body }) => body === 'Hello').map(({ sid }) => sid)
    expect(found.map(({ sid }) => sid)).toEqual(sent)
    const hoursAhead = await texter().find({ to: ADA, body: 'Hello' }, Date.now() + 20 * HOUR_MS, never)
    expect(hoursAhead).toHaveLength(2)
    expect(await texter().find({ to: ADA, body: 'Hello' }, Date.now() + 25 * HOUR_MS, never)).toEqual([])
  })
})

describe('trouble with the SMS gateway', () => {
  it.each([
    ['has too much to do', { busyShare: 1 }, Busy],
    ['is away', { down: true }, Outage],
    ['loses its answer', { loseAnswers: 1 }, Outage],
  ])('is told apart: it %s', async (_, switches, kind) => {
    await gateway.turn(switches)
    await expect(send()).rejects.toThrow(kind)
  })

  it.each([
    ['does not let us in', { SMS_TOKEN: 'the token of another one' }, Outage],
    ['does not take our number', { SMS_FROM: '+15005550007' }, Outage],
    ['has too many of our SMS already', { SMS_FROM: '+15005550008' }, Deferral],
    ['is not there', { SMS_API_BASE: 'http://127.0.0.1:9' }, Outage],
  ])('is told apart: it %s', async (_, env, kind) => {
    await expect(send(ADA, env)).rejects.toThrow(kind)
  })

  it('is an outage where it does not answer in time', async () => {
    await gateway.turn({ delayMs: 500 })
    await expect(send(ADA, {}, AbortSignal.timeout(100))).rejects.toThrow(Outage)
  })

  it('is none of the SMS: what cannot be looked at is an outage, never a word', async () => {
    await expect(texter().look('SM0', never)).rejects.toThrow(Outage)
  })

  it('is told once when it begins, and once when it is over', async () => {
    const told: string[] = []
    const watched = texter({}, listening(told))
    const text = { to: ADA, body: 'Hello', callback: gateway.webhooksUrl }
    for (const switches of [{ down: true }, { down: true }, { down: false, busyShare: 1 }, { busyShare: 0 }, {}]) {
      await gateway.turn(switches)
      await watched.send(text, never).catch(() => {})
    }
    expect(told).toEqual(['sms.away', 'sms.back'])
  })

  it('is told at the start where there is no gateway', () => {
    const told: string[] = []
    expect(connectTexter(readConfig({}), listening(told))).toBeNull()
    expect(told).toEqual(['sms.off'])
  })
})
