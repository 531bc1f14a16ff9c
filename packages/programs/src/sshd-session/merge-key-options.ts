/** The restrictions of two keys that a login needed: the stricter holds (sshauthopt_merge() of auth-options.c). */
import type { AuthorizedKeyOptions } from '@seashell/core/files';

export type MergedOptions =
  | { readonly ok: true; readonly options: AuthorizedKeyOptions }
  /** OpenSSH's reason. */
  | { readonly ok: false; readonly message: string };

/** `earlier` is of the key that was accepted before, if there was one. */
export function mergeKeyOptions(earlier: AuthorizedKeyOptions | undefined, later: AuthorizedKeyOptions): MergedOptions {
  if (earlier === undefined) return { ok: true, options: later };
  if (earlier.command !== undefined && later.command !== undefined && earlier.command !== later.command) {
    return { ok: false, message: 'forced command options do not match' };
  }
  const options: AuthorizedKeyOptions = {
    restrict: earlier.restrict || later.restrict,
    certAuthority: earlier.certAuthority || later.certAuthority,
    ...mergeFlags(earlier, later),
    command: earlier.command ?? later.command,
    principals: earlier.principals ?? later.principals,
    // Both have been met when the keys were accepted.
    from: earlier.from ?? later.from,
    expires: earliestOf(earlier.expires, later.expires),
    environment: new Map([...later.environment, ...earlier.environment]),
    permitOpen: earlier.permitOpen.length > 0 ? earlier.permitOpen : later.permitOpen,
    permitListen: earlier.permitListen.length > 0 ? earlier.permitListen : later.permitListen,
    tunnelDevice: earlier.tunnelDevice ?? later.tunnelDevice,
  };
  return { ok: true, options };
}

/** What is allowed must be allowed by both; what is demanded, by either. */
function mergeFlags(earlier: AuthorizedKeyOptions, later: AuthorizedKeyOptions) {
  return {
    portForwarding: earlier.portForwarding && later.portForwarding,
    agentForwarding: earlier.agentForwarding && later.agentForwarding,
    x11Forwarding: earlier.x11Forwarding && later.x11Forwarding,
    pty: earlier.pty && later.pty,
    userRc: earlier.userRc && later.userRc,
    touchRequired: earlier.touchRequired || later.touchRequired,
    verifyRequired: earlier.verifyRequired || later.verifyRequired,
  };
}

function earliestOf(one: AuthorizedKeyOptions['expires'], other: AuthorizedKeyOptions['expires']) {
  if (one === undefined || other === undefined) return one ?? other;
  return one <= other ? one : other;
}
