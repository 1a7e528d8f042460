export class ResummaryQuoteDto {
  /** Credits that a new summary of the mail takes. They are held when it is ordered, and given back unless it is stored. */
  credits!: number;
  /** Credits free to spend now. */
  available!: number;
}
