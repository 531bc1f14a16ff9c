/** The words of SSHSIG signatures and of key revocation lists (PROTOCOL.sshsig, PROTOCOL.krl). */
import type { FieldWords } from './field-words.ts';

export const signatureAndRevocationFields: Readonly<Record<string, FieldWords>> = {
  sshsig: { name: 'SSHSIG', explanation: 'A signature of a file by an SSH key (PROTOCOL.sshsig).' },
  'sshsig.magic': { name: 'magic', explanation: 'The letters SSHSIG.', shown: 'text' },
  'sshsig.version': { name: 'version', explanation: 'Always 1.' },
  'sshsig.publicKey': {
    name: 'public key',
    explanation: 'Who claims to have signed; whether to trust that key is for the reader to know.',
  },
  'sshsig.namespace': {
    name: 'namespace',
    explanation: 'For what it was signed, so that a signature of a file is none of a commit.',
    shown: 'text',
  },
  'sshsig.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'sshsig.hashAlgorithm': {
    name: 'hash',
    explanation: 'The file was hashed with this, and the hash was signed.',
    shown: 'text',
  },
  'sshsig.signature': { name: 'signature', explanation: 'What only the holder of the private key could compute.' },
  krl: { name: 'SSHKRL', explanation: 'A list of keys and certificates that count no more (PROTOCOL.krl).' },
  'krl.magic': { name: 'magic', explanation: 'The letters SSHKRL, a line feed and a zero.' },
  'krl.formatVersion': { name: 'format version', explanation: 'Always 1.' },
  'krl.version': { name: 'version', explanation: 'A number of the writer, higher for each newer list: ssh-keygen -z.' },
  'krl.generated': {
    name: 'generated',
    explanation: 'When the list was made, in seconds since the beginning of 1970.',
  },
  'krl.flags': { name: 'flags', explanation: 'No flag has a meaning yet.' },
  'krl.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'krl.comment': { name: 'comment', explanation: 'For people only.', shown: 'text' },
  'krl.sections': { name: 'sections', explanation: 'One after another, each with its kind in front.' },
  'section....[]': { name: 'section', explanation: 'Things of one kind that are revoked.' },
  'section.type': {
    name: 'kind',
    explanation:
      'In the file: 1 certificates, 2 keys, 3 and 5 digests of keys. Within certificates: 32 serials, 33 from one to another, 34 bits, 35 key IDs.',
  },
  'section.revoked': { name: 'certificates', explanation: 'Certificates of one authority.' },
  'section.keys': { name: 'keys', explanation: 'Keys that are revoked themselves, whoever certified them.' },
  'section.digests': {
    name: 'digests',
    explanation: 'A key is revoked if its blob has this digest, so the list need not show the key.',
  },
  'section.key': { name: 'key of a signature', explanation: 'Who signed the list; OpenSSH reads over it.' },
  'section.signature': { name: 'signature', explanation: 'Of the list so far; OpenSSH reads over it.' },
  'section.extension': { name: 'extension', explanation: 'Something that a later version added.' },
  'extension.name': { name: 'name', explanation: 'What the extension is called.', shown: 'text' },
  'extension.critical': { name: 'critical', explanation: 'Whether who does not know it must refuse the list.' },
  'extension.contents': { name: 'contents', explanation: 'The extension alone knows what they mean.' },
  'revoked.authority': {
    name: 'authority',
    explanation: 'Only certificates of this authority are meant; if it is empty, those of any.',
  },
  'revoked.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'revoked.sections': { name: 'sections', explanation: 'By what the certificates are named.' },
  'section.serials': { name: 'serials', explanation: 'The certificates with these serials.' },
  'section.range': { name: 'range', explanation: 'The certificates with all serials from one to another.' },
  'range.first': { name: 'first', explanation: 'The lowest serial that is revoked.' },
  'range.last': { name: 'last', explanation: 'The highest serial that is revoked.' },
  'section.bitmap': { name: 'bits', explanation: 'Many serials close together: each bit that is set is one.' },
  'bitmap.offset': { name: 'offset', explanation: 'The serial that the lowest bit stands for.' },
  'bitmap.bits': {
    name: 'bits',
    explanation: 'The lowest bit stands for the offset, the next for one more, and so on.',
  },
  'section.keyIds': { name: 'key IDs', explanation: 'The certificates with these names.' },
  'uint64....[]': { name: 'serial', explanation: 'The number that the authority gave the certificate.' },
};
