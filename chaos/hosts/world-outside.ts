import { join } from 'node:path'
import { Supervisor } from '../../launcher/supervisor.ts'
import { type Simulator, simulators } from '../fault.ts'
import { addressOf, OUTSIDE } from './host-names.ts'

const HOST = addressOf(OUTSIDE)
const SMTP_PORT = 2525
const ports: Record<Simulator, number> = { mailbox: 8025, 'payment-gateway': 8080, 'sms-gateway': 8090 }

export const SMTP_URL = `smtp://${HOST}:${SMTP_PORT}`
export const simulatorUrl = (name: Simulator) => `http://${HOST}:${ports[name]}`

type World = { tree: string; dataDir: string; env: NodeJS.ProcessEnv; hear(line: string): void }

/** Mail server and gateways, where the customers are: beyond the hosts of the shop, and reached from there by the network. */
export async function openWorld({ tree, dataDir, env, hear }: World): Promise<Supervisor> {
  const specs = simulators.map((name) => ({
    name,
    command: process.execPath,
    args: [join(tree, 'dist', 'simulators', name, 'main.js')],
    env: { ...env, PORT: String(ports[name]), SMTP_PORT: String(SMTP_PORT), HOST, DATA_DIR: dataDir },
  }))
  const say = (_level: string, msg: string, fields: object = {}) =>
    hear(JSON.stringify({ service: 'outside', ...fields, msg }))
  const output = (_spec: object, text: string) => {
    for (const line of text.split('\n')) if (line !== '') hear(line)
  }
  const supervisor = new Supervisor([specs], { say, output })
  await supervisor.startAll()
  return supervisor
}
