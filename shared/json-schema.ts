import { z } from 'zod'

/** A schema in JSON: https://json-schema.org/draft/2020-12 */
export type JsonSchema = z.core.JSONSchema.BaseSchema

/** What a schema accepts. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', override: dropNoise })
}

/** That an integer is one JavaScript can count to, and how a date is spelled, goes without saying. */
export function dropNoise({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
}
