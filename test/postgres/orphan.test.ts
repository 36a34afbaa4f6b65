import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import pg from 'pg'
import { pickPorts } from '../../launcher/ports.ts'
import { until } from '../until.ts'

const OWNER = `
  const { startLonePostgres } = await import('./dist/launcher/postgres-server.js')
  const { folder, url } = await startLonePostgres(process.env.POSTGRES_BIN, Number(process.argv[1]))
  console.log(JSON.stringify({ folder, url }))
  setInterval(() => {}, 1_000)`

it('a server whose owner is killed ends, and its folder goes', async () => {
  const [port = 0] = await pickPorts(1)
  const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER, `${port}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(owner.stdout, 'data')
  const { folder, url } = JSON.parse(String(said))
  expect([existsSync(folder), await isAnswering(url)]).toEqual([true, true])

  owner.kill('SIGKILL')

  await until(async () => !existsSync(folder) && !(await isAnswering(url)), { what: 'nothing left' })
})

function isAnswering(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  return client
    .connect()
    .then(() => client.end())
    .then(
      () => true,
      () => false,
    )
}
