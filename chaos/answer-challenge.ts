export async function answerChallenge(
  _url: string,
  _mood: 'agrees' | 'refuses',
  _signal: AbortSignal,
): Promise<boolean> {
  return true
}
