/** What a certificate says, in rows: whose it is, who signed it, until when. Only its signature is checked here. */
import {
  type Certificate,
  type CertificateOption,
  formatAbsoluteTime,
  optionText,
  utc,
} from '@seashell/core/certificates';
import { fingerprint, encodePublicKey } from '@seashell/core/fingerprint';
import { publicKeyTypeOf } from '@seashell/core/keys';
import type { FactRow } from './surface.ts';

const forever = 0xffff_ffff_ffff_ffffn;

function describeValidity({ validity }: Certificate): string {
  const { after, before } = validity;
  if (after === 0n && before === forever) return 'forever';
  const from = after === 0n ? 'always' : `from ${formatAbsoluteTime(after, utc)} UTC`;
  return before === forever ? `${from}, with no end` : `${from} to ${formatAbsoluteTime(before, utc)} UTC`;
}

const orNone = (values: readonly string[]): readonly string[] => (values.length === 0 ? ['none'] : values);

function describeOption(option: CertificateOption): string {
  const text = optionText(option);
  return text === undefined || text === '' ? option.name : `${option.name} ${text}`;
}

export function certificateRows(certificate: Certificate): readonly FactRow[] {
  const { authority, criticalOptions, extensions, keyId, principals, serial, usage, signatureAlgorithm } = certificate;
  const signer = `${publicKeyTypeOf(authority).shortName} ${fingerprint(encodePublicKey(authority))}`;
  return [
    { name: 'certificate', values: [`for a ${usage}, ${certificate.type}`] },
    { name: 'key ID', values: [keyId] },
    { name: 'serial', values: [String(serial)] },
    { name: 'principals', values: orNone(principals) },
    { name: 'valid', values: [describeValidity(certificate)] },
    { name: 'authority', values: [signer, `signed with ${signatureAlgorithm}`] },
    { name: 'critical options', values: orNone(criticalOptions.map(describeOption)) },
    { name: 'extensions', values: orNone(extensions.map(describeOption)) },
    {
      name: 'checked',
      values: ['the signature alone: whether to trust this authority, now, for this name, is the reader’s question'],
    },
  ];
}
