import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import type { EnvDto } from '../config/env.dto';

/** Milliseconds that a stopping process gives its last spans; a collector that is out must not hold it up. */
const farewellMs = 2_000;

/** Where finished spans go: to the collector that the environment names, or nowhere. */
export function spanProcessorFor(env: EnvDto): SpanProcessor | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS } = env;
  if (endpoint === undefined) return undefined;
  const headers = Object.fromEntries(
    OTEL_EXPORTER_OTLP_HEADERS.map((entry) => {
      const [name = '', ...value] = entry.split('=');
      return [name, value.join('=')];
    }),
  );
  return new BatchSpanProcessor(
    new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers }),
  );
}

/**
 * Gives the process its traces. Each has an id, which stands in the log and travels through rows, whether or not it is
 * exported. Which traces are kept follows from their id, so that every process keeps the same ones, and no caller decides it.
 * @param ratio share of the traces that is exported, 0 to 1.
 * @returns what ends it: the last spans are sent, for two seconds at most.
 */
export function startTracing(
  service: 'api' | 'worker',
  processor: SpanProcessor | undefined,
  ratio = 1,
): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `inbrief-${service}` }),
    sampler: processor ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOffSampler(),
    spanProcessors: processor ? [processor] : [],
  });
  provider.register();
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, farewellMs)));
    await Promise.race([provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
    for (const api of [trace, context, propagation]) api.disable();
  };
}
