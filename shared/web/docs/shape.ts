import type { z } from 'zod'

export type Schema = z.core.JSONSchema.BaseSchema

/** Writes a JSON Schema down as a person would: `{ sku: string (1 to 64), quantity: integer (1 to 100) }`. */
export function shapeOf(schema: Schema, indent = ''): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map((one) => shapeOf(one, indent)).join(' | ')
  if (schema.type === 'array')
    return `[${shapeOf(itemOf(schema), indent)}, …]${limits(schema.minItems, schema.maxItems)}`
  if (schema.properties) return fieldsOf(schema, indent)
  return `${schema.type ?? 'anything'}${limitsOf(schema)}`
}

function itemOf({ items }: Schema): Schema {
  return typeof items === 'object' && !Array.isArray(items) ? items : {}
}

function fieldsOf({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, field]) => {
    const shape = typeof field === 'boolean' ? 'anything' : shapeOf(field, inner)
    return `${inner}${name}${required.includes(name) ? '' : '?'}: ${shape}`
  })
  return `{\n${fields.join(',\n')}\n${indent}}`
}

function limitsOf({ format, pattern, minLength, maxLength, minimum, maximum }: Schema): string {
  const named = format ? ` (${format})` : ''
  return `${named}${limits(minLength ?? minimum, maxLength ?? maximum)}${pattern && !format ? ` like ${pattern}` : ''}`
}

function limits(from: number | undefined, to: number | undefined): string {
  if (from === undefined && to === undefined) return ''
  if (to === undefined) return ` (at least ${from})`
  return from === undefined ? ` (at most ${to})` : ` (${from} to ${to})`
}
