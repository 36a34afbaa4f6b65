import type { Language } from '../../customer-events.ts'

type Advice = { when: string; what: string }

/** A status with which something may be refused: what it is called, when that happens, and what to do about it. */
export type Refusal = { status: number; title: string } & Record<Language, Advice>
