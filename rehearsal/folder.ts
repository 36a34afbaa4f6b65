import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where images are kept for the next rehearsal, of any clone; may be deleted when none goes on. */
export const FOLDER = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'orderline-rehearsal')
