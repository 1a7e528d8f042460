import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../kernel/http/cursor';
import { cutPage, type Page } from '../kernel/http/page';

/** Pages through what other modules list by id. */
@Injectable()
export class AdminLists {
  constructor(private readonly cursors: CursorCodec) {}

  /**
   * @param find the rows below the id `before`, at most `limit`.
   * @throws DomainError `request.bad-cursor`.
   */
  async page<T extends { id: string }>(
    list: string,
    { limit, cursor }: { limit: number; cursor?: string },
    find: (limit: number, before: string | undefined) => Promise<T[]>,
  ): Promise<Page<T>> {
    const before = cursor === undefined ? undefined : String(this.cursors.decode(list, cursor)[0]);
    return cutPage(await find(limit + 1, before), limit, this.cursors, list, ({ id }) => [id]);
  }
}
