/** Messages of user authentication, numbers 50 to 79. Specification: RFC 4252. */
import {
  boolean,
  constant,
  messageNumber,
  name,
  nameList,
  rest,
  string,
  struct,
  utf8,
  type ValueOf,
} from '@seashell/core/wire';

/** Any request; `methodFields` are decoded by the method's own struct. */
export const userauthRequest = struct('userauth-request', {
  number: messageNumber(50),
  user: utf8,
  service: name,
  method: name,
  methodFields: rest,
});

export type UserauthRequest = ValueOf<typeof userauthRequest>;

/** Method fields of `password`, RFC 4252 8. */
export const passwordFields = struct('password', { isChange: constant(boolean, false), password: utf8 });

export const passwordChangeFields = struct('password', {
  isChange: constant(boolean, true),
  oldPassword: utf8,
  newPassword: utf8,
});

/** Method fields of `publickey`, RFC 4252 7: a query, or with a signature. */
export const publicKeyQueryFields = struct('publickey', {
  hasSignature: constant(boolean, false),
  algorithm: name,
  key: string,
});

export const publicKeyFields = struct('publickey', {
  hasSignature: constant(boolean, true),
  algorithm: name,
  key: string,
  signature: string,
});

/** What a user's key signs, RFC 4252 7. */
export const publicKeySignedData = struct('publickey-signed-data', {
  sessionId: string,
  number: messageNumber(50),
  user: utf8,
  service: name,
  method: constant(name, 'publickey'),
  hasSignature: constant(boolean, true),
  algorithm: name,
  key: string,
});

export const userauthFailure = struct('userauth-failure', {
  number: messageNumber(51),
  methods: nameList,
  partialSuccess: boolean,
});

export const userauthSuccess = struct('userauth-success', { number: messageNumber(52) });

/** Bytes, not text: what a server shows before login need not be UTF-8. */
export const userauthBanner = struct('userauth-banner', {
  number: messageNumber(53),
  message: string,
  language: string,
});

export const publicKeyOk = struct('userauth-pk-ok', { number: messageNumber(60), algorithm: name, key: string });

export const passwordChangeRequest = struct('userauth-passwd-changereq', {
  number: messageNumber(60),
  prompt: string,
  language: string,
});
