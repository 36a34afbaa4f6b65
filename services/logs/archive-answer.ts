import { z } from 'zod'

const hour = z.object({
  name: z
    .string()
    .describe('Of its file, `<name>.ndjson.gz`: when it began, in UTC; with a number where a busy hour has parts'),
  lines: z.int(),
  rawBytes: z.int().describe('As the lines stood in their files'),
  bytes: z.int().describe('In the archive'),
  sha256: z.string(),
})

/** What is put away. */
export const archiveAnswer = z.object({
  total: z.int().describe('Hours, or parts of them'),
  bytes: z.int().describe('Of all of them'),
  hours: z.array(hour).describe('The newest first, at most 100'),
})

export type ArchiveAnswer = z.infer<typeof archiveAnswer>
