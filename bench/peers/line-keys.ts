/** The list between who ships lines and who keeps them. */
export const LINES = 'lines'
