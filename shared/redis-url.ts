import { z } from 'zod'
import { isHost, withoutBrackets } from './address.ts'

type RedisNode = { host: string; port: number }
type Login = { username?: string; password?: string }
type Several = { nodes: RedisNode[]; login: Login; isTls: boolean }

/** Where a Redis is: one server, a cluster by some of its nodes, or the master that Sentinels know by its name. */
export type RedisPlace =
  | { kind: 'server'; url: string }
  | ({ kind: 'cluster' } & Several)
  | ({ kind: 'sentinel'; name: string; sentinelPassword?: string } & Several)

const PORTS = { cluster: 6_379, sentinel: 26_379 }
const FORMS = ['redis://host:6379', 'redis-cluster://a:6379,b:6379', 'redis-sentinel://a:26379,b:26379/name']
const SEVERAL = /^redis(s?)-(cluster|sentinel):\/\/(?:([^@]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/

/** Reads a REDIS_URL, or says in one sentence what is wrong with it; user and password are never part of that. */
export function readRedisUrl(url: string): RedisPlace | { problem: string } {
  if (/^rediss?:\/\//.test(url)) return URL.canParse(url) ? { kind: 'server', url } : { problem: NO_SUCH_FORM }
  const [, tls = '', kind, login = '', hosts = '', path = '', query = ''] = SEVERAL.exec(url) ?? []
  if (kind !== 'cluster' && kind !== 'sentinel') return { problem: NO_SUCH_FORM }
  const names = hosts.split(',').map((name) => name.trim())
  const wrong = names.find((name) => nodeOf(name, 1) === null)
  if (wrong !== undefined) return { problem: `must name hosts, with commas between them: “${wrong}” is none` }
  const nodes = names.flatMap((name) => nodeOf(name, PORTS[kind]) ?? [])
  const known = loginOf(login)
  if (known === null) return { problem: 'must have user and password in URL encoding: a % stands for itself as %25' }
  return placeOf(kind, { nodes, login: known, isTls: tls === 's' }, decoded(path), new URLSearchParams(query))
}

/** The same, for a variable of the environment. */
export const redisUrl = z.string().superRefine((url, context) => {
  const place = readRedisUrl(url)
  if ('problem' in place) context.addIssue({ code: 'custom', message: place.problem })
})

const NO_SUCH_FORM = `must be a URL in one of the forms ${FORMS.join(', ')}; with rediss instead of redis it is TLS`

function placeOf(kind: 'cluster' | 'sentinel', several: Several, path: string | null, query: URLSearchParams) {
  const sentinelPassword = query.get('sentinelPassword') ?? undefined
  const known = kind === 'sentinel' ? ['sentinelPassword'] : []
  const unknown = [...query.keys()].find((key) => !known.includes(key))
  if (unknown !== undefined) return { problem: `must not end with ?${unknown}=…: there is no such option` }
  if (kind === 'cluster')
    return path === '' ? { kind, ...several } : { problem: 'must not name a database: a cluster has but one' }
  if (path === null || !/^[\w.-]+$/.test(path))
    return { problem: 'must end with the name that the Sentinels have for the master: redis-sentinel://a,b/name' }
  return { kind, name: path, ...(sentinelPassword !== undefined && { sentinelPassword }), ...several }
}

/** `host`, `host:port`, or `[IPv6]:port`. */
function nodeOf(name: string, defaultPort: number): RedisNode | null {
  const [, host = '', digits] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(name) ?? []
  const port = digits === undefined ? defaultPort : Number(digits)
  const bare = withoutBrackets(host)
  return bare !== '' && isHost(bare) && port >= 1 && port <= 65_535 ? { host: bare, port } : null
}

function loginOf(text: string): Login | null {
  if (text === '') return {}
  const [, user = '', secret = ''] = /^([^:]*):?(.*)$/.exec(text) ?? []
  const [username, password] = [decoded(user), decoded(secret)]
  if (username === null || password === null) return null
  return { ...(username !== '' && { username }), ...(password !== '' && { password }) }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
