/** With --exit-code: a pull was found that fails, or an image that would not be pulled. */
export const exitFound = 3;
