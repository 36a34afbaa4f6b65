import { z } from 'zod'
import { kindIn } from './mailbox.ts'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const contact = z.object({ orderId: z.string() })
const noted = z.object({ orderId: z.string(), messageId: z.string() })

/** What notification knows: whom it can write to, and the kinds of mail it has noted as sent, by order. */
export type MailBook = { contacts: Set<string>; noted: Map<string, Set<string>>; post: Post }

/** Reads notification's file. */
export function readMailBook(file: SqliteFile): MailBook {
  const kinds = new Map<string, Set<string>>()
  for (const { orderId, messageId } of file.rows(noted, `SELECT orderId, messageId FROM "Mail"`)) {
    const kind = kindIn(messageId)
    const known = kinds.get(orderId)
    if (known) known.add(kind)
    else kinds.set(orderId, new Set([kind]))
  }
  const contacts = [...file.rows(contact, `SELECT orderId FROM "Contact"`)]
  return { contacts: new Set(contacts.map(({ orderId }) => orderId)), noted: kinds, post: readPost(file) }
}
