import { apiScopes, scopeOf } from './api-scope';

describe('the scope a call needs', () => {
  it.each([
    ['GET', '/api/email/summaries', 'email:read'],
    ['HEAD', '/api/email/summaries/:summaryId', 'email:read'],
    ['POST', '/api/gmail/sync', 'gmail:write'],
    ['DELETE', '/api/gmail/connections/:id', 'gmail:write'],
    ['GET', '/api/dashboard', 'dashboard:read'],
  ])('of %s %s is %s', (method, route, scope) => {
    expect(scopeOf(method, route)).toBe(scope);
  });

  // Mutant: a default scope for routes that nobody thought of.
  it.each([
    '/api/auth/api-keys',
    '/api/users/me',
    '/api/admin/users',
    '/metrics',
    '/api/emailx',
    '/api',
    '/x/api/email',
  ])('of %s does not exist', (route) => {
    for (const method of ['GET', 'POST']) expect(scopeOf(method, route)).toBeUndefined();
  });

  it('is one of ten', () => {
    expect(apiScopes).toHaveLength(10);
  });
});
