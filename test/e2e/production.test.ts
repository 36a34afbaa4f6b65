import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { readConfig } from '../../shared/config.ts'
import { services } from '../../shared/routes.ts'
import { warningOf } from '../../shared/start/profile.ts'
import { Tree } from '../launcher-rig.ts'
import { ORDERS_ALONE } from '../shop.ts'

const STRONG = 'Zk3vQ9xT7mWp2LsB'
const CALL_SECRET = '7c1f0e9ab2d84356f7081b2c3d4e5f60'
const SHARED = { CALL_SECRET, SESSION_SECRET: CALL_SECRET, SEAL_SECRET: CALL_SECRET }
const gateway = { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRET: `whsec_${STRONG}` }
const LIMIT_MS = 20_000
const { PATH, NODE_COMPILE_CACHE } = process.env
const BARE = { PATH, NODE_COMPILE_CACHE } // nothing of the shop's

/** The lines in which a program says what is not usable in an environment; none when it would start. */
function complaintsOf(program: string, env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env, program)
    return []
  } catch (error) {
    const [, ...lines] = String(Object(error).message).split('\n')
    return lines.map((line) => line.trim())
  }
}
const namesIn = (complaints: string[]) => complaints.map((line) => line.split(':')[0])

describe('NODE_ENV', () => {
  it.each(['prod', 'Production', 'staging', 'live'])('is refused when it is %s, with what it may be', (NODE_ENV) => {
    for (const program of ['launcher', ...services, 'control', 'mailbox'])
      expect(complaintsOf(program, { NODE_ENV })).toEqual(['NODE_ENV: must be development, production or test'])
  })

  it.each([{}, { NODE_ENV: '' }, { NODE_ENV: 'development' }, { NODE_ENV: 'test' }])(
    'may be %j, and asks for nothing',
    (env) => {
      for (const program of ['launcher', 'payment', 'mailbox']) expect(complaintsOf(program, env)).toEqual([])
    },
  )
})

describe('where other hosts may have the same database', () => {
  const DATABASE_URL = 'postgresql://shop:secret@db.example/shop'
  const REDIS_URL = 'redis://redis.example'
  const all = { REDIS_PREFIX: 'shop', ADMIN_TOKEN: STRONG, ORDER_KEY_SECRET: CALL_SECRET, ...SHARED }

  it.each([
    ['order', ['REDIS_PREFIX', 'ADMIN_TOKEN', 'ORDER_KEY_SECRET', 'CALL_SECRET', 'SESSION_SECRET']],
    ['inventory', ['REDIS_PREFIX', 'CALL_SECRET']],
    ['accounts', ['REDIS_PREFIX', 'CALL_SECRET', 'SESSION_SECRET', 'SEAL_SECRET']],
    ['launcher', Object.keys(all)],
  ])('%s takes nothing from a file of its own that all must have alike: %j', (program, missing) => {
    const complaints = complaintsOf(program, { DATABASE_URL, REDIS_URL })

    expect(namesIn(complaints).toSorted()).toEqual(missing.toSorted())
    expect(complaints[0]).toContain('must be the same on all hosts that have DATABASE_URL')
    expect(complaintsOf(program, { DATABASE_URL, REDIS_URL, ...all })).toEqual([])
  })

  it('a launcher that brings its own Redis is alone, and keeps them as ever', () => {
    expect(complaintsOf('launcher', { DATABASE_URL })).toEqual([])
  })

  it('in production each is asked for once', () => {
    const named = namesIn(complaintsOf('order', { DATABASE_URL, REDIS_URL, NODE_ENV: 'production' }))

    expect(named.toSorted()).toEqual([
      ...['ADMIN_TOKEN', 'CALL_SECRET', 'ORDER_KEY_SECRET', 'REDIS_PREFIX', 'SESSION_SECRET'],
    ])
  })

  it('a program says so, and does not start', () => {
    const env = { ...BARE, DATABASE_URL, REDIS_URL, DATA_DIR: join(tmpdir(), 'orderline-none') }
    const { status, stdout } = spawnSync(process.execPath, ['dist/services/run.js', 'inventory'], { env })

    expect(status).toBe(1)
    expect(String(stdout)).toContain('REDIS_PREFIX: is missing')
  })
})

