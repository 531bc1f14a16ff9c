// oxlint-disable jsx-a11y/prefer-tag-over-role -- the map is a picture that HTML lays out, which img cannot draw
/**
 * The map of the stage, drawn from a picture of two hosts and the way between them. Dotted can be read on the way, double is
 * sealed, solid stays inside one machine. It is laid out for the width it gets, and nothing is scaled: words keep the reader's size, lines
 * theirs; where there is no room for all, it is one row of names and ports.
 */
import type { ComponentChildren, JSX } from 'preact';
import type { MapPicture, Way } from './map-picture.ts';

const words: Readonly<Record<Way['state'], string>> = {
  none: 'no connection',
  plain: 'not sealed yet',
  sealed: 'sealed by ssh',
};

/** The same as the drawing, for who cannot see it. */
export function describeMap({ client, server, way }: MapPicture): string {
  const here = `You type on ${way.shell ? server.name : client.name}.`;
  if (way.state === 'none')
    return `${client.name} and ${server.name}, which listens on port ${server.port}. No connection. ${here}`;
  const line = way.state === 'sealed' ? 'sealed' : 'still readable';
  return `ssh on ${client.name} is connected to port ${server.port} of ${server.name}, ${line}. ${here}`;
}

/** What has the reader's connection at each end, as words of the drawing and of the table. */
const programsOf = ({ state, shell }: Way): { readonly client: string; readonly server: string } => ({
  client: state === 'none' ? 'bash' : 'ssh',
  server: shell ? 'bash' : 'sshd',
});

export function StageMap({ picture }: { readonly picture: MapPicture }): JSX.Element {
  return (
    <>
      <Drawing picture={picture} />
      <MachineTable picture={picture} />
    </>
  );
}

function Drawing({ picture }: { readonly picture: MapPicture }): JSX.Element {
  const { client, server, way } = picture;
  const programs = programsOf(way);
  return (
    <div class="drawing" role="img" aria-label={describeMap(picture)}>
      <span class="place">home</span>
      <span class="place">the internet</span>
      <span class="place">a server room</span>
      <Host name={`●\u00a0${client.name}`} party="client" address={client.address} here={!way.shell}>
        <span class="program">{programs.client}</span>
        {way.state !== 'none' && <InsideLine />}
      </Host>
      <div class="between">
        <span>{way.shell ? 'your shell' : ''}</span>
        <WayLine way={way} />
        <span>{words[way.state]}</span>
      </div>
      <Host name={`■\u00a0${server.name}`} party="server" address={server.address} here={way.shell}>
        <span class="port">
          <Frame />:{server.port}
        </span>
        <span class="program">{programs.server}</span>
      </Host>
    </div>
  );
}

/** The drawing as a table, for who cannot see it: a narrow drawing leaves words out, the table none. */
function MachineTable({ picture: { client, server, way } }: { readonly picture: MapPicture }): JSX.Element {
  const programs = programsOf(way);
  const machines = [
    { ...client, port: undefined, program: programs.client, here: !way.shell },
    { ...server, program: programs.server, here: way.shell },
  ];
  return (
    <div class="vh">
      <table>
        <caption>The machines of the map, {words[way.state]}</caption>
        <tr>
          <th scope="col">Machine</th>
          <th scope="col">Address</th>
          <th scope="col">Program</th>
          <th scope="col">Listens on port</th>
          <th scope="col">You type here</th>
        </tr>
        {machines.map(({ name, address, program, port, here }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{address ?? 'seen once connected'}</td>
            <td>{program}</td>
            <td>{port ?? 'none'}</td>
            <td>{here ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </table>
    </div>
  );
}

interface HostProperties {
  readonly name: string;
  readonly party: 'client' | 'server';
  readonly address: string | undefined;
  /** Whether the reader's keys go here. */
  readonly here: boolean;
  /** What stands where the way ends: ports on the edge, programs as words. */
  readonly children: ComponentChildren;
}

function Host({ name, party, address, here, children }: HostProperties): JSX.Element {
  return (
    <div class="net">
      <div class="host">
        <Frame here={here} />
        <b class={party}>{name}</b>
        <span class="ends">{children}</span>
        <span class="address">{address}</span>
      </div>
    </div>
  );
}

/** The edge of a box. A border of HTML is rounded to whole pixels, and so would be as thin as a rule. */
function Frame({ here = false }: { readonly here?: boolean }): JSX.Element {
  return (
    <svg class="frame">
      <rect class={here ? 'box here' : 'box'} width="100%" height="100%" />
    </svg>
  );
}

function InsideLine(): JSX.Element {
  return (
    <svg class="line">
      <line class="inside" x2="100%" y1="50%" y2="50%" />
    </svg>
  );
}

/** Lines of the way over the whole width: a length in per cent, moved by what the arrow's head takes. */
function WayLine({ way }: { readonly way: Way }): JSX.Element {
  return (
    <svg class="line">
      {way.state === 'none' && <line class="way" x2="100%" y1="10" y2="10" />}
      {way.state === 'plain' && (
        <>
          <line class="plain" x1="17" x2="100%" y1="10" y2="10" transform="translate(-12)" />
          <ArrowHead ink="f-ink" />
        </>
      )}
      {way.state === 'sealed' && (
        <>
          <line class="sealed" x2="100%" y1="2" y2="2" />
          <line class="sealed" x2="100%" y1="18" y2="18" />
          <line class="strand s-client" x1="8" x2="100%" y1="10" y2="10" transform="translate(-8)" />
          <ArrowHead ink="f-client" />
        </>
      )}
    </svg>
  );
}

function ArrowHead({ ink }: { readonly ink: string }): JSX.Element {
  return (
    <svg x="100%" y="10">
      <path class={ink} d="M-9-5v10l9-5z" />
    </svg>
  );
}
