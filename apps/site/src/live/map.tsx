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

export function StageMap({ picture }: { readonly picture: MapPicture }): JSX.Element {
  const { client, server, way } = picture;
  return (
    <div class="drawing" role="img" aria-label={describeMap(picture)}>
      <span class="place">home</span>
      <span class="place">the internet</span>
      <span class="place">a server room</span>
      <Host name={`●\u00a0${client.name}`} party="client" address={client.address} here={!way.shell}>
        <span class="program">{way.state === 'none' ? 'bash' : 'ssh'}</span>
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
        <span class="program">{way.shell ? 'bash' : 'sshd'}</span>
      </Host>
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
