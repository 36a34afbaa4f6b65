import { type ParseArgsConfig, parseArgs } from 'node:util'

/** The command line makes no sense; the message says why, and shows the usage. */
export class BadCommandLine extends Error {
  override name = 'BadCommandLine'
}

/** Reads the command line of the program with this usage. Each function throws `BadCommandLine` where it makes no sense. */
export function commandLine(usage: string) {
  const refuse = (why: string, cause?: unknown): never => {
    throw new BadCommandLine(`${why}\n${usage}`, { cause })
  }
  return {
    refuse,
    /** What Node's `parseArgs` returns. */
    read<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
      try {
        return parseArgs(config)
      } catch (cause) {
        return refuse(cause instanceof Error ? cause.message : String(cause), cause)
      }
    },
    /** The whole number that an option gives, `least` or above. */
    count(option: string, text: string, least = 0): number {
      if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
      return refuse(`--${option} ${text} is not a whole number${least > 0 ? ` above ${least - 1}` : ''}`)
    },
    /** The number above 0 that an option gives. */
    positive(option: string, text: string): number {
      const number = Number(text)
      return Number.isFinite(number) && number > 0 ? number : refuse(`--${option} ${text} is not a number above 0`)
    },
  }
}
