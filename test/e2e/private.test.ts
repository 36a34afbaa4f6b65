import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { closeToOthers } from '../../shared/start/private-files.ts'
import { Shop } from '../shop.ts'

const OTHERS = 0o077

/** What others on this machine could get at, of everything in `folder`. */
function loose(folder: string): string[] {
  const all = [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]
  return all.filter((path) => !lstatSync(path).isSymbolicLink() && (lstatSync(path).mode & OTHERS) !== 0)
}

describe('what a shop writes', () => {
  const umask = process.umask(0o022) // as most people have it
  const root = mkdtempSync(join(tmpdir(), 'orderline-private-'))
  const dataDir = join(root, 'data')
  let shop: Shop

  beforeAll(async () => {
    shop = await Shop.open({ DATA_DIR: dataDir })
    await shop.reaches('paid', await shop.place())
  })

  afterAll(async () => {
    await shop.close()
    rmSync(root, { recursive: true, force: true })
    process.umask(umask)
  })

  it('is for its own user alone', () => {
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['order.db', 'logs', 'redis', 'mailbox.jsonl']))
    expect(loose(dataDir)).toEqual([])
  })

  it('is closed to others when an earlier version left it open, which is told once', async () => {
    await shop.end()
    for (const path of [dataDir, join(dataDir, 'logs'), join(dataDir, 'redis')]) chmodSync(path, 0o755)
    for (const path of ['order.db', 'logs/orderline.log', 'mailbox.jsonl']) chmodSync(join(dataDir, path), 0o644)

    await shop.start()

    expect(loose(dataDir)).toEqual([])
    const told = shop.facts.filter(({ msg }) => msg === 'data.closed_to_others')
    expect(told).toMatchObject([{ service: 'launcher', folder: dataDir, closed: 6 }])
  })
})

describe('closing to others', () => {
  const root = mkdtempSync(join(tmpdir(), 'orderline-private-'))
  const file = (path: string) => {
    writeFileSync(join(root, path), '')
    chmodSync(join(root, path), 0o644)
  }

  beforeAll(() => {
    for (const folder of ['data', 'all', 'work']) mkdirSync(join(root, folder))
    for (const path of ['elsewhere', 'data/order.db', 'all/theirs', 'work/order.db']) file(path)
    symlinkSync('../elsewhere', join(root, 'data', 'link'))
    chmodSync(join(root, 'all'), 0o1777)
  })

  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('does not follow links out of the folder', () => {
    expect(closeToOthers(join(root, 'data'))).toBe(2)
    expect(loose(root)).toContain(join(root, 'elsewhere'))
  })

  it('leaves a folder alone where everyone keeps files, and one that holds more than data', () => {
    expect(closeToOthers(join(root, 'all'))).toBe(0)
    expect(closeToOthers(process.cwd())).toBe(0)
    expect(closeToOthers('/')).toBe(0)
  })
})

const SECRETS = {
  STRIPE_SECRET_KEY: 'sk_test_of_this_test',
  STRIPE_API_BASE: 'http://stripe.invalid',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_this_test',
  SMTP_URL: 'smtp://user:mail-password@127.0.0.1:1',
  ADMIN_TOKEN: 'admin-token-of-this-test',
  ORDER_KEY_SECRET: 'order-keys-of-this-test',
  CALL_SECRET: 'call-secret-of-this-test-of-32-characters',
  SESSION_SECRET: 'session-secret-of-this-test-of-32-characters',
  SEAL_SECRET: 'seal-secret-of-this-test-of-32-characters',
  SMS_ACCOUNT: 'AC0of-this-test',
  SMS_TOKEN: 'sms-token-of-this-test-of-32-characters',
  AWS_SECRET_ACCESS_KEY: 'of-something-else-entirely',
  NODE_AUTH_TOKEN: 'of-a-registry',
}
const environOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)
const REDIS = 'the start of Redis' // which writes its name over its environment
const describeOnLinux = existsSync('/proc/self/environ') ? describe : describe.skip

