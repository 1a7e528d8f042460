import { Length } from 'class-validator';

/** Every act of an administrator has one. */
export class ReasonDto {
  /** Why; it stands in the audit log. */
  @Length(3, 500)
  reason!: string;
}
