import { z } from 'zod'

/** A file that is read, and which of its bytes; it is known by its number on its disk, for names change hands. */
const place = z.object({ file: z.string(), inode: z.string(), from: z.int().nonnegative(), to: z.int().nonnegative() })

/**
 * What the events of logs carry; their subject is the folder that is read, by its name. `lines` are as they stand in the file, one below the other, and
 * `gap` says that lines in front of them were gone before they could be read.
 */
export const logEvents = {
  'log.collected': z.object({ ...place.shape, lines: z.string(), gap: z.string().optional() }),
}
