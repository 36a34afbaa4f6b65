import { Problem } from '../../../shared/web/http.ts'

/** What is asked for is done one after the other; of what people ask for, one thing at a time. */
export function createTurns() {
  let turn: Promise<unknown> = Promise.resolve()
  let isBusy = false
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => {})
    return done
  }
  return {
    inTurn,
    /** Rejects with a 409 while the one before is not done. */
    alone: async (work: () => Promise<void>): Promise<void> => {
      if (isBusy) throw new Problem(409, 'Conflict', 'Something is being done to both sides already.')
      isBusy = true
      await inTurn(work).finally(() => {
        isBusy = false
      })
    },
  }
}
