/** The words of the lines and words around the bytes of a text. */
import type { FieldWords } from './field-words.ts';

export const textFields: Readonly<Record<string, FieldWords>> = {
  'armour.begin': { name: 'BEGIN line', explanation: 'Says what the base64 below it is.' },
  'armour.base64': {
    name: 'base64',
    explanation: 'The bytes as text, six bits a character, so that they survive mail and copying.',
  },
  'armour.end': { name: 'END line', explanation: 'Closes the armour; without it the file was cut off.' },
  'line.options': {
    name: 'options',
    explanation: 'What whoever logs in with this key may do: read by sshd, not part of the key.',
  },
  'option.restrict': {
    name: 'option restrict',
    explanation: 'Takes away every permission that there is or will be; others can be given back behind it.',
  },
  'option.cert-authority': {
    name: 'option cert-authority',
    explanation: 'The key is an authority: certificates that it signed are let in, the key itself is not.',
  },
  'option.command': {
    name: 'option command',
    explanation: 'Whatever is asked for, this command runs, and what was asked for stands in SSH_ORIGINAL_COMMAND.',
  },
  'option.from': {
    name: 'option from',
    explanation: 'Patterns of names and addresses from which this key may be used.',
  },
  'option.environment': { name: 'option environment', explanation: 'Sets a variable, where sshd_config permits it.' },
  'option.expiry-time': { name: 'option expiry-time', explanation: 'From then on the key is refused.' },
  'option.permitopen': {
    name: 'option permitopen',
    explanation: 'The only hosts and ports to which the client may forward.',
  },
  'option.permitlisten': {
    name: 'option permitlisten',
    explanation: 'The only ports on which the client may have the server listen.',
  },
  'option.principals': {
    name: 'option principals',
    explanation: 'For an authority: the names of which a certificate must have one.',
  },
  'option.tunnel': { name: 'option tunnel', explanation: 'The number of the tun device to use.' },
  'option.port-forwarding': {
    name: 'option port-forwarding',
    explanation: 'The client may forward ports, after restrict too.',
  },
  'option.no-port-forwarding': { name: 'option no-port-forwarding', explanation: 'The client may not forward ports.' },
  'option.agent-forwarding': {
    name: 'option agent-forwarding',
    explanation: 'The client may forward its agent, after restrict too.',
  },
  'option.no-agent-forwarding': {
    name: 'option no-agent-forwarding',
    explanation: 'The client may not forward its agent.',
  },
  'option.x11-forwarding': {
    name: 'option x11-forwarding',
    explanation: 'The client may forward X11, after restrict too.',
  },
  'option.no-x11-forwarding': { name: 'option no-x11-forwarding', explanation: 'The client may not forward X11.' },
  'option.pty': { name: 'option pty', explanation: 'The client may have a terminal, after restrict too.' },
  'option.no-pty': { name: 'option no-pty', explanation: 'The client may not have a terminal.' },
  'option.user-rc': { name: 'option user-rc', explanation: 'The client may have ~/.ssh/rc run, after restrict too.' },
  'option.no-user-rc': { name: 'option no-user-rc', explanation: 'The client may not have ~/.ssh/rc run.' },
  'option.no-touch-required': {
    name: 'option no-touch-required',
    explanation: 'A security key may sign without being touched.',
  },
  'option.touch-required': {
    name: 'option touch-required',
    explanation: 'A security key must be touched for every login.',
  },
  'option.verify-required': {
    name: 'option verify-required',
    explanation: 'A security key must have asked for its PIN.',
  },
  'option.no-verify-required': { name: 'option no-verify-required', explanation: 'No PIN is asked for.' },
  'line.hosts': {
    name: 'hosts',
    explanation:
      'The names, addresses and patterns of the machines that have this key; a port that is not 22 stands behind brackets.',
  },
  'line.hashedHost': {
    name: 'hashed host',
    explanation:
      'A salt, and the name of the machine as HMAC-SHA1 with it: who steals the file does not learn where you go.',
  },
  'marker.revoked': {
    name: 'marker revoked',
    explanation: 'The key must never be accepted again for these hosts, whatever other lines say.',
  },
  'marker.cert-authority': {
    name: 'marker cert-authority',
    explanation: 'The key is an authority: certificates that it signed are believed for these hosts.',
  },
  'line.type': {
    name: 'key type',
    explanation: 'The kind of key in clear, for people; the key itself says it once more.',
  },
  'line.base64': {
    name: 'key in base64',
    explanation: 'The public key itself: these bytes are what is compared and what the fingerprint is made of.',
  },
  'line.comment': { name: 'comment', explanation: 'For people only, mostly user@host: nothing checks it.' },
};