describeOnLinux('what a process is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-told-'))
  const wrapper = join(folder, 'redis')
  let shop: Shop

  beforeAll(async () => {
    const program = process.env.REDIS_SERVER || 'redis-server'
    writeFileSync(wrapper, `#!/bin/sh\ncat /proc/$$/environ > ${folder}/environ\nexec ${program} "$@"\n`, {
      mode: 0o700,
    })
    const REDIS_SERVER = wrapper
    shop = await Shop.open({
      ...SECRETS,
      REDIS_SERVER,
      TZ: 'Europe/Berlin',
      https_proxy: 'http://proxy.example:1',
      HOME: '/home/x',
    })
  })

  afterAll(async () => {
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const toldTo = (part: string) =>
    part === REDIS ? readFileSync(join(folder, 'environ'), 'utf8').split('\0') : environOf(shop.pid(part))

  /** Which of the secrets a process has been given. */
  const secretsOf = (part: string) => {
    const text = toldTo(part).join('\n')
    const given = Object.entries(SECRETS).filter(([, secret]) => text.includes(secret))
    return [...given.map(([name]) => name), ...(/^REDIS_URL=/m.test(text) ? ['REDIS_URL'] : [])].sort()
  }

  it.each([
    ['services/order/', ['ADMIN_TOKEN', 'CALL_SECRET', 'ORDER_KEY_SECRET', 'REDIS_URL', 'SESSION_SECRET']],
    ['services/accounts/', ['CALL_SECRET', 'REDIS_URL', 'SEAL_SECRET', 'SESSION_SECRET']],
    ['services/sale/', ['ADMIN_TOKEN', 'CALL_SECRET', 'ORDER_KEY_SECRET', 'REDIS_URL', 'SESSION_SECRET']],
    ['services/control/', ['ADMIN_TOKEN', 'CALL_SECRET', 'REDIS_URL']],
    ['services/inventory/', ['CALL_SECRET', 'REDIS_URL']],
    [
      'services/payment/',
      ['CALL_SECRET', 'REDIS_URL', 'STRIPE_API_BASE', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
    ],
    ['services/webhooks/', ['CALL_SECRET', 'REDIS_URL']],
    [
      'services/notification/',
      ['CALL_SECRET', 'ORDER_KEY_SECRET', 'REDIS_URL', 'SEAL_SECRET', 'SMS_ACCOUNT', 'SMS_TOKEN', 'SMTP_URL'],
    ],
    [REDIS, []],
    ['orderline-guard', []],
  ])('is what it needs: %s knows %j', (part, secrets) => {
    expect(secretsOf(part)).toEqual(secrets)
  })

  it.each(['services/payment/', 'services/notification/', REDIS])('is where it runs: %s', (part) => {
    const given = ['TZ=Europe/Berlin', 'https_proxy=http://proxy.example:1', 'HOME=/home/x', `PATH=${process.env.PATH}`]
    expect(toldTo(part)).toEqual(expect.arrayContaining(given))
  })
})

describeOnLinux('what a simulator is told', () => {
  it('is no secret but those that its webhooks are signed with', async () => {
    const { ADMIN_TOKEN, AWS_SECRET_ACCESS_KEY } = SECRETS
    const shop = await Shop.open({ ADMIN_TOKEN, AWS_SECRET_ACCESS_KEY })

    const namesIn = (name: string) => environOf(shop.pid(`simulators/${name}/`)).map((pair) => pair.split('=')[0] ?? '')
    const told = ['mailbox', 'payment-gateway', 'sms-gateway'].map(namesIn)
    await shop.close()

    for (const names of told) expect(names).toEqual(expect.arrayContaining(['PORT', 'DATA_DIR', 'PATH']))
    const secrets = told.map((names) => names.filter((name) => /TOKEN|SECRET|KEY|_URL$/.test(name)).sort())
    expect(secrets).toEqual([[], ['STRIPE_WEBHOOK_SECRET', 'WEBHOOK_URL'], ['SMS_TOKEN', 'SMS_WEBHOOK_URL']])
  })
})
