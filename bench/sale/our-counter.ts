import { join, pay, standingOf } from './buy.ts'
import type { Counter } from './buyers.ts'

/** A sale of ours: somebody who is admitted pays, and has a unit when that is through. */
export function atOurs({ saleUrl, shopUrl }: { saleUrl: string; shopUrl: string }): Counter {
  return {
    ask: async (buyer) => {
      const ticket = await join(saleUrl, buyer)
      if (ticket === null) return 'lost'
      return async () => {
        const state = await standingOf(saleUrl, ticket)
        if (state === 'bought') return 'won'
        if (state === 'refused' || state === 'gone') return 'lost'
        if (state === 'admitted') await pay(shopUrl, ticket)
        return 'wait'
      }
    },
  }
}
