import { subjects, writeContract } from './contract.ts'

/** `npm run contracts`: writes what versions of events are, for those that are new. */
const breaches = subjects.map(writeContract).filter((breach) => breach !== null)
for (const breach of breaches) console.error(breach)
process.exitCode = breaches.length > 0 ? 1 : 0
