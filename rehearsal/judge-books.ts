import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Names } from './names.ts'
import { untilTrue } from './try-shop.ts'
import type { Containers } from './up.ts'
import type { Volumes } from './volumes.ts'

const AUDITOR = join(import.meta.dirname, '..', 'audit', `main${extname(import.meta.filename)}`)

type Books = { folder: string; volumes: Volumes; names: Names; containers: Containers; accepted: string[] }

/** Has the auditor read what the containers have written, until all has come to rest. Throws with what it says when all is not well. */
export async function judgeBooks({ folder, volumes, names, containers, accepted }: Books): Promise<void> {
  const books = join(folder, 'books')
  mkdirSync(books)
  for (const [name, path] of await placesOf(volumes, containers))
    if (existsSync(path)) symlinkSync(path, join(books, name))
  const list = join(folder, 'accepted')
  writeFileSync(list, accepted.join('\n'))
  const database = databaseOf(containers, names)
  const where = ['--data-dir', books, ...(database === null ? [] : ['--database', database])]
  const given = [...where, '--at-rest', '--accepted', list]
  await untilTrue('the auditor says that all is well', () => audit(given))
}

type Place = [name: string, path: string]

/** Where the services have their tables if not in files; by its address, because names are known to containers alone. */
function databaseOf(containers: Containers, names: Names): string | null {
  const urls = [...containers.values()].flatMap(({ service }) => service.environment.DATABASE_URL ?? [])
  if (urls[0] === undefined) return null
  const url = new URL(urls[0])
  url.hostname = [...(names.get(url.hostname) ?? [])][0] ?? url.hostname
  return url.href
}

/** Each service's own file is in its own volume; the auditor wants them side by side. */
async function placesOf(volumes: Volumes, containers: Containers): Promise<Place[]> {
  const inVolume = (service: string, name: string): Place => [name, join(volumes.pathOf(service), name)]
  const services = [...containers.keys()].map((service) => inVolume(service, `${service}.db`))
  const mailbox = containers.get('mailbox')
  const mails = mailbox && join(`/proc/${await mailbox.pid()}`, 'root', 'tmp', 'mailbox.jsonl') // it has no volume
  return [
    ...services,
    inVolume('payment-gateway', 'payment-ledger.jsonl'),
    inVolume('sms-gateway', 'sms.jsonl'),
    ['mailbox.jsonl', mails ?? ''],
  ]
}

function audit(args: string[]): Promise<true | string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [AUDITOR, ...args], (error, stdout, stderr) => {
      resolve(error === null || `${stdout}${stderr}`)
    })
  })
}
