import type { Logger } from '../logger.ts'
import { clientOf } from './client-address.ts'
import type { Request, RequestHandler } from './express.ts'
import { Problem } from './problem.ts'
import { readBytes, takeBody } from './read-body.ts'
import { type Call, digestOf, isSealed, type Signed, signedIn } from './signed-call.ts'
import { createTeller } from './tell-refused.ts'
import { createUsedCalls, type TakeNote } from './used-calls.ts'

const uptime = () => performance.now()

/** How far from now a call may have been made, by the clocks of both. */
const VALID_MS = 30_000

/** Where calls of our own programs come in, and nobody else. */
export type CallDoor = {
  /** Lets a signed call pass, with its body in `req.body`; 401 for all else. */
  require: RequestHandler
  /** From here on calls to this origin are meant for us, too. */
  answerAt(url: string): void
}

type Deps = { name: string; secret: string | undefined; log: Logger; now?: () => number; steady?: () => number }

/**
 * Calls to the program `name` must be signed with the secret that only our programs know, made less than 30 s ago, and
 * come once: what a listener has caught is of no use to him. What was made before this start is refused, for whether it
 * had come already nobody knows any more. Who is not signed is refused before a body is read.
 */
export function createCallDoor({ name, secret, log, now = Date.now, steady = uptime }: Deps): CallDoor {
  if (secret === undefined) return SHUT
  const names = new Set([name])
  const [startedAt, steadyAtStart] = [now(), steady()]
  // A clock that was ahead at the start and is put right must not shut the door until it is there again.
  const since = () => Math.min(startedAt, now() - (steady() - steadyAtStart))
  const isNew = createUsedCalls(2 * VALID_MS)
  const tell = createTeller(log, 'call.refused')
  const refused = (req: Request, reason: string) => {
    tell({ address: clientOf(req), reason })
    return unsigned(reason)
  }
  return {
    require: async (req, res, next) => {
      const signed = signedIn(req.get('authorization'))
      if (signed === null) throw refused(req, 'it is not signed')
      const flaw = flawOf(signed, callsOf(req, names), secret, since(), now())
      if (flaw !== null) throw refused(req, flaw)
      const body = await readBytes(req, res)
      const lateFlaw = lateFlawOf(signed, body, isNew)
      if (lateFlaw !== null) throw refused(req, lateFlaw)
      takeBody(req, body)
      next()
    },
    answerAt: (url) => void names.add(new URL(url).origin),
  }
}

/** The call that a request is, if it is for us, by each of our names. */
function callsOf({ method, originalUrl: path }: Request, names: Set<string>): Call[] {
  return [...names].map((to) => ({ to, method, path }))
}

/** What can be told before its body is read. Only who knows the secret learns more than that it is not right. */
function flawOf(signed: Signed, calls: Call[], secret: string, since: number, now: number): string | null {
  if (!calls.some((call) => isSealed(signed, call, secret))) return 'it was not signed with our secret for this address'
  if (Math.abs(now - signed.at) > VALID_MS)
    return 'it was signed more than 30 s ago, or by a clock that differs so much'
  return signed.at < since ? 'it was signed before this program started' : null
}

function lateFlawOf({ digest, nonce }: Signed, body: Buffer, isNew: TakeNote): string | null {
  if (digestOf(body) !== digest) return 'its body is not the one that was signed'
  return isNew(nonce) ? null : 'it has come before'
}

function unsigned(reason: string): Problem {
  const detail = `Programs of this shop may ask this, by signed calls: ${reason}.`
  return new Problem(401, 'Unauthorized', detail).with({ 'WWW-Authenticate': 'Orderline' })
}

const SHUT: CallDoor = {
  require: () => {
    throw new Problem(403, 'Forbidden', 'No CALL_SECRET is set, so no program may ask this.')
  },
  answerAt: () => {},
}
