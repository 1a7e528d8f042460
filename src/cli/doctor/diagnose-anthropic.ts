import type { EnvDto } from '../../kernel/config/env.dto';
import { fault, type Finding, ok, reasonOf, warning } from '../../kernel/diagnosis/finding';
import { call, trimmed } from './call';

const keysPage = 'https://platform.claude.com/settings/keys';

/** Looks at the Anthropic workspace: does the key open it, and does it have the models. Costs nothing. */
export async function diagnoseAnthropic(env: EnvDto): Promise<Finding[]> {
  const models = [
    ['ANTHROPIC_MODEL', env.ANTHROPIC_MODEL],
    ['ANTHROPIC_FALLBACK_MODEL', env.ANTHROPIC_FALLBACK_MODEL],
  ] as const;
  const findings: Finding[] = [];
  try {
    for (const [variable, model] of models) {
      if (model === undefined) continue;
      const finding = await diagnoseModel(env, variable, model);
      findings.push(finding);
      if (finding.check === 'anthropic.key') break;
    }
  } catch (error) {
    findings.push(
      fault(
        'anthropic.reach',
        reasonOf(error),
        'let this machine reach api.anthropic.com:443 (proxy, firewall, DNS)',
      ),
    );
  }
  return findings;
}

async function diagnoseModel(env: EnvDto, variable: string, model: string): Promise<Finding> {
  const base = trimmed(env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com');
  const { status } = await call(`${base}/v1/models/${encodeURIComponent(model)}`, {
    headers: { 'x-api-key': env.ANTHROPIC_API_KEY, 'anthropic-version': '2023-06-01' },
  });
  if (status === 401 || status === 403)
    return fault(
      'anthropic.key',
      'Anthropic refuses ANTHROPIC_API_KEY',
      `make a key for the workspace at ${keysPage} and set it`,
    );
  if (status === 404)
    return fault(
      'anthropic.model',
      `Anthropic knows no model ${model}`,
      `set ${variable} to a model of the price table that \`GET /v1/models\` lists`,
    );
  if (status !== 200)
    return warning(
      'anthropic.model',
      `Anthropic answered ${status} for ${model}`,
      'look at https://status.claude.com and try again',
    );
  return ok('anthropic.model', `Anthropic has ${model} for this key`);
}
