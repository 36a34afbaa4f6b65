const CODES = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const

export type Colour = keyof typeof CODES
export type Painter = (colour: Colour, text: string) => string

/** Colours text for a terminal, or leaves it alone (`NO_COLOR`). */
export function createPainter(isColoured: boolean): Painter {
  return (colour, text) => (isColoured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text)
}
