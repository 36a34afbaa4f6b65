/** What everybody may see, part by part as JSON (`"name":…`): all of it, and what is not as it was last time. */
export type Parts = { all: string[]; changed: string[] }

/** Serialises each part once, and tells which of them have changed since the last call. */
export function createParts(): (values: Record<string, unknown>) => Parts {
  const last = new Map<string, string>()
  return (values) => {
    const all = Object.entries(values).map(([name, value]) => [name, partOf(name, value)] as const)
    const changed = all.filter(([name, part]) => last.get(name) !== part)
    for (const [name, part] of changed) last.set(name, part)
    return { all: all.map(([, part]) => part), changed: changed.map(([, part]) => part) }
  }
}

export function partOf(name: string, value: unknown): string {
  return `"${name}":${JSON.stringify(value)}`
}
