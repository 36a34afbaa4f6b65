import fc, { type Arbitrary } from 'fast-check'
import { type Breakage, breakages } from './break-text.ts'
import { type Crooked, crooked } from './crooked.ts'
import type { Parameter, Route } from './document.ts'
import { mediaTypes, methods, oddHeaders, oddPaths, oddQueries } from './odd.ts'
import { type Spoil, spoils } from './spoil.ts'
import { heardTicket, keyedId, saleId, valuesOf } from './values.ts'

/** A request before it is made: what it needs of what the shop has said is put in when it is its turn. */
export type Wish = {
  route: Route
  method: string
  path: Record<string, unknown>
  query: [name: string, value: unknown][]
  /** What comes behind the query as it is. */
  oddQuery: string
  headers: [name: string, value: unknown][]
  body: Body | null
  mediaType: string
  showing: Showing
  sending: Sending
  /** Which of the shop's addresses, counted past the last from the first. */
  address: number
}
export type Body = { value: unknown; spoils: Spoil[]; breakage: Breakage | null }

/** How the one who asks shows who they are. */
export type Showing = (typeof showings)[number]
const showings = [
  ...['key', 'token', 'session', 'customer', 'odd header', 'nothing'],
  ...['wrong key', 'wrong token', 'wrong session', 'wrong customer'],
] as const

/** How the bytes travel: as they should, twice in one piece, in small pieces, cut off, or as no proper HTTP. */
export type Sending =
  | { kind: 'whole' | 'twice' | 'pieces' }
  | { kind: 'cut'; share: number }
  | { kind: 'crooked'; how: Crooked }

/**
 * Requests for these routes; those that take a body oftener, for there is more to be wrong with them, and orders oftenest: much of
 * the rest is about one that was taken.
 */
export function wishesFor(routes: Route[]): Arbitrary<Wish> {
  return fc.oneof(...routes.map((route) => ({ weight: weightOf(route), arbitrary: wishFor(route) })))
}

function weightOf({ method, path, body }: Route): number {
  if (method === 'POST' && path === '/api/orders') return 9
  return body === null ? 1 : 3
}

function wishFor(route: Route): Arbitrary<Wish> {
  const named = (where: Parameter['in']) => route.parameters.filter((one) => one.in === where)
  const isKeyed = route.doors.some(({ kind }) => kind === 'key')
  const isOfSale = /^\/api\/(admin\/)?sales\//.test(route.path)
  const known = (name: string) => (name === 'ticket' ? heardTicket : isOfSale ? saleId : keyedId)
  const pathOf = ({ name, schema }: Parameter) =>
    mostly(
      isKeyed || isOfSale ? fc.oneof(known(name), known(name), valuesOf(schema, name)) : valuesOf(schema, name),
      ...oddPaths,
    )
  return fc.record({
    route: fc.constant(route),
    method: mostly(fc.constant(route.method), ...methods),
    path: fc.record(Object.fromEntries(named('path').map((one) => [one.name, pathOf(one)]))),
    query: pairs(named('query')),
    oddQuery: mostly(fc.constant(''), ...oddQueries),
    headers: pairs(named('header')),
    body: bodyFor(route),
    mediaType: mostly(fc.constant('application/json'), ...mediaTypes),
    showing: fc.oneof({ weight: 2, arbitrary: fc.constant(rightFor(route)) }, one(...showings)),
    sending,
    address: fc.nat(1),
  })
}

const one = <T>(...choices: T[]) => ({ weight: 1, arbitrary: fc.constantFrom(...choices) })
const mostly = <T>(usual: Arbitrary<T>, ...odd: T[]) => fc.oneof({ weight: 9, arbitrary: usual }, one(...odd))
/** A session, for twenty wrong tokens shut out the right one for a minute, too. */
const rightFor = ({ doors: [door] }: Route): Showing => (door?.kind === 'token' ? 'session' : (door?.kind ?? 'nothing'))

/** Some of the parameters, some twice, some with a value that is none. */
function pairs(parameters: Parameter[]): Arbitrary<[string, unknown][]> {
  const pair = ({ name, schema }: Parameter) =>
    mostly<unknown>(valuesOf(schema, name), ...oddHeaders).map((value): [string, unknown] => [name, value])
  return parameters.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...parameters.map(pair)), { maxLength: 3 })
}

function bodyFor({ body, method }: Route): Arbitrary<Body | null> {
  const proper = body === null ? fc.constant({}) : valuesOf(body)
  const whole = proper.map((value): Body => ({ value, spoils: [], breakage: null }))
  const bent = fc.tuple(proper, spoils).map(([value, spoils]): Body => ({ value, spoils, breakage: null }))
  const other = fc.jsonValue({ maxDepth: 4 }).map((value): Body => ({ value, spoils: [], breakage: null }))
  const broken = fc.tuple(proper, fc.constantFrom(...breakageNames))
  return fc.oneof(
    { weight: body === null ? 0 : 8, arbitrary: whole },
    { weight: body === null ? 0 : 6, arbitrary: bent },
    { weight: 1, arbitrary: other },
    { weight: 2, arbitrary: broken.map(([value, breakage]): Body => ({ value, spoils: [], breakage })) },
    { weight: body === null ? (method === 'GET' ? 30 : 9) : 1, arbitrary: fc.constant(null) },
  )
}

const isBreakage = (name: string): name is Breakage => name in breakages
const isCrooked = (name: string): name is Crooked => name in crooked
const breakageNames = Object.keys(breakages).filter(isBreakage)
const crookedNames = Object.keys(crooked).filter(isCrooked)

const sending: Arbitrary<Sending> = fc.oneof(
  { weight: 14, arbitrary: fc.constant<Sending>({ kind: 'whole' }) },
  { weight: 1, arbitrary: fc.constantFrom<Sending>({ kind: 'twice' }, { kind: 'pieces' }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 99 }).map((percent): Sending => ({ kind: 'cut', share: percent / 100 })),
  },
  { weight: 2, arbitrary: fc.constantFrom(...crookedNames).map((how): Sending => ({ kind: 'crooked', how })) },
)
