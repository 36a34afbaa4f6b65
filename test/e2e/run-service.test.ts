import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { programs } from '../../services/all.ts'
import { SESSION_SECRET } from '../customer-session.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { until } from '../until.ts'

const SECRETS = { ORDER_KEY_SECRET, SESSION_SECRET, SEAL_SECRET: SESSION_SECRET }
const NOBODY_LISTENS = 'redis://127.0.0.1:1'

describe('npm run service', () => {
  let folder: string
  let child: ChildProcess | undefined
  let said = ''

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-run-'))
    said = ''
  })
  afterEach(async () => {
    if (child?.exitCode === null && child.kill()) await once(child, 'exit')
    rmSync(folder, { recursive: true })
  })

  const run = (name: string, more: NodeJS.ProcessEnv = SECRETS) => {
    const doors = { PAYMENT_PORT: '0', NOTIFICATION_PORT: '0', ACCOUNTS_PORT: '0' }
    const ports = { PORT: '0', OPS_PORT: '0', CONTROL_PORT: '0', ...doors }
    const env = {
      ...process.env,
      ...ports,
      DATA_DIR: folder,
      REDIS_URL: NOBODY_LISTENS,
      STRIPE_SECRET_KEY: 'sk_test_1',
      ...more,
    }
    const started = spawn(process.execPath, ['dist/services/run.js', name], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    child = started
    return started
  }

  it.each(programs)('runs %s alone, whoever else is away', async (program) => {
    run(program)

    const [, url] = await until(() => /"url":"([^"]+)","msg":"ready"/.exec(said), { what: `${program} to be ready` })

    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it.each(['order', 'notification'])('says what is missing where nobody has told %s the secret', async (program) => {
    const [code] = await once(run(program, {}), 'exit')

    expect(code).toBe(1)
    expect(said).toContain('ORDER_KEY_SECRET: is missing')
  })

  it('says what is missing where nobody has told accounts its secrets', async () => {
    const [code] = await once(run('accounts', {}), 'exit')

    expect(code).toBe(1)
    expect(said).toMatch(/(SESSION|SEAL)_SECRET: is missing/)
  })

  it('says once that all are guests where nobody has told order how sessions are signed', async () => {
    run('order', { ORDER_KEY_SECRET })

    await until(() => said.includes('"msg":"ready"'))

    expect(said.match(/"mend":"set SESSION_SECRET","msg":"customers.are_guests"/g)).toHaveLength(1)
  })

  it('names the services when there is none of that name', async () => {
    const [code] = await once(run('stock'), 'exit')

    expect(code).toBe(1)
    expect(said).toContain('There is no service "stock"')
    for (const program of programs) expect(said).toContain(program)
  })
})
