/** Method `password`, with the change of one that is too old. Specification: RFC 4252 8. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { passwordChangeFields, passwordChangeRequest, passwordFields } from '../../messages/userauth.ts';
import { awaitOutcome, sendRequest } from './outcome.ts';
import { authenticationMethodRow } from './row.ts';

export const password = authenticationMethodRow({
  name: 'password',
  *attempt(attempt) {
    const { password: own, newPassword } = attempt.method;
    sendRequest(
      attempt,
      newPassword === undefined
        ? passwordFields.encode({ isChange: false, password: own })
        : passwordChangeFields.encode({ isChange: true, oldPassword: own, newPassword }),
    );
    const outcome = yield* awaitOutcome(attempt, 60);
    if (typeof outcome === 'string') return outcome;
    const { prompt, language } = passwordChangeRequest.decode(outcome.payload);
    attempt.context.tell({
      type: 'passwordChangeRequested',
      prompt: utf8DecodeLossy(prompt),
      language: utf8DecodeLossy(language),
    });
    return 'continues';
  },
  readOffer({ request: { methodFields } }) {
    const isChange = (methodFields[0] ?? 0) !== 0;
    if (isChange) {
      const { oldPassword, newPassword } = passwordChangeFields.decode(methodFields);
      return { ok: true, offered: { method: 'password', password: oldPassword, newPassword } };
    }
    const { password: offered } = passwordFields.decode(methodFields);
    return { ok: true, offered: { method: 'password', password: offered, newPassword: undefined } };
  },
});
