import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from '@jest/globals'
import { pickPorts } from '../../launcher/ports.ts'
import { signed } from '../../services/webhooks/sign.ts'
import { newSecret } from '../../services/webhooks/subscription.ts'
import { cloudEventOf } from '../../shared/protocol/cloud-event.ts'
import { until } from '../until.ts'

const page = readFileSync('docs/webhooks.md', 'utf8')
const listing = (language: string) => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''

const ways = [
  { name: 'Node', command: [process.execPath, '--input-type=module', '-e'], text: listing('js') },
  { name: 'Python', command: ['python3', '-c'], text: listing('python') },
].filter(({ command: [program = ''] }) => spawnSync(program, ['--version']).status === 0)

const told = { id: 'e-1', name: 'order.cancelled', subject: 'o-1', at: 1, data: { number: 'OL-1' } } as const
const body = JSON.stringify(cloudEventOf(told, 'order', 'http://localhost:3000'))

describe.each(ways)('the receiver that the page shows for $name', ({ command: [program = '', ...flags], text }) => {
  let receiver: ChildProcess
  afterEach(() => void receiver.kill('SIGKILL'))

  it('takes what the shop has signed, and nothing else', async () => {
    const secret = newSecret()
    const [port] = await pickPorts(1)
    const env = { ...process.env, SECRET: secret, PORT: String(port) }
    receiver = spawn(program, [...flags, text], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    const lines: string[] = []
    if (receiver.stdout) createInterface({ input: receiver.stdout }).on('line', (line) => lines.push(line))
    const statusOf = async (headers: Record<string, string>, content = body) =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: content })).status
    const sent = { id: told.id, body }
    const now = Date.now()

    expect(await until(() => statusOf(signed(sent, secret, now)), { what: 'it to listen' })).toBe(204)
    expect(await statusOf(signed(sent, newSecret(), now))).toBe(401)
    expect(await statusOf(signed(sent, secret, now), body.replace('OL-1', 'OL-2'))).toBe(401)
    expect(await statusOf(signed(sent, secret, now - 600_000))).toBe(401)
    await until(() => lines.length > 0)
    expect(lines).toEqual(['orderline.order.cancelled o-1'])
  })
})
