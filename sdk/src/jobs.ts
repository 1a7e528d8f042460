import type { Job, Run } from './generated/models.ts';
import { JobsResource } from './generated/resources.ts';
import type { CallOptions } from './http/http.ts';

/** A job or a run as it stands after it moved. `id` is what a later stream goes on behind. */
export type JobChange =
  | { type: 'job'; id: string; job: Job }
  | { type: 'run'; id: string; run: Run }
  | { type: 'open'; id: string };

export interface ChangesOptions extends Pick<CallOptions, 'signal'> {
  /** The id of the last change that was seen, by this client or an earlier one; what came after it is told first. */
  after?: string;
}

export class Jobs extends JobsResource {
  /**
   * What moves, within a second, over as many connections as it takes and without a gap. Begins with `open`, whose id is good for
   * coming back. Ends when another stream of this session is opened or the session ends; throws what a call throws.
   */
  async *changes({ after, signal }: ChangesOptions = {}): AsyncGenerator<JobChange, void, undefined> {
    const options = { ...(signal && { signal }), ...(after && { headers: { 'Last-Event-ID': after } }) };
    for await (const { type, id, data } of this.stream(options)) {
      if (type === 'job') yield { type, id, job: JSON.parse(data) as Job };
      else if (type === 'run') yield { type, id, run: JSON.parse(data) as Run };
      else if (type === 'open') yield { type, id };
    }
  }
}
