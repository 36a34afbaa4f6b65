/** What the bench asks a script that it has forked. */
export type Question = { id: number; question: string; value: unknown }

/** What the script says to question `id`; to 0, which nobody asked, when it is ready. */
export type Reply = { id: number; value: unknown } | { id: number; error: string }
