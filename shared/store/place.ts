/** Where a shop's tables are: a folder with a SQLite file for each service, or the URL of a PostgreSQL database. */
export type Place = string

export const isPostgresUrl = (place: Place) => /^postgres(ql)?:\/\//.test(place)

/** The place that a program's variables name. */
export const placeOf = (config: { DATABASE_URL?: string | undefined; DATA_DIR: string }): Place =>
  config.DATABASE_URL ?? config.DATA_DIR
