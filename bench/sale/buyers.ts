import { setTimeout as delay } from 'node:timers/promises'
import { paced } from '../pace.ts'
import { serve } from '../serve.ts'
import { atOurs } from './our-counter.ts'
import { atTheirs } from './their-counter.ts'
import type { Heard, Word } from './words.ts'

/** `count` buyers who come one after the other, `perSecond`. */
export type Crowd = { count: number; perSecond: number }

/** Where a buyer asks for a unit. */
export type Counter = {
  /** Resolves with `lost`, or with how to ask what has become of it. Rejects when nobody can tell. */
  ask(buyer: number): Promise<'lost' | Look>
}
/** `wait` while there is no last word. Rejects when nobody can tell. */
export type Look = () => Promise<'won' | 'lost' | 'wait'>

const LOOK_MS = 1_500 // at least
const LOOK_VARIES_MS = 1_000 // so that they do not all come at once
const PATIENCE_MS = 8_000 // then the page is loaded again, and the button pressed once more
const GIVE_UP_MS = 90_000

const unheard = new Map<number, Look>() // of those who gave up

// Buyers in a process of their own: each asks, looks what has become of it, and asks again when nothing is heard.
serve(
  {
    ours: ({ crowd, ...shop }: { crowd: Crowd } & Parameters<typeof atOurs>[0]) => come(crowd, atOurs(shop)),
    theirs: ({ crowd, url }: { crowd: Crowd; url: string }) => come(crowd, atTheirs(url)),
    lookAgain,
  },
  async () => {},
)

function come({ count, perSecond }: Crowd, counter: Counter): Promise<Heard[]> {
  return paced(count, perSecond, (buyer) => buy(buyer, counter))
}

async function buy(buyer: number, counter: Counter): Promise<Heard> {
  let wasTaken = false
  for (const untilMs = performance.now() + GIVE_UP_MS; performance.now() < untilMs; ) {
    const look = await known(counter.ask(buyer))
    if (look === 'lost') return refused(buyer, wasTaken)
    wasTaken ||= look !== undefined
    if (look !== undefined) unheard.set(buyer, look)
    const word = await lookOn(buyer, look)
    if (word === 'nothing') continue
    unheard.delete(buyer)
    return { buyer, wasTaken, word }
  }
  return { buyer, wasTaken, word: 'nothing' }
}

function refused(buyer: number, wasTaken: boolean): Heard {
  unheard.delete(buyer)
  return { buyer, wasTaken, word: 'lost' }
}

/** When all is at rest: what is told by now to those who had given up, if anything. */
async function lookAgain(): Promise<Heard[]> {
  const looks = [...unheard].map(async ([buyer, look]): Promise<Heard[]> => {
    const word = await known(look())
    return word === 'won' || word === 'lost' ? [{ buyer, wasTaken: true, word }] : []
  })
  return (await Promise.all(looks)).flat()
}

/** Looks until there is a word, or patience is at its end. Somebody who could not even ask waits for a moment. */
async function lookOn(buyer: number, look: Look | undefined): Promise<Word> {
  const untilMs = performance.now() + (look === undefined ? 0 : PATIENCE_MS)
  do {
    await delay(LOOK_MS + ((buyer * 17) % LOOK_VARIES_MS))
    const word = look && (await known(look()))
    if (word === 'won' || word === 'lost') return word
  } while (performance.now() < untilMs)
  return 'nothing'
}

/** Undefined where there is no answer: what a buyer sees while something is killed. */
async function known<T>(asking: Promise<T>): Promise<T | undefined> {
  return asking.catch(() => undefined)
}
