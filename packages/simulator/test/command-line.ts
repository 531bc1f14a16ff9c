/** A command line on a virtual host with the shell and the commands, where there may be no bash to compare with. */
import { oneHost } from './one-host.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Runs the line by `bash -c` to its end. */
export async function runCommandLine(commandLine: string): Promise<Outcome> {
  const world = oneHost();
  const session = world.openCommand({ host: 'host', user: 'demo', commandLine });
  const output = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    output[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 3_000_000 });
  const { status } = session;
  return { ...output, status: status?.type === 'exited' ? status.status : -1 };
}
