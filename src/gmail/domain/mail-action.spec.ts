import fc from 'fast-check';
import { actionKinds, labelChange, undoChange } from './mail-action';

const apply = (labels: string[], change: { addLabelIds: string[]; removeLabelIds: string[] }): string[] =>
  [
    ...new Set([...labels.filter((label) => !change.removeLabelIds.includes(label)), ...change.addLabelIds]),
  ].sort();

describe('an action on a mail', () => {
  // Mutant caught: an undo that only reverses the request puts UNREAD on a mail that was read before.
  it('is taken back to exactly the labels before, whatever they were', () => {
    const labels = fc.uniqueArray(
      fc.constantFrom('INBOX', 'UNREAD', 'STARRED', 'TRASH', 'Label_1', 'Label_2'),
    );
    fc.assert(
      fc.property(labels, fc.constantFrom(...actionKinds), (before, kind) => {
        const labelId = kind === 'label' || kind === 'unlabel' ? 'Label_1' : null;
        const after = apply(before, labelChange(kind, labelId));
        expect(apply(after, undoChange(before, after))).toEqual([...before].sort());
      }),
    );
  });

  it('leaves alone, when it is taken back, what changed since', () => {
    const undo = undoChange(['INBOX', 'UNREAD'], ['UNREAD']);
    expect(apply(['STARRED'], undo)).toEqual(['INBOX', 'STARRED']);
  });
});
