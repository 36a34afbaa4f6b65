import { describe, expect, it } from '@jest/globals'
import { EMAIL, PASSWORD, useAccounts } from '../accounts-rig.ts'
import { problemOf } from '../order-rig.ts'
import { until } from '../until.ts'

const accounts = useAccounts()

describe('signing up', () => {
  it('is answered when it is on disk, and has a mail sent with a link that nobody else can read', async () => {
    const answer = await accounts.signUp()

    expect(answer.status).toBe(202)
    const { registration, watch } = Object(await answer.json())
    expect(watch).toBe(`/api/accounts/registrations/${registration}`)
    const [account] = await accounts.rows('account')
    expect(account).toMatchObject({ id: registration, email: EMAIL, name: 'Ada Lovelace', language: 'en' })
    const [told] = await accounts.heard('customer.registered', 'notification')
    expect(told).toMatchObject({ subject: registration, data: { email: EMAIL, isKnown: false } })
    expect(await accounts.tokenIn('customer.registered')).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(told)).not.toContain(await accounts.tokenIn('customer.registered'))
  })

  it('keeps of the password only what cannot be read back, at the cost that is asked for today', async () => {
    await accounts.register()

    const [account] = await accounts.rows('account')
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const all = JSON.stringify([await accounts.rows('account'), await accounts.rows('registration')], bigints)
    expect(all).not.toContain(PASSWORD)
  })

  it('tells what is sent where, and when it changes', async () => {
    const id = await accounts.register({ phone: '+49 170 123-4567', language: 'zh' })

    const [preferred] = await accounts.heard('customer.preferred', 'notification')
    expect(preferred).toMatchObject({
      subject: id,
      data: { language: 'zh', revision: 1, phone: null, orders: { mail: true, sms: false } },
    })
    const [sms] = await accounts.heard('customer.phoneAdded', 'notification:aside')
    expect(sms).toMatchObject({ subject: id, data: { phone: '+491701234567', kind: 'code', language: 'zh' } })
    expect(await accounts.code()).toMatch(/^\d{6}$/)
  })

  it('reads the language from the browser where none is given', async () => {
    await accounts.signUp({}, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' })

    expect(await accounts.rows('account')).toMatchObject([{ language: 'zh' }])
  })
})

describe('a registration', () => {
  it('shows by its lights what is done', async () => {
    const id = await accounts.register({ phone: '+491701234567' })
    expect(await accounts.lights(id)).toEqual({ saved: true, mail: 'waiting', sms: 'waiting' })

    await accounts.hear({ name: 'mail.sent', subject: id, data: { kind: 'welcome' } })
    await until(async () => Object(await accounts.lights(id)).mail === 'sent')
    await accounts.hear({ name: 'sms.sent', subject: id, data: { kind: 'code', phone: '+491701234567' } })
    await until(async () => Object(await accounts.lights(id)).sms === 'sent')

    const failed = { kind: 'code', phone: '+491701234567', sid: null, code: 30_003, reason: 'unreachable' } as const
    await accounts.hear({ name: 'sms.failed', subject: id, data: failed })
    await until(async () => Object(await accounts.lights(id)).sms === 'mailed')
  })

  it('is not told that its mail is out by the one that goes out instead of its SMS', async () => {
    const id = await accounts.register({ phone: '+491701234567' })

    await accounts.hear({ name: 'mail.sent', subject: id, data: { kind: 'code' } })
    await accounts.hear({ name: 'sms.sent', subject: id, data: { kind: 'code', phone: '+491701234567' } })
    await until(async () => Object(await accounts.lights(id)).sms === 'sent')
    expect(await accounts.lights(id)).toMatchObject({ mail: 'waiting' })

    await accounts.hear({ name: 'mail.sent', subject: id, data: { kind: 'welcome' } })
    await until(async () => Object(await accounts.lights(id)).mail === 'sent')
  })

  it('has no third light without a number, and is nothing to who does not know its id', async () => {
    expect(await accounts.lights(await accounts.register())).toEqual({ saved: true, mail: 'waiting', sms: null })
    const stranger = await accounts.get('/api/accounts/registrations/0')
    expect(await problemOf(stranger)).toMatchObject({ status: 404 })
  })
})

