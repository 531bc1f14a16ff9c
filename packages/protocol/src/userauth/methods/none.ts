/** Method `none`: asks which methods there are. Specification: RFC 4252 5.2. */
import { struct } from '@seashell/core/wire';
import { awaitPlainOutcome, sendRequest } from './outcome.ts';
import { authenticationMethodRow } from './row.ts';

const fields = struct('none', {});

export const none = authenticationMethodRow({
  name: 'none',
  *attempt(attempt) {
    sendRequest(attempt, fields.encode({}));
    return yield* awaitPlainOutcome(attempt);
  },
  readOffer({ request }) {
    fields.decode(request.methodFields);
    return { ok: true, offered: { method: 'none' } };
  },
});
