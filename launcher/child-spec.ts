/** A process to keep running. Without `isReady` it says itself when it is up, over IPC. */
export type ChildSpec = {
  name: string
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  pidFile?: string
  isQuiet?: boolean // its lines go to the log file only
  niceness?: number | undefined // more than ours: it leaves the processors to others first
  isReady?: () => Promise<boolean>
  isOnDemand?: boolean // not started with the others, and not again after a death
  /** Called with its last lines when it ended by itself before it was up; may take what was in its way out of it. */
  mend?: (lastLines: string[]) => Mended | undefined
}

/** What was mended, as a fact for the log. */
export type Mended = { msg: string; reason: string } & Record<string, string>