describe('signing up with an address that has an account', () => {
  it('is answered the same, leaves the account as it is, and tells its owner by mail', async () => {
    const first = await accounts.signUp()
    const again = await accounts.signUp({ email: 'ADA+shop@example.com', name: 'Eve', password: 'another password' })

    expect([again.status, Object.keys(Object(await again.json()))]).toEqual([
      first.status,
      Object.keys(Object(await first.json())),
    ])
    expect(await accounts.rows('account')).toMatchObject([{ name: 'Ada Lovelace', email: EMAIL }])
    const [, told] = await accounts.heard('customer.registered', 'notification', 2)
    expect(told?.data).toMatchObject({ isKnown: true, email: EMAIL, name: 'Ada Lovelace' })
    await accounts.signedIn()
    await expect(accounts.signedIn(EMAIL, 'another password')).rejects.toThrow('not signed in')
  })

  it('has lights of its own, and an SMS that carries no code and nothing of the account', async () => {
    await accounts.register()
    const id = await accounts.register({ name: 'Eve', phone: '+491701234567' })

    expect(await accounts.lights(id)).toEqual({ saved: true, mail: 'waiting', sms: 'waiting' })
    const [sms] = await accounts.heard('customer.phoneAdded', 'notification:aside')
    expect(sms).toMatchObject({ subject: id, data: { kind: 'known', name: 'Eve' } })
    expect(sms?.data).not.toHaveProperty('code')
  })

  it('makes one account, however many do it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => accounts.signUp()))

    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202))
    expect(await accounts.rows('account')).toHaveLength(1)
    const told = await accounts.heard('customer.registered', 'notification', 12)
    expect(told.filter(({ data }) => !data.isKnown)).toHaveLength(1)
    expect(await accounts.told('customer.preferred', 'notification')).toHaveLength(1)
  })
})

describe('an Idempotency-Key', () => {
  const withKey = (parts: object = {}) => accounts.signUp(parts, { 'idempotency-key': 'k1' })

  it('makes a repetition the same registration', async () => {
    const [first, second] = [await (await withKey()).json(), await (await withKey()).json()]

    expect(second).toEqual(first)
    expect(await accounts.rows('registration')).toHaveLength(1)
    expect(await accounts.heard('customer.registered', 'notification')).toHaveLength(1)
  })

  it('cannot stand for another body, not even for another password', async () => {
    await withKey()

    expect(await problemOf(await withKey({ password: 'another password' }))).toMatchObject({
      status: 422,
      fields: ['Idempotency-Key'],
    })
    const [registration] = await accounts.rows('registration')
    expect(String(registration?.fingerprint)).toHaveLength(43)
  })
})

describe('bad input', () => {
  const bad = { name: '', email: 'nobody', password: 'short', phone: '0170', language: 'fr' }

  it('is refused with the names of the fields', async () => {
    const { status, errors, fields } = await problemOf(await accounts.signUp(bad))

    expect([status, fields]).toEqual([422, ['name', 'email', 'password', 'phone', 'language']])
    expect(errors?.[2]?.message).toBe('must have at least 8 characters')
    expect(await accounts.rows('account')).toEqual([])
  })

  it('is refused in Chinese to who reads it', async () => {
    const answer = await accounts.signUp({ ...bad, name: undefined }, { 'accept-language': 'zh-CN' })

    expect(answer.headers.get('content-language')).toBe('zh')
    const { title, detail, errors, fields } = await problemOf(answer)
    expect([title, fields]).toEqual(['请求内容无效', ['name', 'email', 'password', 'phone', 'language']])
    expect(detail).toContain('password：至少需要 8 个字符')
    for (const { message } of errors ?? []) expect(message).toMatch(/\p{Script=Han}/u)
  })
})

const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
