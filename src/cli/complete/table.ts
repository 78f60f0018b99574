import type { Table } from '../../playbook/table.ts';
import type { Candidate } from './candidates.ts';

/** A candidate for each row, with its status: pods that wait for an image come first, those that need no help last. */
export function tableCandidates({ columnDefinitions, rows }: Table): readonly Candidate[] {
  const titles = (columnDefinitions ?? []).map(({ name }) => name);
  const status = [titles.indexOf('Status'), titles.indexOf('Ready')].find((index) => index >= 0);
  return (rows ?? [])
    .map(({ cells }) => ({ word: String(cells[0] ?? ''), description: status === undefined ? undefined : String(cells[status] ?? '') }))
    .map((candidate) => ({ candidate, order: order(candidate.description ?? '') }))
    .sort((a, b) => a.order - b.order)
    .map(({ candidate: { word, description } }) => (description ? { word, description } : { word }));
}

function order(status: string): number {
  if (/Image/.test(status)) return 0;
  return /^(Running|Completed|Succeeded)$/.test(status) ? 2 : 1;
}

/** Of a table of Secrets those that hold logins for registries (core/v1 SecretTypeDockerConfigJson, SecretTypeDockercfg). */
export function pullSecrets({ columnDefinitions, rows }: Table): readonly Candidate[] {
  const type = (columnDefinitions ?? []).findIndex(({ name }) => name === 'Type');
  return (rows ?? [])
    .filter(({ cells }) => /^kubernetes\.io\/dockerc(?:onfigjson|fg)$/.test(String(cells[type])))
    .map(({ cells }) => ({ word: String(cells[0] ?? '') }));
}
