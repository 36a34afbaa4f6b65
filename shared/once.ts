/**
 * Makes something when it is first asked for, and gives everyone the same. A failure is not kept: who asks next tries anew.
 */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  const fail = (cause: unknown): never => {
    made = undefined
    throw cause
  }
  return () => (made ??= make().catch(fail))
}
