/** What a user's certificate grants and forces, from its critical options and extensions (OpenSSH's auth_options_from_cert). */
import { findInvalidAddress } from '../config/patterns/address.ts';
import type { Certificate, CertificateOption } from './certificate.ts';
import { optionText } from './options.ts';

/** What a user's certificate grants and forces; a host's has nothing to say. */
export interface CertificateRestrictions {
  readonly forceCommand: string | undefined;
  /** The list of addresses, as written. */
  readonly sourceAddress: string | undefined;
  readonly verifyRequired: boolean;
  readonly permitX11Forwarding: boolean;
  readonly permitAgentForwarding: boolean;
  readonly permitPortForwarding: boolean;
  readonly permitPty: boolean;
  readonly permitUserRc: boolean;
  readonly touchRequired: boolean;
}

/** The restrictions, or the first option that is not known or malformed. */
export type ReadRestrictions =
  | {
      readonly ok: true;
      readonly restrictions: CertificateRestrictions;
      /** Names of extensions that OpenSSH does not know, and passes over. */
      readonly unknownExtensions: readonly string[];
    }
  | {
      readonly ok: false;
      readonly fault: 'unknown-critical-option' | 'corrupt-option';
      /** OpenSSH's words. */
      readonly message: string;
    };

type Draft = { -readonly [Name in keyof CertificateRestrictions]: CertificateRestrictions[Name] };

/** Sets what the option says; what is wrong with it, if anything. */
type Effect = (draft: Draft, option: CertificateOption) => string | undefined;

function flag(set: (draft: Draft) => void): Effect {
  return (draft, option) => {
    if (option.data.length > 0) return corrupt(option);
    set(draft);
    return undefined;
  };
}

function corrupt({ name }: CertificateOption): string {
  return `Certificate option "${name}" corrupt (extra data)`;
}

const criticalEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['verify-required', flag((draft) => (draft.verifyRequired = true))],
  [
    'force-command',
    (draft, option) => {
      const text = optionText(option);
      if (text === undefined) return 'Unable to parse certificate options';
      if (draft.forceCommand !== undefined) return 'Certificate has multiple force-command options';
      draft.forceCommand = text;
      return undefined;
    },
  ],
  [
    'source-address',
    (draft, option) => {
      const text = optionText(option);
      if (text === undefined) return 'Unable to parse certificate options';
      if (draft.sourceAddress !== undefined) return 'Certificate has multiple source-address options';
      if (findInvalidAddress(text) !== undefined) return 'Certificate source-address contents invalid';
      draft.sourceAddress = text;
      return undefined;
    },
  ],
]);

const extensionEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['no-touch-required', flag((draft) => (draft.touchRequired = false))],
  ['permit-X11-forwarding', flag((draft) => (draft.permitX11Forwarding = true))],
  ['permit-agent-forwarding', flag((draft) => (draft.permitAgentForwarding = true))],
  ['permit-port-forwarding', flag((draft) => (draft.permitPortForwarding = true))],
  ['permit-pty', flag((draft) => (draft.permitPty = true))],
  ['permit-user-rc', flag((draft) => (draft.permitUserRc = true))],
]);

/** Reads them; a critical option that is not known makes the whole certificate unusable. */
export function readRestrictions(certificate: Certificate): ReadRestrictions {
  const draft: Draft = {
    forceCommand: undefined,
    sourceAddress: undefined,
    verifyRequired: false,
    permitX11Forwarding: false,
    permitAgentForwarding: false,
    permitPortForwarding: false,
    permitPty: false,
    permitUserRc: false,
    touchRequired: true,
  };
  const unknownExtensions: string[] = [];
  for (const option of certificate.criticalOptions) {
    const effect = criticalEffects.get(option.name);
    if (effect === undefined) {
      const message = `Certificate critical option "${option.name}" is not supported`;
      return { ok: false, fault: 'unknown-critical-option', message };
    }
    const message = effect(draft, option);
    if (message !== undefined) return { ok: false, fault: 'corrupt-option', message };
  }
  for (const option of certificate.extensions) {
    const effect = extensionEffects.get(option.name);
    if (effect === undefined) unknownExtensions.push(option.name);
    const message = effect?.(draft, option);
    if (message !== undefined) return { ok: false, fault: 'corrupt-option', message };
  }
  return { ok: true, restrictions: draft, unknownExtensions };
}
