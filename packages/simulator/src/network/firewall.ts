/** Rules for connections that come in: the first that fits decides. */
import type { FirewallRule } from '../world-definition/definition.ts';

export interface IncomingConnection {
  readonly port: number;
  /** The host that asks; undefined from outside of the world. */
  readonly fromHost: string | undefined;
  readonly fromAddress: string;
}

export function firewallAction(rules: readonly FirewallRule[], incoming: IncomingConnection): FirewallRule['action'] {
  return rules.find((rule) => fits(rule, incoming))?.action ?? 'accept';
}

function fits(rule: FirewallRule, incoming: IncomingConnection): boolean {
  if (rule.port !== undefined && rule.port !== incoming.port) return false;
  if (rule.from === undefined) return true;
  return rule.from.some((from) => from === incoming.fromHost || from === incoming.fromAddress);
}
