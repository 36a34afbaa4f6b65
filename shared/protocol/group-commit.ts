import type { Emit } from '../handler.ts'
import type { How } from '../store/database.ts'
import { inGroups } from './in-groups.ts'
import type { Publish } from './outbox.ts'

/** Group commit: calls that arrive while a commit is under way share the next one. */
export function groupCommit<Client, In, Out>(
  publish: Publish<Client>,
  work: (tx: Client, items: In[], emit: Emit) => Promise<Out[]>,
  how?: How,
): (item: In) => Promise<Out> {
  return inGroups((items: In[]) => publish((tx, emit) => work(tx, items, emit), how))
}

/** The same for reads: those asked for in one turn, or while a read is under way, share one query. */
export function groupRead<Client, In, Out>(
  read: Client,
  query: (read: Client, items: In[]) => Promise<Out[]>,
): (item: In) => Promise<Out> {
  return inGroups((items: In[]) => query(read, items))
}
