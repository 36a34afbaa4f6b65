import type { Round } from '../contest.ts'

/** Something that tells whoever reads what is said. */
export type Stage = {
  /** Where its streams are. */
  url: string
  /** Says something to all. Resolves when it was taken. */
  say(text: string): Promise<void>
  /** The process that has the streams. */
  pid(): Promise<number>
  /** Kills that process with SIGKILL; it is started again at once. */
  kill(): Promise<void>
  close(): Promise<void>
}

export type Open = (round: Round) => Promise<Stage>
