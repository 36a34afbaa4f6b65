import fc, { type Arbitrary } from 'fast-check'

/** One change to one place of a JSON value, which is the `nth` of its places, counted past the last from the first. */
export type Spoil = { nth: number; change: Change }
type Change =
  | { kind: 'replace'; by: unknown }
  | { kind: 'drop' }
  | { kind: 'add'; name: string }
  | { kind: 'nest'; levels: number }
  | { kind: 'repeat'; times: number }

const ODD: unknown[] = [
  ...[null, true, false, 0, -1, 1.5, -0, 1e21, 1e308, -1e308, 2 ** 53, 2 ** 53 + 2, 2 ** 31, Number.MIN_VALUE],
  ...['', ' ', '0', 'null', '\u0000', '\ud800', '\udc00x', '\u202e', '\ufeff', '🙈', 'é', 'é', '\r\n', '\u2028'],
  ...['__proto__', 'constructor', '../../etc/passwd', "' OR 1=1 --", '%s%n', '<script>', 'x'.repeat(10_000)],
  ...[[], {}, [[]], [null], { length: 1 }, { toString: null }, { id: { $ne: null } }],
]
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  'length',
  '',
  '\u0000',
  'id',
  'state',
  'priceCents',
  '🙈',
]

const change: Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD).map((by): Change => ({ kind: 'replace', by })) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((by): Change => ({ kind: 'replace', by })) },
  { weight: 2, arbitrary: fc.constant<Change>({ kind: 'drop' }) },
  { weight: 1, arbitrary: fc.constantFrom(...NAMES).map((name): Change => ({ kind: 'add', name })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 50, 700).map((levels): Change => ({ kind: 'nest', levels })) },
  { weight: 1, arbitrary: fc.constantFrom(2, 60, 1_000).map((times): Change => ({ kind: 'repeat', times })) },
)

/** Changes to a value that was as it should be. */
export const spoils: Arbitrary<Spoil[]> = fc.array(fc.record({ nth: fc.nat(10_000), change }), {
  minLength: 1,
  maxLength: 3,
})

/** The value with that change; the original stays as it is. */
export function spoiled(value: unknown, { nth, change }: Spoil): unknown {
  let left = nth % placesIn(value)
  const visit = (here: unknown): unknown => {
    if (left-- === 0) return changed(here, change)
    if (Array.isArray(here)) return here.map(visit).filter((one) => one !== GONE)
    if (typeof here !== 'object' || here === null) return here
    const entries = Object.entries(here).map(([name, one]): [string, unknown] => [name, visit(one)])
    return Object.fromEntries(entries.filter(([, one]) => one !== GONE))
  }
  const whole = visit(value)
  return whole === GONE ? undefined : whole
}

const GONE = Symbol('dropped')

function placesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, one) => sum + placesIn(one), 1)
}

function changed(here: unknown, change: Change): unknown {
  if (change.kind === 'replace') return change.by
  if (change.kind === 'drop') return GONE
  if (change.kind === 'nest') return nested(here, change.levels)
  if (change.kind === 'repeat') return repeated(here, change.times)
  const entries = typeof here === 'object' && here !== null ? Object.entries(here) : []
  return Object.fromEntries([...entries, [change.name, here]])
}

function nested(here: unknown, levels: number): unknown {
  return Array.from({ length: levels }).reduce((inner, _, i) => (i % 2 === 0 ? [inner] : { a: inner }), here)
}

function repeated(here: unknown, times: number): unknown {
  if (typeof here === 'string') return here.repeat(Math.min(times, Math.ceil(20_000 / Math.max(1, here.length))))
  return Array.from({ length: times }, () => here)
}
