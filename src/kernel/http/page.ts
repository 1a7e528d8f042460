import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type as As } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { CursorCodec, CursorPosition } from './cursor';

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/** What every list takes; extend it to add filters. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  @As(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 50;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.', maxLength: 1_024 })
  @IsOptional()
  @IsString()
  @MaxLength(1_024)
  cursor?: string;
}

/** The documented class of a page of `item`, named `<Item>Page`. */
export function PageOf<T>(item: Type<T>): Type<Page<T>> {
  class PageDto implements Page<T> {
    @ApiProperty({ type: [item] })
    data!: T[];

    @ApiProperty({ type: String, nullable: true, description: 'Give it as `cursor` to get the next page.' })
    nextCursor!: string | null;
  }
  Object.defineProperty(PageDto, 'name', { value: `${item.name.replace(/Dto$/, '')}Page` });
  return PageDto;
}

/**
 * Cuts a page out of rows that were read with `limit + 1`: the row too many says that there is a next page.
 * @param positionOf the sort key's values of a row.
 */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  cursors: CursorCodec,
  list: string,
  positionOf: (row: T) => CursorPosition,
): Page<T> {
  const data = rows.slice(0, limit);
  const last = rows.length > limit ? data.at(-1) : undefined;
  return { data, nextCursor: last === undefined ? null : cursors.encode(list, positionOf(last)) };
}
