/**
 * The public address of the project, without an end: `https://github.com/OWNER/REPOSITORY`.
 * @param repository `repository.url` of package.json
 */
export function homePageOf(repository: string): string {
  return repository.replace(/^git\+/, '').replace(/\.git$/, '');
}

/** The address stands for one that is not decided yet: nothing may be published that points there. */
export function isPlaceholder(address: string): boolean {
  return !/^https:\/\/[a-z0-9.-]+(\/[\w.-]+){2}$/.test(address) || /\/(OWNER|EXAMPLE|example)\//.test(address);
}
