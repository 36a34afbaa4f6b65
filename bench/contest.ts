/** What one round of one contestant found: figures by name, in the units the contest gives them. */
export type Figures = Record<string, number>

/** What a contestant gets for one round: an empty folder, an empty Redis, and how much to do. */
export type Round = {
  folder: string
  redisUrl: string
  /** Pid of that Redis, for whoever measures its memory. */
  redisPid: number
  /** Number of orders, messages or requests, as the contest means it; smaller in a quick run. */
  size: number
  say(line: string): void
}

/** One way to do the work. `play` starts what it needs, does one round, stops all of it, and tells its figures. */
export type Contestant = { name: string; play(round: Round): Promise<Figures> }

/**
 * What is to be reached: the median of `figure` of `ours`, as it is or, with `than`, divided by that of the
 * contestant `than` in the same round.
 */
export type Goal = { figure: string; ours: string; than?: string; atLeast?: number; atMost?: number }

/** One measure, and those who compete in it, the one that is ours first. */
export type Contest = {
  name: string
  /** One sentence: what is measured, and what all of them do alike. */
  what: string
  units: Record<string, string>
  size: number
  quickSize: number
  rounds: number
  /** Why it cannot be played on this machine, in a sentence; undefined where it can. */
  cannotPlay?: () => string | undefined
  contestants: Contestant[]
  goals: Goal[]
}
