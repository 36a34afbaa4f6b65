import type { Redis } from '../../../shared/store/redis.ts'
import { hearCommands } from './hear-commands.ts'
import { hearSteps } from './hear-steps.ts'
import type { Command, Seen, Step } from './seen.ts'

const TELL_MS = 100
const COMMANDS_MAX = 40 // in one telling; nobody reads more

type Heard = Omit<Seen, 'slowMs'>

/** Hears steps and commands while somebody wants them, and tells them several times a second. */
export function createEars(redis: Redis, pass: (heard: Heard) => void) {
  let heard = nothing()
  let timer: NodeJS.Timeout | undefined
  let unhearSteps: (() => void) | null = null
  let unhearCommands: (() => void) | null = null

  const tell = () => {
    const now = { ...heard, at: Date.now() }
    heard = nothing()
    pass(now)
  }
  const tellNews = () => {
    if (heard.steps.length + heard.commands.length + heard.skipped > 0) tell()
  }
  const hearStep = (step: Step) => void heard.steps.push(step)
  const hearCommand = (command: Command) => {
    if (heard.commands.length < COMMANDS_MAX) heard.commands.push(command)
    else heard.skipped++
  }
  return {
    /** Tells at once, even that there is nothing new. */
    tell,
    want: ({ steps, commands }: { steps: boolean; commands: boolean }): void => {
      if (steps) unhearSteps ??= hearSteps(hearStep)
      else unhearSteps = end(unhearSteps)
      if (commands) unhearCommands ??= hearCommands(redis, hearCommand)
      else unhearCommands = end(unhearCommands)
      if (steps || commands) timer ??= setInterval(tellNews, TELL_MS)
      else timer = stop(timer)
    },
  }
}

const nothing = (): Heard => ({ at: 0, steps: [], commands: [], skipped: 0 })

/** Hears no more. */
function end(unhear: (() => void) | null): null {
  unhear?.()
  return null
}

function stop(timer: NodeJS.Timeout | undefined): undefined {
  clearInterval(timer)
}
