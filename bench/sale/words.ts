/** What opens an entry, and its order later. */
export type Ticket = { ticket: string; key: string }

/** What a shop tells a buyer at last; `nothing` where it does not come to that. */
export type Word = 'won' | 'lost' | 'nothing'

/** What a buyer has heard: whether the shop had once taken the order, and its last word. */
export type Heard = { buyer: number; wasTaken: boolean; word: Word }
