/**
 * The house's own lint rules: what the import law (.dependency-cruiser.cjs) cannot see because no import shows it.
 * test/architecture/house-rules.spec.ts proves each by a planted offence.
 */

/** A rule that reports `message` at whatever `select` hands to `report`. */
const rule = (message, select) => ({
  meta: { type: 'problem', schema: [], messages: { offence: message } },
  create: (context) => select((node) => context.report({ node, messageId: 'offence' }), context),
});

const calls = (node, method) =>
  node.callee.type === 'MemberExpression' &&
  node.callee.property.type === 'Identifier' &&
  node.callee.property.name === method;

const drawer = /[\\/](utils?|helpers?)[\\/]/;

/** Counts what a controller method holds, and judges it where the method ends. */
const controllerMethods = (report) => {
  const open = [];
  const count = (what) => () => open.at(-1) && open.at(-1)[what]++;
  return {
    'MethodDefinition[kind="method"]': () => open.push({ calls: 0, returns: 0 }),
    CallExpression: (node) => calls(node, 'execute') && count('calls')(),
    ReturnStatement: count('returns'),
    TryStatement: report,
    'MethodDefinition[kind="method"]:exit': (node) => {
      const { calls: executed, returns } = open.pop();
      if (executed > 1 || returns > 1) report(node);
    },
  };
};

const saga = ':matches(ClassDeclaration, ClassExpression):has(> Decorator[expression.callee.name="SagaOn"])';

export default {
  rules: {
    'database-in-repositories': rule(
      'Only a repository touches the database; give this query a name there.',
      (report) => ({
        'MemberExpression[property.name="db"]': report,
        'ObjectPattern > Property[key.name="db"]': report,
        'MemberExpression[property.name=/^\\$(queryRaw|executeRaw|transaction)/]': report,
      }),
    ),
    'controller-is-one-call': rule(
      'A controller method is one bus call and one return; errors are the filter’s business.',
      controllerMethods,
    ),
    'saga-is-pure': rule('A saga is react(event) alone: no await, no state, nothing injected.', (report) => ({
      [`${saga} MethodDefinition[key.name!="react"]`]: report,
      [`${saga} PropertyDefinition`]: report,
      [`${saga} AwaitExpression`]: report,
      [`${saga} :function[async=true]`]: report,
    })),
    'no-drawer': rule(
      'A folder called utils or helpers says nothing; name what is in it.',
      (report, context) => ({
        Program: (node) => drawer.test(context.filename) && report(node),
      }),
    ),
  },
};
