import type { Client } from './db.ts'
import type { Seen } from './list-files.ts'

/** A file that is read, and how much of it has been: it begins with `head` (hex), and had `size` bytes when it was last noted. */
export type File = { id: number; inode: string; name: string; head: string; size: number; read: number }

/** All files that are being read. */
export async function allFiles(sql: Client): Promise<File[]> {
  return sql.$queryRaw<File[]>`SELECT id, inode, name, head, size, read FROM "File"`
}

/** Notes a file, to be read from its beginning. Null where another process has been faster. */
export async function addFile(tx: Client, { inode, name, size }: Seen): Promise<File | null> {
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO "File" (inode, name, head, size, read) VALUES (${inode}, ${name}, '', ${size}, 0)
    ON CONFLICT DO NOTHING RETURNING id`
  return row === undefined ? null : { ...row, inode, name, head: '', size, read: 0 }
}

/** Notes how a file is now and how far it has been read, if it has stood where it is said to. The file, or null. */
export async function noteFile(tx: Client, file: File, now: Partial<File>): Promise<File | null> {
  const next = { ...file, ...now }
  const { id, name, head, size, read } = next
  const count = await tx.$executeRaw`
    UPDATE "File" SET name = ${name}, head = ${head}, size = ${size}, read = ${read}
    WHERE id = ${id} AND read = ${file.read}`
  return count === 1 ? next : null
}

/** Forgets a file, if it has stood where it is said to. Whether it has. */
export async function forgetFile(tx: Client, { id, read }: File): Promise<boolean> {
  return (await tx.$executeRaw`DELETE FROM "File" WHERE id = ${id} AND read = ${read}`) === 1
}
