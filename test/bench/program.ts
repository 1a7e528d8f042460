/** Makes this process a program of the bench: it answers each plan that its parent sends, and ends with its parent. */
export function answerPlans(work: (plan: never) => Promise<unknown>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (plan) => {
    work(plan as never).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
