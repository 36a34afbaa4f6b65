import type { Ledger } from '../ledger.ts'

/** How objects are shown: out of which books, at which address people find our pages, and what of them in full. */
export type View = { ledger: Ledger; base: string; isWanted(path: string): boolean }

/** A view that shows an object inside another one. */
export const inside = (view: View, path: string): View => ({
  ...view,
  isWanted: (deeper) => view.isWanted(`${path}.${deeper}`),
})

/** Stripe counts in seconds. */
export const seconds = (ms: number) => Math.floor(ms / 1_000)

/** A list of Stripe's API that is complete. */
export function wholeList(data: object[], url: string): object {
  return { object: 'list', data, has_more: false, url }
}
