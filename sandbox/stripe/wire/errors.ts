import type Stripe from 'stripe';

/** The fields of `error` in a failed answer's body. */
export interface StripeErrorFields {
  type: Stripe.RawErrorType;
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
}

/** A refusal in the vendor's own terms; the pipeline turns it into an answer. */
export class WireError extends Error {
  constructor(
    readonly status: number,
    readonly fields: StripeErrorFields,
  ) {
    super(fields.message);
  }

  body(): { error: StripeErrorFields } {
    const { code } = this.fields;
    const docUrl =
      code === undefined
        ? {}
        : { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` };
    return { error: { ...docUrl, ...this.fields } };
  }
}

/** 400 about one parameter, or about the call as a whole. */
export const invalid = (message: string, param?: string, code?: string): WireError =>
  new WireError(400, { type: 'invalid_request_error', message, param, code });

export const missing = (param: string): WireError =>
  invalid(`Missing required param: ${param}.`, param, 'parameter_missing');

export const unknownParameter = (param: string): WireError =>
  invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown');

/** 404 when the path names what is not there, 400 when a parameter does. */
export const noSuch = (noun: string, id: string, param?: string): WireError =>
  new WireError(param === undefined ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param: param ?? 'id',
  });

export const unauthenticated = (message: string): WireError =>
  new WireError(401, { type: 'invalid_request_error', message });
