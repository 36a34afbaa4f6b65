/** The channel on which a peer says what all are told. */
export const NOTES = 'notes'