describe('in production', () => {
  const NODE_ENV = 'production'
  const outside = { SMTP_URL: 'smtps://mail.example', SHOP_URL: 'https://shop.example' }
  const real = { NODE_ENV, ...outside, ...gateway }

  it('everything that is missing or must not be is told at once', () => {
    const simulated = { MAILBOX_URL: 'http://x', GATEWAY_URL: 'http://y', SMS_GATEWAY_URL: 'http://z' }
    const env = { NODE_ENV, ADMIN_TOKEN: 'short-token', DEMO: 'true', ...simulated }

    expect(complaintsOf('launcher', env)).toEqual([
      'ADMIN_TOKEN: must have at least 16 characters',
      'SMTP_URL: is missing (or, to try it out, SIMULATORS=mailbox)',
      'SHOP_URL: is missing (or, to try it out, SIMULATORS=mailbox)',
      'STRIPE_SECRET_KEY: is missing (or, to try it out, SIMULATORS=payment-gateway)',
      'STRIPE_WEBHOOK_SECRET: is missing (or, to try it out, SIMULATORS=payment-gateway)',
      'MAILBOX_URL: is of a simulator that SIMULATORS does not name: mailbox',
      'GATEWAY_URL: is of a simulator that SIMULATORS does not name: payment-gateway',
      'SMS_GATEWAY_URL: is of a simulator that SIMULATORS does not name: sms-gateway',
      'DEMO: nothing may be broken on purpose in production',
    ])
  })

  it('the real things are enough', () => {
    expect(complaintsOf('launcher', { ...real, ADMIN_TOKEN: STRONG })).toEqual([])
    expect(complaintsOf('launcher', real)).toEqual([])
  })

  it.each([
    ['mailbox', ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']],
    ['payment-gateway', ['SMTP_URL', 'SHOP_URL']],
    [' payment-gateway , mailbox ', []],
  ])('a simulator is there only when it is asked for by name: %s', (SIMULATORS, missing) => {
    expect(namesIn(complaintsOf('launcher', { NODE_ENV, SIMULATORS }))).toEqual(missing)
  })

  it('a simulator that nobody knows is refused', () => {
    expect(complaintsOf('launcher', { NODE_ENV, SIMULATORS: 'mailbox,gateway' })).toEqual([
      'SIMULATORS: must be some of these, with commas between: mailbox, payment-gateway, sms-gateway',
    ])
  })

  it('the key of the simulator is no key', () => {
    const env = {
      ...real,
      CALL_SECRET,
      STRIPE_SECRET_KEY: 'sk_test_simulator',
      STRIPE_API_BASE: 'http://payment-gateway:8080',
    }

    expect(namesIn(complaintsOf('payment', env))).toEqual(['STRIPE_SECRET_KEY'])
    expect(complaintsOf('payment', { ...env, SIMULATORS: 'payment-gateway' })).toEqual([])
  })

  it.each([
    ['order', ['ORDER_KEY_SECRET', 'SESSION_SECRET']],
    ['control', []],
    ['inventory', []],
    ['payment', ['SHOP_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']],
    ['notification', ['ORDER_KEY_SECRET', 'SEAL_SECRET', 'SMTP_URL', 'SHOP_URL']],
    ['accounts', ['SESSION_SECRET', 'SEAL_SECRET', 'SHOP_URL']],
    ['sale', ['ORDER_KEY_SECRET', 'SESSION_SECRET']],
    ['webhooks', ['SHOP_URL']],
    ['mailbox', ['SIMULATORS']],
    ['payment-gateway', ['SIMULATORS']],
    ['sms-gateway', ['SIMULATORS']],
  ])('%s alone is asked for what is its own: %j', (program, missing) => {
    expect(namesIn(complaintsOf(program, { NODE_ENV, CALL_SECRET }))).toEqual(missing)
  })

  it.each(['launcher', 'notification'])('an account for SMS has its token and a number, told to %s', (program) => {
    const env = { ...real, ...SHARED, ORDER_KEY_SECRET: STRONG, SMS_ACCOUNT: 'AC1' }

    expect(complaintsOf(program, env)).toEqual([
      'SMS_TOKEN: is missing, and SMS_ACCOUNT needs it',
      'SMS_FROM: is missing, and SMS_ACCOUNT needs it',
    ])
    expect(complaintsOf(program, { ...env, SMS_TOKEN: CALL_SECRET, SMS_FROM: '+15005550006' })).toEqual([])
    expect(complaintsOf('order', env)).toEqual([])
  })

  it.each([
    'changemechangeme',
    'token-of-the-test',
    'secret-admin-token',
    'passwordpassword',
    'xxxxxxxxxxxxxxxxxxxxxxxx',
    '1234567890123456',
    '0123456789abcdef',
    'orderline-admin-password',
    'your-admin-token-here',
  ])('the token or secret %s is one that others would try', (ADMIN_TOKEN) => {
    const env = { NODE_ENV, ...SHARED, ORDER_KEY_SECRET: ADMIN_TOKEN }

    expect(complaintsOf('order', { ...env, ADMIN_TOKEN })).toEqual([
      'ADMIN_TOKEN: is one that others would try: take a random one',
      'ORDER_KEY_SECRET: is one that others would try: take a random one',
    ])
    expect(complaintsOf('inventory', env)).toEqual([])
  })

  it('a secret of webhooks that others would try is none, also beside a good one', () => {
    const STRIPE_WEBHOOK_SECRET = `whsec_${STRONG},whsec_test`

    expect(namesIn(complaintsOf('payment', { ...real, CALL_SECRET, STRIPE_WEBHOOK_SECRET }))).toEqual([
      'STRIPE_WEBHOOK_SECRET',
    ])
  })

  it('a random token is none of those, whatever its letters', () => {
    for (let i = 0; i < 2_000; i++) {
      const bytes = crypto.getRandomValues(new Uint8Array(12))
      for (const encoding of ['hex', 'base64url'] as const)
        expect(
          complaintsOf('control', { NODE_ENV, CALL_SECRET, ADMIN_TOKEN: Buffer.from(bytes).toString(encoding) }),
        ).toEqual([])
    }
  })

  it('every service alone needs the secret that all sign their calls with, and nobody else', () => {
    for (const program of [...services, 'control'])
      expect(complaintsOf(program, { ...real, ...SHARED, CALL_SECRET: '', ORDER_KEY_SECRET: STRONG })).toEqual([
        'CALL_SECRET: is missing',
      ])
    expect(complaintsOf('mailbox', { NODE_ENV, SIMULATORS: 'mailbox' })).toEqual([])
  })

  it.each([
    ['SESSION_SECRET', ['accounts', 'order', 'sale', 'live', 'launcher']],
    ['SEAL_SECRET', ['accounts', 'notification', 'launcher']],
  ])('a %s of little worth is refused by those who read it: %j', (name, readers) => {
    const weak = 'change-me-change-me-change-me-change-me'
    const env = { ...real, ...SHARED, ORDER_KEY_SECRET: STRONG, [name]: weak }
    for (const program of [...services, 'control', 'launcher'])
      expect([program, complaintsOf(program, env)]).toEqual([
        program,
        readers.includes(program) ? [`${name}: is one that others would try: take a random one`] : [],
      ])
  })

  it.each([
    ['x'.repeat(31), 'CALL_SECRET: must have at least 32 characters'],
    ['change-me-change-me-change-me-change-me', 'CALL_SECRET: is one that others would try: take a random one'],
  ])('a call secret of little worth is refused: %s', (weak, complaint) => {
    for (const program of ['launcher', 'control'])
      expect(complaintsOf(program, { ...real, CALL_SECRET: weak })).toEqual([complaint])
  })
})

describe('plain HTTP', () => {
  const production = { NODE_ENV: 'production', HOST: '0.0.0.0' }
  const warning = (program: string, env: NodeJS.ProcessEnv) => warningOf({ program, config: readConfig(env) })

  it.each(['order', 'control'])('where others come in is warned of, unless there is a proxy: %s', (program) => {
    expect(warning(program, production)).toContain('plain HTTP on 0.0.0.0')
    expect(warning(program, { ...production, HOST: '::' })).toContain('plain HTTP on ::')
    expect(warning(program, { ...production, TRUST_PROXY: '1' })).toBeUndefined()
    expect(warning(program, { ...production, HOST: '::1' })).toBeUndefined()
    expect(warning(program, { HOST: '0.0.0.0' })).toBeUndefined()
  })

  it('between our own programs is not', () => {
    expect(warning('inventory', production)).toBeUndefined()
  })

  it('is told when a program starts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-production-'))
    const own = { PORT: '0', DATA_DIR: folder, ...SHARED, ORDER_KEY_SECRET: STRONG }
    const env = { ...BARE, ...production, ...own }
    const order = spawn(process.execPath, ['dist/services/order/main.js'], { env })
    const told = createInterface({ input: order.stdout })[Symbol.asyncIterator]()

    expect(JSON.parse(String((await told.next()).value))).toMatchObject({ level: 40, msg: 'http.in_plain_sight' })

    order.kill()
    await once(order, 'close')
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('a program alone in production', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-production-'))
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    ['services/payment', 'STRIPE_SECRET_KEY: is missing'],
    ['services/order', 'ORDER_KEY_SECRET: is missing'],
    ['services/sale', 'ORDER_KEY_SECRET: is missing'],
    ['services/notification', 'SMTP_URL: is missing'],
    ['services/accounts', 'SESSION_SECRET: is missing'],
    ['simulators/mailbox', 'SIMULATORS: does not name this one: mailbox'],
    ['simulators/payment-gateway', 'SIMULATORS: does not name this one: payment-gateway'],
    ['simulators/sms-gateway', 'SIMULATORS: does not name this one: sms-gateway'],
  ])('does not start without what it needs: %s', (program, reason) => {
    const env = { ...BARE, NODE_ENV: 'production', DATA_DIR: folder }
    const limits = { timeout: LIMIT_MS, encoding: 'utf8' } as const

    const { status, stdout } = spawnSync(process.execPath, [`dist/${program}/main.js`], { env, ...limits })

    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ msg: 'not.started', reason: expect.stringContaining(reason) })
  })
})

