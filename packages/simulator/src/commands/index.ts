/** The commands of a host, as a world installs them: one line each. */
import { createProgram, type CommandDefinition, type Executable } from './command.ts';
import { echo } from './echo.ts';

export type { Executable } from './command.ts';

const definitions: readonly CommandDefinition[] = [echo];

/** Every command with the path where Ubuntu has it (`/bin` is `/usr/bin` there). */
export const commands: readonly Executable[] = definitions.map((definition) => ({
  name: definition.name,
  path: `/usr/bin/${definition.name}`,
  program: createProgram(definition),
}));
