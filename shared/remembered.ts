/** The same function, which remembers what it made of late: at most `max` things, and then begins anew. */
export function remembered<Key, Made>(max: number, make: (key: Key) => Made): (key: Key) => Made {
  const all = new Map<Key, Made>()
  return (key) => {
    const known = all.get(key)
    if (known !== undefined) return known
    if (all.size >= max) all.clear()
    const made = make(key)
    all.set(key, made)
    return made
  }
}
