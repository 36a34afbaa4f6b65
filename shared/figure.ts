/** A number that a program tells of itself (`/metrics`), read when it is asked for; `orderline_` is put before its name. */
export type Figure = { name: string; help: string; value: () => number | Promise<number> }
