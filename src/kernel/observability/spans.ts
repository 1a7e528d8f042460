import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { DomainError } from '../errors/domain-error';

export interface SpanOptions {
  /** Default: internal. */
  readonly kind?: 'server' | 'client' | 'consumer';
  /** Ids, codes and numbers; never a text of a mail, an address or a secret. */
  readonly attributes?: Attributes;
  /** The trace to continue, as a row or a caller handed it over; without it, the one that is under way. */
  readonly parent?: string | null;
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;

/**
 * Runs `work` as a span of the trace it continues, or of a new one. What it throws ends the span with the error's code, never
 * with its words: those may quote what was sent. Without `startTracing` it costs next to nothing; in a trace that is not kept, of
 * which the id is all that anybody sees, it is no span of its own.
 */
export function inSpan<T>(name: string, options: SpanOptions, work: () => T | Promise<T>): Promise<T> {
  const { kind, attributes, parent } = options;
  const from = contextOf(parent);
  if (parent === undefined && isLeftOut(from)) return new Promise((resolve) => resolve(work()));
  const span = trace
    .getTracer('inbrief')
    .startSpan(name, { attributes, kind: kind ? kinds[kind] : SpanKind.INTERNAL }, from);
  return context.with(trace.setSpan(from, span), async () => {
    try {
      return await work();
    } catch (error) {
      const code =
        error instanceof DomainError ? error.code : error instanceof Error ? error.name : 'unknown';
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The trace that is under way, as a row can keep it for whoever goes on with it; null without one. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** What joins a log line with its trace. */
export function currentTraceIds(): { traceId: string; spanId: string } | undefined {
  const found = trace.getActiveSpan()?.spanContext();
  return found && trace.isSpanContextValid(found)
    ? { traceId: found.traceId, spanId: found.spanId }
    : undefined;
}

/** Whether what goes on belongs to a trace that the sampler passed by. */
function isLeftOut(from: Context): boolean {
  const known = trace.getSpanContext(from);
  return known !== undefined && (known.traceFlags & TraceFlags.SAMPLED) === 0;
}

function contextOf(parent: string | null | undefined) {
  if (parent === undefined) return context.active();
  return parent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
}
