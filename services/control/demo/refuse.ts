import { Problem } from '../../../shared/web/http.ts'
import { unavailable } from '../../../shared/web/problem.ts'

/** What the demo needs and cannot have is told as what it is: away for a while. A refusal stays the one that it is. */
export function refuse(error: unknown): never {
  if (error instanceof Problem) throw error
  throw unavailable(error instanceof Error ? error.message : String(error))
}
