/** What pages of the tour have broken, and how each thing is mended. */
export type Debts = {
  /** `what` names the thing: of two pages that break the same one, the last that goes mends it. */
  owe(page: string, what: string, mend: () => Promise<unknown>): void
  isOwed(what: string): boolean
  /** Mends what this page has broken, and no other page holds broken. Rejects with the first that could not be mended, after all were tried. */
  settle(page: string): Promise<void>
}

/** Keeps who owes what. A thing that could not be mended is not owed any more: what is away is well when it comes back. */
export function createDebts(): Debts {
  const owed = new Map<string, Map<string, () => Promise<unknown>>>()
  const isOwed = (what: string) => [...owed.values()].some((debts) => debts.has(what))
  return {
    isOwed,
    owe: (page, what, mend) => {
      const debts = owed.get(page) ?? new Map()
      owed.set(page, debts.set(what, mend))
    },
    settle: async (page) => {
      const debts = owed.get(page) ?? new Map<string, () => Promise<unknown>>()
      owed.delete(page)
      const own = [...debts].filter(([what]) => !isOwed(what))
      const tried = await Promise.allSettled(own.map(async ([, mend]) => mend()))
      const failed = tried.find((one) => one.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
  }
}
