import { Problem } from '../../shared/web/problem.ts'

/** The answer to whoever asks, in that field, for a topic that does not exist, or is not theirs. */
export function noSuchTopic(name: string, field: string): Problem {
  return new Problem(404, 'Not found', `There is no topic ${name}.`, [{ field, message: 'is not there' }])
}
