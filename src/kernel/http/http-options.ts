/** How the HTTP edge behaves; the values come from the environment. */
export interface HttpOptions {
  /** Proxies in front whose X-Forwarded-For entries are believed; 0 believes none. */
  readonly trustProxyHops: number;
  /** Origins that browsers may call from; any other gets no CORS header. */
  readonly corsOrigins: readonly string[];
  /** Whether `/docs` and `/openapi.json` are served. */
  readonly docs: boolean;
  /** Address callers reach the API at; named as the server in the OpenAPI document. */
  readonly publicUrl: string;
  /** Folder of the built console; none is served when it is absent. */
  readonly console?: string;
  /** Bytes; default 100 KiB. */
  readonly bodyLimit?: number;
  /** Bytes for routes marked with `@RawBodyRoute`; default 256 KiB. */
  readonly rawBodyLimit?: number;
}
