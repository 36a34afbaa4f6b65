/** A step at which a program can be let die. */
export type Gap = { program: string; point: string }

/** Every gap between two steps of the tutorial's loop. */
export const leftGaps = [
  { program: 'tutorial-producer', point: 'before the push' },
  { program: 'tutorial-producer', point: 'pushed' },
  { program: 'tutorial-consumer', point: 'popped' },
  { program: 'tutorial-consumer', point: 'charged' },
  { program: 'tutorial-consumer', point: 'status set' },
] as const satisfies readonly Gap[]

/** The gaps of ours on the way of an order through inventory and payment, in the order in which they are come past. */
export const rightGaps = [
  { program: 'inventory', point: 'after pop' },
  { program: 'inventory', point: 'before commit' },
  { program: 'inventory', point: 'after commit' },
  { program: 'inventory', point: 'before push' },
  { program: 'inventory', point: 'after push' },
  { program: 'inventory', point: 'before acknowledge' },
  { program: 'inventory', point: 'after acknowledge' },
  { program: 'payment', point: 'after pop' },
  { program: 'payment', point: 'before prepare' },
  { program: 'payment', point: 'gateway answered' },
  { program: 'payment', point: 'before commit' },
  { program: 'payment', point: 'before acknowledge' },
] as const satisfies readonly Gap[]
