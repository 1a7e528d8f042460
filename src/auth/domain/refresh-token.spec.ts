import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { coverSuccessor, uncoverSuccessor } from './refresh-token';

describe('the cover over a successor', () => {
  const token = createOpaqueToken().token;
  const next = createOpaqueToken().token;

  it('comes off with the token it was made for', () => {
    expect(uncoverSuccessor(coverSuccessor(next, token), token)).toBe(next);
  });

  // Mutant: a pad that does not depend on the token, so that the database alone gives live tokens away.
  it('stays on for any other token', () => {
    expect(uncoverSuccessor(coverSuccessor(next, token), createOpaqueToken().token)).not.toBe(next);
  });

  it('hides the whole successor in 32 bytes', () => {
    const covered = coverSuccessor(next, token);
    expect(covered).toHaveLength(32);
    expect(covered.equals(Buffer.from(next, 'base64url'))).toBe(false);
  });
});
