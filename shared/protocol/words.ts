type Word = { field: string; since: number }

/** The words on rows, and since when (ms, by a steady clock) each is what it is; those not noted for a round are forgotten. */
export type Words = {
  note(id: string, field: string | null, at: number): void
  unchangedFor(id: string, at: number): number
  newRound(): void
}

export function createWords(): Words {
  let words = new Map<string, Word>()
  let before = words
  return {
    note: (id, field, at) => {
      const known = words.get(id) ?? before.get(id)
      if (field !== null) words.set(id, known?.field === field ? known : { field, since: at })
    },
    unchangedFor: (id, at) => at - (words.get(id)?.since ?? at),
    newRound: () => {
      before = words
      words = new Map()
    },
  }
}
