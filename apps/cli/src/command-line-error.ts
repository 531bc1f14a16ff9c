/** A command line that cannot be obeyed: the one thing that `main` catches to print and exit with 2. */

export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}
