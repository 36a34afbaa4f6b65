import { SHOP_CORNER, TUTORIAL_CORNER } from '../../../shared/keys.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import { monitor } from '../../../shared/store/redis-nodes.ts'
import type { Command } from './seen.ts'

const SHOWN = new Set(['lpush', 'brpop', 'rpop', 'hset', 'hdel', 'hmget', 'flushall', 'del'])
const CORNERS = [SHOP_CORNER, TUTORIAL_CORNER]
const BEATS = /:workers$/
const LIST_OR_HASH = /\{(\w+)\}/
const CUT = 160
const ARGUMENTS = 6

/**
 * Hears what Redis is told about lists and statuses, by MONITOR, until what is returned is called; again by itself when Redis was
 * away. It costs Redis up to half of its speed, so nobody listens longer than somebody looks.
 */
export function hearCommands(redis: Redis, hear: (command: Command) => void): () => void {
  const { keyPrefix: shop = '' } = redis.options // all keys begin with it, and nobody learns anything by that
  const ours = (arg: string) => (shop !== '' && arg.startsWith(shop) ? arg.slice(shop.length) : arg)
  const isOurs = (key: string) => CORNERS.some((corner) => key.startsWith(shop + corner)) // a Redis that is not the demo's has others', too
  return monitor(redis, (time, [name = '', ...args]) => {
    if (args[0] !== undefined && !isOurs(args[0])) return
    const command = commandOf(Number(time) * 1_000, name.toLowerCase(), args.map(ours))
    if (command !== null) hear(command)
  })
}

function commandOf(at: number, name: string, args: string[]): Command | null {
  if (!SHOWN.has(name) || BEATS.test(args[0] ?? '')) return null
  const service = args.map((arg) => LIST_OR_HASH.exec(arg)?.[1]).find(Boolean) ?? ''
  const shown = args.slice(0, ARGUMENTS).map((arg) => (arg.length > CUT ? `${arg.slice(0, CUT)}…` : arg))
  return { at: Math.round(at), service, name: name.toUpperCase(), args: shown }
}
