/** What the model says of every mail. */
const summary = {
  headline: 'The plans for the coming weeks stand; an answer is wanted by Friday',
  summary:
    'A colleague goes through twelve points of the plan. Each week keeps what was agreed, and the group meets every Thursday at ten. ' +
    'They ask to hear by Friday whether that suits.',
  key_points: [
    'The plan for each of the twelve weeks stands as it was agreed.',
    'The group meets on Thursdays at ten.',
    'Nothing else is changed.',
  ],
  action_items: [{ task: 'Tell the colleague whether the plan suits', due_date: null }],
  category: 'work',
  urgency: 'normal',
  people: [{ name: 'Colleague', role: 'sends the plan' }],
  language: 'en',
  confidence: 0.9,
};

/** Lets the emulated model give one answer, ready made, to whatever it is asked: what a model takes to compose is none of the pipeline's. */
export async function answerAtOnce(anthropic: string): Promise<void> {
  const answer = await fetch(`${anthropic}/__control/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'text', times: 0, text: JSON.stringify(summary) }),
  });
  if (!answer.ok) throw new Error(`The emulated model takes no script: ${answer.status}`);
}
