import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { once } from '../../shared/once.ts'
import { unavailable } from '../../shared/web/problem.ts'

// What OWASP asks for at least, of argon2id: memory in KiB, passes, lanes. 19 MiB and some 30 ms of a core each time.
// Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const LINE_MAX = 100 // in line at once
const LINE_MS = 3_000 // of work in line; who comes then is told when to come again, for who waits for long goes, and comes again
const RETRY_AFTER_S = 3

/** Digests of passwords, made and compared one at a time, so that sign-ins neither fill the memory nor take both cores. */
export type Passwords = {
  /** The digest to keep, with its salt and cost in it. Throws a 503 while the line is full. */
  digest(password: string): Promise<string>
  /**
   * Whether a password is the one of a digest; null, and '', are the digest of nobody's, and take as long. Throws a 503
   * while the line is full.
   */
  isRight(password: string, digest: string | null): Promise<boolean>
}

export function createPasswords(): Passwords {
  const inLine = createLine()
  const nobodys = once(() => hash(randomBytes(32), COST)) // made at the first sign-in, whosever it is, so that none takes longer
  return {
    digest: (password) => inLine(() => hash(asTyped(password), COST)),
    isRight: (password, digest) =>
      inLine(async () => {
        const nobody = await nobodys()
        return (await verify(digest || nobody, asTyped(password))) && Boolean(digest)
      }),
  }
}

/** Keyboards make the same letters in several ways. */
const asTyped = (password: string) => password.normalize('NFKC')

const JOB_MS = 30 // until it is known: the first one of a process that starts says little

/** One job after the other: the line is as short as they are slow. */
export function createLine(jobMs = JOB_MS): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let length = 0
  let usualMs = jobMs
  const timed = async <T>(job: () => Promise<T>) => {
    const since = performance.now()
    const done = await job()
    usualMs += (performance.now() - since - usualMs) / 8 // some eight jobs back: one alone may be a hiccup
    return done
  }
  return (job) => {
    if (length >= LINE_MAX || length * usualMs >= LINE_MS)
      throw unavailable('too many passwords are being checked. Try again.', RETRY_AFTER_S)
    length++
    const mine = last.then(() => timed(job)).finally(() => length--)
    last = mine.catch(() => {}) // the caller hears of it; the next in line must not
    return mine
  }
}