describe('the launcher', () => {
  let tree: Tree

  beforeEach(() => {
    tree = new Tree()
  })

  afterEach(() => tree.close())

  it('refuses production with what it would bring itself in development', async () => {
    const run = tree.launch({ NODE_ENV: 'production', DEMO: 'true', ADMIN_TOKEN: 'changeme' })

    expect(await run.exit).toBe(1)
    expect(run.output.match(/^ {2}\w+: /gm)).toEqual(
      ['ADMIN_TOKEN', 'SMTP_URL', 'SHOP_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'DEMO'].map(
        (name) => `  ${name}: `,
      ),
    )
    expect(run.facts('launcher', 'launcher.stopped')).toEqual([])
  })

  it('starts in production with the simulators that are named, and without the demo', async () => {
    const env = { ...ORDERS_ALONE, NODE_ENV: 'production', SIMULATORS: 'mailbox', ...gateway }

    await tree.launch(env).ready()

    expect(tree.envOf('control').DEMO).toBe('false')
    expect(tree.envOf('mailbox').SIMULATORS).toBe('mailbox')
    for (const name of ['payment-gateway', 'sms-gateway']) expect(() => tree.envOf(name)).toThrow('ENOENT')
    expect(tree.envOf('notification').SMS_API_BASE).toBeUndefined()
  })

  it.each([
    [{ HOST: '127.0.0.1' }, 'true', 0],
    [{ HOST: '0.0.0.0' }, 'false', 1],
    [{ HOST: '0.0.0.0', DEMO: 'true' }, 'true', 0],
    [{ HOST: '127.0.0.1', DEMO: 'false' }, 'false', 0],
  ])('lets things be broken only where nobody else can come in, or it is asked for: %j', async (env, demo, times) => {
    const run = tree.launch({ ...ORDERS_ALONE, ...env })
    await run.ready()

    expect(tree.envOf('control').DEMO).toBe(demo)
    expect(run.facts('launcher', 'demo.off')).toHaveLength(times)
  })
})
