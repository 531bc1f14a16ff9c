/** Who signs: made of a key, of a certificate, or of the blob that stands in a signature. */
import { decodeCertificate, encodeCertificate, isCertificateBlob } from '../certificates/blob.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { PublicKey } from '../keys/key-types/index.ts';
import { decodePublicKey, encodePublicKey } from '../keys/public-key.ts';
import { withinField } from '../wire/decode-error.ts';
import { sshsigBeginning, sshsigBlob, type Signer, type Sshsig } from './sshsig.ts';

/** A key that signs for itself; of a private key, its public half. */
export function signerOfKey(key: PublicKey): Signer {
  return signerOfBlob(encodePublicKey(key));
}

/** A key that signs by its certificate. */
export function signerOfCertificate(certificate: Certificate): Signer {
  return { key: certificate.key, certificate, blob: encodeCertificate(certificate) };
}

/** The key or the certificate of a public key blob. Throws DecodeError. */
export function signerOfBlob(blob: Uint8Array): Signer {
  if (!isCertificateBlob(blob)) return { key: decodePublicKey(blob), certificate: undefined, blob };
  const certificate = decodeCertificate(blob);
  return { key: certificate.key, certificate, blob };
}

/** Opens the bytes of a signature. Throws DecodeError: malformed, trailing bytes, or a key type that is not known. */
export function decodeSshsig(bytes: Uint8Array): Sshsig {
  const fields = sshsigBlob.decode(bytes);
  const { namespace, hashAlgorithm, signature } = fields;
  return { signer: readSigner(fields.publicKey), namespace, hashName: hashAlgorithm, signature };
}

/** Who says to have signed, whatever follows in the bytes. Throws DecodeError. */
export function decodeSshsigSigner(bytes: Uint8Array): Signer {
  return readSigner(sshsigBeginning.decodePrefix(bytes).value.publicKey);
}

function readSigner(blob: Uint8Array): Signer {
  try {
    return signerOfBlob(blob);
  } catch (error) {
    throw withinField(error, 'sshsig.publicKey');
  }
}
