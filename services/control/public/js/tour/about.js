/** @import { HeardCommand, HeardStep } from './station.js' */

/**
 * The steps at which messages about these subjects were under way: rows and acknowledgements know ids alone, so a message is
 * known by its id as soon as any step has told its subject. Without subjects, all.
 * @param {readonly HeardStep[]} steps @param {readonly string[]} [about] @returns {readonly HeardStep[]}
 */
export function stepsAbout(steps, about) {
  if (about === undefined) return steps
  const ids = idsAbout(steps, about)
  return steps.filter(({ messages }) => messages.some(({ id }) => ids.has(id)))
}

/** The ids of the messages about these subjects. @param {readonly HeardStep[]} steps @param {readonly string[]} about */
export function idsAbout(steps, about) {
  const messages = steps.flatMap((step) => step.messages)
  return new Set(messages.filter(({ subject }) => subject !== undefined && about.includes(subject)).map(({ id }) => id))
}

/**
 * The commands in which one of the messages of these steps is named.
 * @param {readonly HeardCommand[]} commands @param {readonly HeardStep[]} steps @param {readonly string[]} [about]
 * @returns {readonly HeardCommand[]}
 */
export function commandsAbout(commands, steps, about) {
  if (about === undefined) return commands
  const ids = [...new Set(steps.flatMap(({ messages }) => messages.map(({ id }) => id)))]
  return commands.filter(({ args }) => args.some((arg) => ids.some((id) => arg.includes(id))))
}
