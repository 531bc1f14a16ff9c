/**
 * The map of the stage, drawn from a picture of two hosts and the way between them. Dotted can be read on the way, double is
 * sealed, solid stays inside one machine. Three drawings for three widths; text never shrinks with them.
 */
import type { JSX } from 'preact';
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
  return (
    <>
      <FullMap picture={picture} />
      <RowMap picture={picture} kind="mid" width={788} box={190} />
      <RowMap picture={picture} kind="strip" width={292} box={128} />
    </>
  );
}

const hereIf = (here: boolean): string => (here ? 'box here' : 'box');

/** The way between `left` and `right` at height `y`. */
function WayLine({
  way,
  left,
  right,
  y,
}: {
  readonly way: Way;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}): JSX.Element {
  if (way.state === 'none') return <path class="way" d={`M${left} ${y}H${right}`} />;
  if (way.state === 'plain') {
    return (
      <>
        <path class="plain" d={`M${left + 5} ${y}H${right - 12}`} />
        <path class="f-ink" d={`M${right - 9} ${y - 5}v10l9-5z`} />
      </>
    );
  }
  return (
    <>
      <path class="sealed" d={`M${left} ${y - 8}H${right}M${left} ${y + 8}H${right}`} />
      <path class="strand s-client" d={`M${left} ${y}H${right - 8}`} />
      <path class="f-client" d={`M${right - 9} ${y - 5}v10l9-5z`} />
    </>
  );
}

function FullMap({ picture }: { readonly picture: MapPicture }): JSX.Element {
  const { client, server, way } = picture;
  return (
    <div class="full">
      <svg viewBox="0 0 592 172" role="img" aria-label={describeMap(picture)}>
        <rect class="net" x="0" y="26" width="172" height="130" />
        <rect class="net" x="408" y="26" width="184" height="130" />
        <text class="l" x="12" y="17">
          home
        </text>
        <text class="l" x="290" y="17" text-anchor="middle">
          the internet
        </text>
        <text class="l" x="420" y="17">
          a server room
        </text>
        <WayLine way={way} left={160} right={420} y={92} />
        <rect class={hereIf(!way.shell)} x="12" y="42" width="148" height="100" />
        <text class="t f-client" x="24" y="63">
          ● {client.name}
        </text>
        <text x="24" y="96.5" class="f-ink">
          {way.state === 'none' ? 'bash' : 'ssh'}
        </text>
        {way.state !== 'none' && <path class="inside" d="M50 92h110" />}
        {client.address !== undefined && (
          <text x="24" y="130">
            {client.address}
          </text>
        )}
        <rect class={hereIf(way.shell)} x="420" y="42" width="160" height="100" />
        <text class="t f-server" x="432" y="63">
          ■ {server.name}
        </text>
        <rect class="box" x="420" y="76" width="40" height="32" />
        <text x="440" y="96.5" text-anchor="middle" class="f-ink">
          :{server.port}
        </text>
        <text x="470" y="96.5" class="f-ink">
          {way.shell ? 'bash' : 'sshd'}
        </text>
        {server.address !== undefined && (
          <text x="432" y="130">
            {server.address}
          </text>
        )}
        {way.shell && (
          <text class="l" x="290" y="76" text-anchor="middle">
            your shell
          </text>
        )}
        <text class="l" x="290" y="122" text-anchor="middle">
          {words[way.state]}
        </text>
      </svg>
    </div>
  );
}

function RowMap({
  picture,
  kind,
  width,
  box,
}: {
  readonly picture: MapPicture;
  readonly kind: 'mid' | 'strip';
  readonly width: number;
  readonly box: number;
}): JSX.Element {
  const { client, server, way } = picture;
  const edge = kind === 'mid' ? 10 : 4;
  const right = width - box - edge;
  return (
    <div class={kind}>
      <svg viewBox={`0 0 ${width} 52`} role="img" aria-label={describeMap(picture)}>
        <WayLine way={way} left={edge + box} right={right} y={26} />
        <rect class={hereIf(!way.shell)} x={edge} y="8" width={box} height="36" />
        <text class="t f-client" x={edge + 9} y="31">
          ● {client.name}
        </text>
        <rect class={hereIf(way.shell)} x={right} y="8" width={box} height="36" />
        <text class="t f-server" x={right + 9} y="31">
          ■ {server.name}
        </text>
      </svg>
    </div>
  );
}
